import { autoExecutor, labels } from '../../../preload/contract/labels.ts';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { strings as words } from './strings.ts';
import type { WorkDraft } from './work-draft.ts';

export type TaskType = keyof typeof labels.taskType;
const kinds = Object.entries(labels.taskType) as [TaskType, string][];

/** The choice that leaves the executor to Homer, among the executors. */
export const autoOption = {
  value: autoExecutor.name,
  label: autoExecutor.label,
  detail: words.autoDetail,
} as const;

export const isAuto = (executor: string | undefined): boolean => executor === autoExecutor.name;

/** What is sent of the kind of task; nothing where the executor is named. */
export function taskTypeOf(draft: Pick<WorkDraft, 'taskType'>, auto: boolean): { taskType?: TaskType } {
  const kind = kinds.find(([name]) => name === draft.taskType)?.[0];
  return auto && kind !== undefined ? { taskType: kind } : {};
}

/** Asks for the kind of task that the executor is chosen by. */
export function TaskTypeField(props: {
  readonly draft: Pick<WorkDraft, 'taskType'>;
  readonly set: (change: Pick<WorkDraft, 'taskType'>) => void;
}) {
  return (
    <Field label={words.taskType} help={words.taskTypeHelp}>
      <Select
        value={props.draft.taskType || 'code'}
        onValueChange={(taskType) => {
          props.set({ taskType });
        }}
        options={kinds.map(([value, label]) => ({ value, label }))}
      />
    </Field>
  );
}
