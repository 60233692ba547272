import { endRun } from '../store/end-run.ts';
import { appendRunEvents } from '../store/run-event-store.ts';
import { noteRunFacts } from '../store/run-facts-store.ts';
import { transitionRun } from '../store/run-store.ts';
import type { LoopParts } from './loop-parts.ts';
import type { StepAt } from './step-at.ts';
import { promptOf } from './step-prompt.ts';

/** Does all of a run but starting the agent and applying: it ends with the prompt the agent would have had. */
export function dryRun({ store }: LoopParts, at: StepAt): void {
  const { current, step } = at;
  const { text } = promptOf(store, at, null);
  store.write((write) => {
    noteRunFacts(write, current.id, { step });
    appendRunEvents(write, current.id, [
      { type: 'step_started', payload: { step, of: current.execution.budget.steps, title: 'Dry run' } },
      {
        type: 'message',
        payload: {
          step,
          text: `Dry run: the agent was not started. It would have been told:\n\n${text}`,
        },
      },
      { type: 'step_ended', payload: { step, result: 'dry run', durationMs: 0 } },
    ]);
    transitionRun(write, current.id, 'end_turn', 'runtime');
    endRun(write, current.id, 'complete', 'runtime', { reason: 'dry run' });
  });
}
