import { z } from 'zod';
import { idSchema, timeSchema, versionSchema } from '../../main/domain/primitives.ts';
import { testCheckSchema } from '../../main/domain/project/test-check.ts';
import { projectSchema, projectSettingsSchema } from '../../main/domain/project/project.ts';
import { testEvidenceSchema } from '../../main/domain/run/run.ts';
import { command, query } from './operation.ts';

/** What Homer sees in a folder before it is added. */
export const inspectionSchema = z.object({
  /** Top folder of the repository that holds the path. */
  path: z.string(),
  name: z.string(),
  defaultBranch: z.string(),
  headCommit: z.string(),
  dirty: z.boolean(),
  /** Guessed from package.json, Cargo.toml, go.mod, pyproject.toml or a Makefile; empty when nothing was recognised. */
  testCommand: z.string(),
  setupCommand: z.string(),
  /** Things worth knowing that do not prevent adding it. */
  warnings: z.array(z.string()),
});
export type Inspection = z.infer<typeof inspectionSchema>;

/** A branch that Homer made. */
export const branchSchema = z.object({
  name: z.string(),
  commit: z.string(),
  subject: z.string(),
  committedAt: timeSchema,
  /** Whether every commit of it is in the project's branch. */
  merged: z.boolean(),
  /** A worktree stands on it. */
  inUse: z.boolean(),
});

const projectSummarySchema = projectSchema.extend({
  openProposals: z.int(),
  activeRuns: z.int(),
  /** Why it cannot be worked in now, such as a folder that has gone; null when fine. */
  problem: z.string().nullable(),
});
export type ProjectSummary = z.infer<typeof projectSummarySchema>;

export const projectOperations = {
  'project.list': query('GET /projects', 'Lists projects.', z.object({}), z.array(projectSummarySchema)),
  'project.get': query(
    'GET /projects/{id}',
    'One project.',
    z.object({ id: idSchema }),
    projectSummarySchema,
  ),
  'project.inspect': query(
    'GET /projects/inspect',
    'Looks at a folder without adding it.',
    z.object({ path: z.string().min(1) }),
    inspectionSchema,
  ),
  'project.add': command(
    'POST /projects',
    'Adds a git repository.',
    z.object({
      path: z.string().min(1),
      name: projectSettingsSchema.shape.name.optional(),
      testCommand: projectSettingsSchema.shape.testCommand.optional(),
      setupCommand: projectSettingsSchema.shape.setupCommand.optional(),
      shellCommand: projectSettingsSchema.shape.shellCommand.optional(),
      riskProfile: projectSettingsSchema.shape.riskProfile.optional(),
      maxRuns: projectSettingsSchema.shape.maxRuns.optional(),
      planner: projectSettingsSchema.shape.planner.optional(),
    }),
    projectSummarySchema,
  ),
  'project.addDemo': command(
    'POST /projects/demo',
    'Makes the demo project, a small git repository with a failing test and a TODO, and adds it. Adding it twice gives the first.',
    z.object({}),
    projectSummarySchema,
  ),
  'project.update': command(
    'PATCH /projects/{id}',
    'Changes the settings of a project.',
    z.object({ id: idSchema, version: versionSchema, settings: projectSettingsSchema.partial() }),
    projectSummarySchema,
  ),
  'project.remove': command(
    'DELETE /projects/{id}',
    'Forgets a project that has no unfinished run. The repository itself is not touched.',
    z.object({ id: idSchema, version: versionSchema }),
    z.object({ id: idSchema }),
  ),
  'project.startCheck': command(
    'POST /projects/{id}/check',
    'Starts the setup and test commands in a throw-away worktree of the project; what they print can be read meanwhile.',
    z.object({ id: idSchema }),
    testCheckSchema,
  ),
  'project.check': query(
    'GET /projects/{id}/check',
    'The newest check of the commands since the host started, with the end of its output; null when there was none.',
    z.object({ id: idSchema }),
    testCheckSchema.nullable(),
  ),
  'project.stopCheck': command(
    'POST /projects/{id}/check/stop',
    'Stops the check under way, with everything it started.',
    z.object({ id: idSchema }),
    testCheckSchema.nullable(),
  ),
  'project.branches': query(
    'GET /projects/{id}/branches',
    'Branches that Homer made in the project, the newest commit first.',
    z.object({ id: idSchema }),
    z.array(branchSchema),
  ),
  'project.deleteBranch': command(
    'POST /projects/{id}/branches/delete',
    'Deletes a branch that Homer made and no worktree stands on; one with commits of its own only when `unmerged` says so.',
    z.object({
      id: idSchema,
      name: z.string().min(1).max(250),
      commit: z.string().regex(/^[0-9a-f]{40,64}$/u),
      unmerged: z.boolean().default(false),
    }),
    z.object({ name: z.string() }),
  ),
  'project.checkTests': command(
    'POST /projects/{id}/check-tests',
    'Runs the setup and test commands in a fresh worktree of the project, and shows what came out.',
    z.object({ id: idSchema }),
    testEvidenceSchema,
  ),
};
