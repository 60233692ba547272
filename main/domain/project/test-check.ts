import { z } from 'zod';
import { idSchema, timeSchema } from '../primitives.ts';
import { valueList, type ValueOf } from '../value-list.ts';
import { schemaOf } from '../list-schema.ts';

/** Where a check of a project's commands stands, or how it came out. */
export const testCheckState = valueList({
  preparing: 'Making a worktree',
  setup: 'Setting up',
  testing: 'Testing',
  passed: 'Passed',
  failed: 'Failed',
  timed_out: 'Out of time',
  stopped: 'Stopped',
  broken: 'Could not be run',
});
export type TestCheckState = ValueOf<typeof testCheckState>;

export const testCheckSchema = z.object({
  id: idSchema,
  projectId: idSchema,
  state: schemaOf(testCheckState),
  /** What is run now, or was run last. */
  command: z.string(),
  /** The end of what the command printed so far, cleaned and redacted. */
  output: z.string(),
  /** What the set-up printed, once the tests are at work; null before, and where there is nothing to set up. */
  setupOutput: z.string().nullable(),
  /** Of the test command; null until it ended, and when a signal or the time limit ended it. */
  exitCode: z.int().nullable(),
  /** What went wrong around the tests, such as the setup command; null when nothing did. */
  problem: z.string().nullable(),
  startedAt: timeSchema,
  durationMs: z.int().min(0),
});
export type TestCheck = z.infer<typeof testCheckSchema>;
