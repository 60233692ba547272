import { movesFrom, type ProposalDecision, type Stage } from '../../../preload/contract/moves.ts';

/** The key that decides, on the board and on a proposal alike. */
export const keyOf: Readonly<Partial<Record<ProposalDecision, string>>> = {
  approve: 'a',
  execute: 'a',
  generate_plan: 'a',
  details: 'd',
  more_details: 'd',
  skip: 'e',
  reject: 'r',
};

const order: readonly ProposalDecision[] = [
  'approve',
  'execute',
  'generate_plan',
  'restore',
  'details',
  'more_details',
  'skip',
  'reject',
];

/** What a card offers in a stage, what leads on first. A suggestion needs words; it is made where the plan is read. */
export function offeredIn(stage: Stage): readonly ProposalDecision[] {
  const possible = movesFrom(stage);
  return order.filter((action) => possible.includes(action));
}
