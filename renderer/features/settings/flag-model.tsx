import { useQuery } from '../../client/client-context.tsx';
import { SuggestField } from '../../ui/suggest-field.tsx';
import { useModelSuggestions } from '../work/model-suggestions.ts';
import type { Flag } from './flag-value.ts';

/** A setting that is the name of a model, with those that its executor offers. */
export function FlagModel({
  kind,
  value,
  onValueChange,
}: {
  readonly kind: Extract<Flag['kind'], { type: 'model' }>;
  readonly value: string;
  readonly onValueChange: (value: string) => void;
}) {
  const { of } = kind;
  const flags = useQuery('flag.list', {}, { enabled: 'flag' in of }).data;
  const executors = useQuery('executor.list', {}, { enabled: 'flag' in of }).data;
  const named = 'flag' in of ? flags?.find(({ key }) => key === of.flag)?.value : of.executor;
  // The setting may hold a word that is no executor, such as auto.
  const known = 'executor' in of || executors?.some(({ name }) => name === named);
  const { suggestions } = useModelSuggestions(known ? named : undefined);
  return (
    <SuggestField
      mono
      className="min-w-0 flex-1"
      value={value}
      onValueChange={onValueChange}
      suggestions={suggestions}
      maxLength={kind.most}
    />
  );
}
