import { z } from 'zod';

/** What a run would do, found out without starting an agent. */
export const dryRunSchema = z.object({
  /** One for each step that is known beforehand: the first of a run, and of each stage. */
  steps: z.array(
    z.object({
      stage: z.string().nullable(),
      title: z.string(),
      role: z.string().nullable(),
      executor: z.string(),
      /** What the `shell` executor would run; null for others. */
      command: z.string().nullable(),
      needs: z.array(z.string()),
      /** Stages of one level may work at the same time; from 1. */
      level: z.int().min(1),
      mostSteps: z.int().min(1),
      worktree: z.string(),
      prompt: z.string(),
    }),
  ),
  baseCommit: z.string(),
  branch: z.string(),
  setupCommand: z.string(),
  testCommand: z.string(),
  budget: z.object({ steps: z.int(), durationMs: z.int(), tokens: z.int(), costMicroUsd: z.int() }),
  mostParallel: z.int().min(1),
  policy: z.object({ allow: z.array(z.string()), deny: z.array(z.string()) }),
  gate: z.object({
    start: z.enum(['queued', 'draft']),
    held: z.array(z.object({ rule: z.string(), reason: z.string() })),
  }),
});
export type DryRun = z.infer<typeof dryRunSchema>;
