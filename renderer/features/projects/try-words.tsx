import { useMemo } from 'react';
import type { InputOf } from '../../../preload/contract/operations.ts';
import { useEntryState } from '../../app/router-context.tsx';
import { useQuery } from '../../client/client-context.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { Field } from '../../ui/field.tsx';
import { StatusLabel } from '../../ui/status-glyph.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import type { PolicyDraft } from './policy-draft.ts';
import { strings } from './strings.ts';
import { useLast } from './use-last.ts';
import { useSettled } from './use-settled.ts';

const words = strings.policy.words;

/** Whether work described like this would start by itself under the profile and the patterns as they are typed: asked of the gate itself. */
export function TryWords({
  projectId,
  draft,
  sound,
}: {
  readonly projectId: string;
  readonly draft: PolicyDraft;
  readonly sound: boolean;
}) {
  const [typed, setTyped] = useEntryState('try words', '');
  const asked = useSettled(
    JSON.stringify({ query: typed, profile: draft.riskProfile, patterns: draft.patterns }),
  );
  const input = useMemo(
    () => ({ projectId, ...(JSON.parse(asked) as Omit<InputOf<'gate.preview'>, 'projectId'>) }),
    [projectId, asked],
  );
  const wanted = sound && input.query?.trim() !== '';
  const { data: answer, failure, reread } = useQuery('gate.preview', input, { enabled: wanted });
  const data = useLast(answer);
  const held = data?.rules.filter(({ outcome }) => outcome === 'held') ?? [];
  return (
    <section className="flex flex-col gap-8 border-s-2 border-line ps-12">
      <Field label={words.label} help={words.help}>
        <TextArea
          value={typed}
          minRows={2}
          maxRows={6}
          placeholder={words.placeholder}
          onValueChange={setTyped}
        />
      </Field>
      {failure && wanted ? <ErrorBar message={failure.message} hint={failure.hint} onRetry={reread} /> : null}
      {wanted && data ? (
        <div role="status" className="flex flex-col gap-4">
          <StatusLabel shape={data.start === 'queued' ? 'check' : 'diamond'}>
            {data.start === 'queued' ? words.starts : words.waits}
          </StatusLabel>
          <ul>
            {held.map(({ rule, reason, matched }) => (
              <li key={rule} className="min-h-24 text-ink-2">
                {reason}
                {matched === null ? null : <span className="text-ink"> “{matched}”</span>}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </section>
  );
}
