import { Field } from '../../ui/field.tsx';
import { SuggestField } from '../../ui/suggest-field.tsx';
import { useModelSuggestions } from './model-suggestions.ts';
import { strings as words } from './strings.ts';

/** Asks for a model of an executor: one of those it offers, or any name that is typed. */
export function ModelField({
  executor,
  value,
  onValueChange,
  error,
}: {
  readonly executor: string | undefined;
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  readonly error?: string | undefined;
}) {
  const { suggestions, trouble } = useModelSuggestions(executor);
  return (
    <Field label={words.model} optional help={trouble || words.modelHelp} error={error}>
      <SuggestField
        mono
        value={value}
        onValueChange={onValueChange}
        suggestions={suggestions}
        placeholder={words.modelPlaceholder}
        maxLength={120}
      />
    </Field>
  );
}
