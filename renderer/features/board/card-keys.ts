import type { ProposalDecision } from '../../../preload/contract/moves.ts';

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
