import { z } from 'zod';
import type { ExecutorTable } from '../run/task-type.ts';

/** Words for who writes plans, besides the names of executors. */
export const plannerWords = {
  auto: 'Automatic',
  template: 'Built-in template (no model)',
  command: 'Planner command',
} as const;

/** `auto`, `template`, `command`, or the name of an executor. */
export const plannerSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/u, 'Give auto, template, command, or the name of an executor.')
  .refine(
    (name) => name !== 'shell',
    'The shell executor plans by the setting planner.command; give command.',
  );

export type PlanningTask = 'plan' | 'research';

/**
 * The order in which programs are looked for: those the table names for research when questions are asked, then those for code, then the rest as
 * they are offered. The shell plans by the planner command alone.
 */
export function inPlanningOrder(
  task: PlanningTask,
  table: ExecutorTable,
  names: readonly string[],
): string[] {
  const first = [...(task === 'research' ? table.research : []), ...table.code, ...names];
  return [...new Set(first)].filter((name) => names.includes(name) && name !== 'shell');
}
