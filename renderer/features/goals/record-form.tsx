import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { readFigure } from './goal-figures.ts';
import type { GoalRow } from './goal-types.ts';
import { strings } from './strings.ts';
import type { GoalCommands } from './use-goal-commands.ts';

const words = strings.pane;

/** Notes where the measure stands now. */
export function RecordForm({ goal, commands }: { readonly goal: GoalRow; readonly commands: GoalCommands }) {
  const [typed, setTyped] = useState('');
  const [attempted, setAttempted] = useState(false);
  const value = readFigure(typed);
  const submit = async (): Promise<void> => {
    setAttempted(true);
    if (value === undefined || !(await commands.record(goal, value))) return;
    setTyped('');
    setAttempted(false);
  };
  return (
    <form
      className="flex items-end gap-8"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Field
        label={words.recordLabel(
          `${goal.measure?.name ?? ''}${goal.measure?.unit ? `, ${goal.measure.unit}` : ''}`,
        )}
        error={attempted && value === undefined ? words.number : undefined}
      >
        <TextField
          id="goal-reading"
          inputMode="decimal"
          className="w-[160px]"
          value={typed}
          onValueChange={setTyped}
        />
      </Field>
      <Button type="submit">{words.recordSubmit}</Button>
    </form>
  );
}
