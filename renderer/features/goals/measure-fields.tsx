import { Checkbox } from '../../ui/checkbox.tsx';
import { Field } from '../../ui/field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { DraftField, GoalDraft } from './goal-draft.ts';
import { strings } from './strings.ts';

const words = strings.dialog;

/** What is measured, where it stands, and where it should get to. */
export function MeasureFields({
  draft,
  set,
  wrong,
}: {
  readonly draft: GoalDraft;
  readonly set: (more: Partial<GoalDraft>) => void;
  readonly wrong: ReadonlyMap<DraftField, 'wrong' | 'differ'> | undefined;
}) {
  return (
    <div className="flex flex-col gap-12">
      <Checkbox
        checked={draft.measured}
        onCheckedChange={(measured) => {
          set({ measured });
        }}
        label={words.measured}
      />
      {draft.measured ? (
        <div className="grid grid-cols-2 gap-12">
          <Field label={words.measureName} error={wrong?.has('measureName') ? words.measureName : undefined}>
            <TextField
              value={draft.measureName}
              maxLength={60}
              placeholder={words.measurePlaceholder}
              onValueChange={(measureName) => {
                set({ measureName });
              }}
            />
          </Field>
          <Field label={words.unit} optional>
            <TextField
              value={draft.unit}
              maxLength={12}
              placeholder="%"
              onValueChange={(unit) => {
                set({ unit });
              }}
            />
          </Field>
          <Field label={words.start} error={wrong?.has('start') ? words.number : undefined}>
            <TextField
              inputMode="decimal"
              value={draft.start}
              onValueChange={(start) => {
                set({ start });
              }}
            />
          </Field>
          <Field
            label={words.goal}
            error={
              wrong?.has('target')
                ? wrong.get('target') === 'differ'
                  ? words.differ
                  : words.number
                : undefined
            }
          >
            <TextField
              inputMode="decimal"
              value={draft.target}
              onValueChange={(target) => {
                set({ target });
              }}
            />
          </Field>
        </div>
      ) : null}
    </div>
  );
}
