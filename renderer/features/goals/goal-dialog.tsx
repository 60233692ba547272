import { useState } from 'react';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useShowProblem } from '../../ui/use-show-problem.ts';
import { submitOnChord } from '../proposal/submit-on-chord.ts';
import {
  draftOf,
  fieldsBefore,
  fieldsOf,
  losesReadings,
  summaryOf,
  wrongIn,
  type DraftField,
  type GoalDraft,
} from './goal-draft.ts';
import { MeasureFields } from './measure-fields.tsx';
import type { GoalDetail, GoalRow } from './goal-types.ts';
import { strings } from './strings.ts';
import type { GoalCommands } from './use-goal-commands.ts';

const words = strings.dialog;

export interface GoalDialogProps {
  /** Undefined: a new one. */
  readonly detail: GoalDetail | undefined;
  /** Of a new one: the goal it is part of. */
  readonly parentId?: string | undefined;
  readonly goals: readonly GoalRow[];
  readonly commands: GoalCommands;
  readonly onClose: () => void;
  readonly onSaved: (id: string) => void;
}

/** Adds a goal, or changes one. */
export function GoalDialog({ detail, parentId, goals, commands, onClose, onSaved }: GoalDialogProps) {
  const [edits, setEdits] = useState<Partial<GoalDraft>>({});
  const [attempt, setAttempt] = useState(0);
  const { busy, failure, send } = useForm();
  const form = useShowProblem(attempt, failure);
  const draft = { ...draftOf(detail, parentId), ...edits };
  const wrong = wrongIn(draft);
  const told = (field: DraftField, sentence: string): string | undefined =>
    attempt > 0 && wrong.has(field) ? sentence : undefined;
  const set = (more: Partial<GoalDraft>): void => {
    setEdits({ ...edits, ...more });
  };
  const save = async (): Promise<void> => {
    setAttempt(attempt + 1);
    if (wrong.size > 0) return;
    const fields = fieldsOf(draft);
    if (!detail) {
      const reply = await send('goal.create', fields);
      if (!reply.ok) return;
      const { id, version, title } = reply.value;
      commands.told(strings.did.added(title), () => commands.unmake(id, version));
      onSaved(id);
      return;
    }
    const { id, version } = detail.goal;
    const before = fieldsBefore(detail);
    const reply = await send('goal.update', {
      id,
      version,
      fields: {
        ...fields,
        // A figure that is only derived is not sent as one that was typed.
        ...(draft.byHand ? { progress: Number(draft.progress) } : { progress: null }),
      },
    });
    if (!reply.ok) return;
    const after = reply.value;
    commands.told(
      strings.did.changed(after.title),
      losesReadings(draft, detail) ? undefined : () => commands.restore(id, after.version, before),
    );
    onSaved(id);
  };
  const submit = (): void => void save();
  const possibleParents = goals.filter(({ id }) => detail === undefined || id !== detail.goal.id);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={detail ? words.editTitle : words.addTitle}
      keepOpen={Object.keys(edits).length > 0}
      footer={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button variant="primary" keys="$mod+Enter" busy={busy} onClick={submit}>
            {detail ? words.save : words.create}
          </Button>
        </>
      }
    >
      <div ref={form}>
        <form
          className="flex flex-col gap-16"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
          onKeyDown={submitOnChord(submit)}
        >
          <Field label={words.title} error={told('title', strings.empty)}>
            <TextField
              autoFocus
              value={draft.title}
              placeholder={words.titlePlaceholder}
              onValueChange={(title) => {
                set({ title });
              }}
            />
          </Field>
          <Field label={words.description} optional>
            <TextArea
              value={draft.description}
              minRows={2}
              onValueChange={(description) => {
                set({ description });
              }}
            />
          </Field>
          <div className="grid grid-cols-2 gap-12">
            <Field label={words.parent}>
              <Select
                value={draft.parentId}
                onValueChange={(next) => {
                  set({ parentId: next });
                }}
                options={[
                  { value: '', label: words.noParent },
                  ...possibleParents.map(({ id, title }) => ({ value: id, label: title })),
                ]}
              />
            </Field>
            <Field label={words.target} optional error={told('targetDate', words.targetWrong)}>
              <TextField
                type="date"
                value={draft.targetDate}
                onValueChange={(targetDate) => {
                  set({ targetDate });
                }}
              />
            </Field>
            <Field
              label={words.priority}
              help={words.priorityHelp}
              error={told('priority', words.priorityWrong)}
            >
              <TextField
                inputMode="numeric"
                value={draft.priority}
                onValueChange={(priority) => {
                  set({ priority });
                }}
              />
            </Field>
            <Field label={words.category} optional>
              <TextField
                value={draft.category}
                maxLength={60}
                onValueChange={(category) => {
                  set({ category });
                }}
              />
            </Field>
          </div>
          <Disclosure
            title={words.measure}
            summary={summaryOf(draft, words.measureNone)}
            forced={
              attempt > 0 && ['measureName', 'start', 'target'].some((each) => wrong.has(each as DraftField))
            }
          >
            <MeasureFields draft={draft} set={set} wrong={attempt > 0 ? wrong : undefined} />
            {losesReadings(draft, detail) ? (
              <p className="mt-8 text-meta text-attention-text">{words.measureGone}</p>
            ) : null}
          </Disclosure>
          {detail ? (
            <Disclosure
              title={words.progress}
              summary={draft.byHand ? `${words.byHand}: ${draft.progress} %` : words.derived}
              forced={attempt > 0 && wrong.has('progress')}
            >
              <div className="flex flex-col gap-12">
                <Checkbox
                  checked={draft.byHand}
                  onCheckedChange={(byHand) => {
                    set({ byHand });
                  }}
                  label={words.byHand}
                />
                {draft.byHand ? (
                  <Field label={words.percent} error={told('progress', words.percentWrong)}>
                    <TextField
                      inputMode="numeric"
                      value={draft.progress}
                      onValueChange={(progress) => {
                        set({ progress });
                      }}
                    />
                  </Field>
                ) : null}
              </div>
            </Disclosure>
          ) : null}
          {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
        </form>
      </div>
    </Dialog>
  );
}
