import { step } from '../machine.ts';
import { proposalMachine, type ProposalAction, type ProposalStage } from './stage.ts';

type Back = Extract<ProposalAction, `back_to_${string}`>;
/** By the stage it stood in before. */
const backTo: Partial<Record<ProposalStage, Back>> = {
  idea: 'back_to_idea',
  research: 'back_to_research',
  plan: 'back_to_plan',
};

/** What is taken back without a trace outside Homer. `execute` is not among them: its run exists. */
export const takenBack: readonly ProposalAction[] = [
  'approve',
  'details',
  'generate_plan',
  'more_details',
  'skip',
  'reject',
];

/**
 * What takes the last decision on a proposal back, by the stage it was decided in; undefined when nothing does. It must still stand where that
 * decision brought it.
 */
export function takesBack(action: string, before: string | null, now: ProposalStage): Back | undefined {
  const known = takenBack.find((each) => each === action);
  const from = proposalMachine.states.find((stage) => stage === before);
  if (known === undefined || from === undefined) return undefined;
  const led = step(proposalMachine, from, known);
  return led.ok && led.value === now ? backTo[from] : undefined;
}
