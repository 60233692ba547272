import type { GoalAction } from './goal-types.ts';

/** The keys that decide on a goal; pausing and going on share one. */
export const decisionKeys: Readonly<Record<GoalAction, string>> = {
  achieve: 'a',
  pause: 'p',
  activate: 'p',
  drop: 'Shift+x',
};
