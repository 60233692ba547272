import { defaultBudget, type Budget } from '../domain/run/budget.ts';
import type { Read } from '../store/database.ts';
import { readFlag } from '../store/flag-store.ts';

/** The budget of a run that names none, from the settings. */
export function defaultBudgetOf(read: Read): Budget {
  return {
    ...defaultBudget,
    steps: Number(readFlag(read, 'budget.steps')),
    durationMs: Number(readFlag(read, 'budget.minutes')) * 60_000,
  };
}
