import { valueList, type ValueOf } from '../value-list.ts';

/** How a run's commits come to the target: joined by one merge, folded into one commit, or one by one on top of it. */
export const applyStrategy = valueList({
  merge: 'Merge',
  squash: 'Squash',
  rebase: 'Rebase',
});
export type ApplyStrategy = ValueOf<typeof applyStrategy>;
