import type { InputOf, OutputOf } from '../../../preload/contract/operations.ts';

export type GoalRow = OutputOf<'goal.tree'>[number];
export type GoalDetail = OutputOf<'goal.detail'>;
export type GoalWork = OutputOf<'goal.work'>[number];
export type GoalAction = InputOf<'goal.decide'>['action'];
export type LinkedProposal = GoalWork['proposals'][number];
export type LinkedIntent = GoalWork['intents'][number];
