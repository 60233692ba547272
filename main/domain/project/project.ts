import { z } from 'zod';
import { idSchema, lineSchema, timeSchema, versionSchema } from '../primitives.ts';
import { plannerSchema } from '../proposal/planner-choice.ts';
import { riskProfile, sensitivePatternSchema } from '../risk/gate.ts';
import { pathPolicySchema } from '../risk/path-policy.ts';
import { schemaOf } from '../list-schema.ts';

const commandSchema = z.string().trim().max(2_000, 'Keep the command under 2,000 characters.');

/** The parts of a project its owner sets. Commands run by `/bin/sh -c` in the worktree. */
export const projectSettingsSchema = z.object({
  name: lineSchema,
  defaultBranch: z.string().min(1).max(250),
  /** Decides whether a step passed, by its exit code. Empty: none, and the card says so. */
  testCommand: commandSchema,
  /** Prepares a fresh worktree before the first step, such as installing packages. Empty: nothing to prepare. */
  setupCommand: commandSchema,
  testTimeoutMs: z
    .int()
    .min(1_000)
    .max(6 * 3_600_000),
  pathPolicy: pathPolicySchema,
  riskProfile: schemaOf(riskProfile),
  sensitivePatterns: z.array(sensitivePatternSchema).max(100),
  defaultExecutor: z.string().min(1).max(40),
  /** The command of the `shell` executor when a run names none. */
  shellCommand: commandSchema,
  autoApply: z.boolean(),
  /** How many of its runs work at once; null: what `runtime.max_runs_per_project` says. */
  maxRuns: z.int().min(1).max(32).nullable(),
  /** Who writes its plans; empty: what `planner.executor` says. */
  planner: z.union([z.literal(''), plannerSchema]),
});
export type ProjectSettings = z.infer<typeof projectSettingsSchema>;

export const projectSchema = projectSettingsSchema.extend({
  id: idSchema,
  version: versionSchema,
  /** Absolute path of the repository's top folder. */
  localPath: z.string().min(1),
  demo: z.boolean(),
  createdAt: timeSchema,
  updatedAt: timeSchema,
});
export type Project = z.infer<typeof projectSchema>;
