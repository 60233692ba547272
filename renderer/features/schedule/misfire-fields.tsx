import { labels } from '../../../preload/contract/labels.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { DurationField } from '../../ui/duration-field.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { editorStrings as words } from './editor-strings.ts';
import type { IntentDraft } from './intent-draft.ts';

export interface MisfireFieldsProps {
  readonly draft: IntentDraft;
  readonly set: (change: Partial<IntentDraft>) => void;
  /** What is wrong with the cap and the age. */
  readonly cap: string | undefined;
  readonly maxAge: string | undefined;
}

/** What becomes of times at which nothing could run; nothing to ask where a trigger has no times. */
export function MisfireFields({ draft, set, cap, maxAge }: MisfireFieldsProps) {
  if (draft.type !== 'cron' && draft.type !== 'interval' && draft.type !== 'once') return null;
  return (
    <Disclosure
      title={words.misfire}
      summary={words.misfireHelp[draft.misfire]}
      forced={cap !== undefined || maxAge !== undefined}
    >
      <div className="grid gap-16 narrow:grid-cols-2">
        <Field label={words.misfireField} help={words.misfireHelp[draft.misfire]}>
          <Select
            value={draft.misfire}
            onValueChange={(misfire) => {
              set({ misfire });
            }}
            options={(['run_once', 'skip', 'run_all'] as const).map((value) => ({
              value,
              label: labels.misfirePolicy[value],
            }))}
          />
        </Field>
        {draft.misfire === 'run_all' ? (
          <Field label={words.cap} error={cap}>
            <TextField
              inputMode="numeric"
              value={draft.cap}
              onValueChange={(next) => {
                set({ cap: next });
              }}
            />
          </Field>
        ) : null}
        {draft.misfire === 'skip' ? null : (
          <Field label={words.maxAge} help={words.maxAgeHelp} error={maxAge}>
            <DurationField
              label={words.maxAge}
              units={['min', 'h', 'day']}
              placeholder={words.asSettings}
              value={draft.maxAge}
              onValueChange={(next) => {
                set({ maxAge: next });
              }}
            />
          </Field>
        )}
      </div>
    </Disclosure>
  );
}
