import { z } from 'zod';
import { idSchema, versionSchema } from '../../main/domain/primitives.ts';
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
  'project.checkTests': command(
    'POST /projects/{id}/check-tests',
    'Runs the setup and test commands in a fresh worktree of the project, and shows what came out.',
    z.object({ id: idSchema }),
    testEvidenceSchema,
  ),
};
