import { createScope } from '../../shared/scope.ts';
import { ask } from './ask.ts';
import type { Answer, CommandContext } from './io.ts';
import type { OptionSpec } from './command.ts';
import { proposalView } from './views.ts';

const LOOK_MS = 150;

export const waitForPlanOption: OptionSpec = {
  flags: '--wait',
  description: 'wait until the plan is written',
};

/** Shows a proposal once its plan is written. Exit code: 0 with a plan, 1 when planning failed. */
export async function waitForPlan(context: CommandContext, id: string): Promise<Answer> {
  const scope = createScope('wait for a plan');
  const end = (): void => void scope.close();
  context.signal.addEventListener('abort', end, { once: true });
  try {
    for (;;) {
      const detail = await ask(context, 'proposal.get', { id });
      const { planning } = detail.proposal;
      if (planning !== 'planning' || context.signal.aborted)
        return {
          json: detail,
          text: proposalView(context, detail),
          exit: planning === 'failed' ? 1 : 0,
        };
      await context.clock.sleep(scope, LOOK_MS);
    }
  } finally {
    context.signal.removeEventListener('abort', end);
    await scope.close();
  }
}
