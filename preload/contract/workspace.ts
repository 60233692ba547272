import { z } from 'zod';
import { idSchema, timeSchema } from '../../main/domain/primitives.ts';
import { runStatus } from '../../main/domain/run/status.ts';
import { command, query } from './operation.ts';
import { schemaOf } from '../../main/domain/list-schema.ts';

/** The name of a folder among the worktrees: a run's id for its own. */
const worktreeId = z.string().regex(/^[0-9a-z][0-9a-z-]{0,63}$/u, 'Give the id as it is listed.');

export const worktreeSchema = z.object({
  runId: z.string(),
  /** Null for one that no run here stands behind. */
  runNumber: z.int().nullable(),
  runStatus: schemaOf(runStatus).nullable(),
  projectId: idSchema,
  projectName: z.string(),
  path: z.string(),
  kind: z.enum(['run', 'unfinished', 'scratch', 'foreign']),
  branch: z.string().nullable(),
  /** Whether work is in it that is in no commit; null where that cannot be told. */
  uncommitted: z.boolean().nullable(),
  sizeBytes: z.int(),
  /** False: it is at least so large. */
  sizeWhole: z.boolean(),
  createdAt: timeSchema,
  /** `archive`: it may go, its uncommitted work is archived first. `look`: only its owner may remove it. */
  advice: z.enum(['in_use', 'remove', 'archive', 'look']),
  why: z.string(),
});
export type WorktreeEntry = z.infer<typeof worktreeSchema>;

export const archiveSchema = z.object({
  id: z.string(),
  /** The bundle with the work: a file that git reads. */
  path: z.string(),
  runNumber: z.int().nullable(),
  projectName: z.string().nullable(),
  /** How many uncommitted files it holds; null for an old archive. */
  files: z.int().nullable(),
  sizeBytes: z.int(),
  createdAt: timeSchema,
  /** When it is let go; null: never. */
  expiresAt: timeSchema.nullable(),
});

export const workspaceOperations = {
  'workspace.list': query(
    'GET /workspace',
    'Worktrees of one project or of all, oldest first, with what may be done with each.',
    z.object({ projectId: idSchema.optional() }),
    z.object({
      worktrees: z.array(worktreeSchema),
      totalBytes: z.int(),
      /** Why no run may start for want of room; null while there is. */
      shortage: z.string().nullable(),
    }),
  ),
  'workspace.clean': command(
    'POST /workspace/clean',
    'Removes worktrees that may go, one or all; uncommitted work is archived first. What belongs to a run that has not ended stays.',
    z.object({
      projectId: idSchema.optional(),
      /** One alone, by its id in the list; also one that no run here stands behind. */
      runId: worktreeId.optional(),
      dryRun: z.boolean().default(false),
    }),
    z.object({
      dryRun: z.boolean(),
      removed: z.array(worktreeSchema),
      kept: z.array(worktreeSchema),
      freedBytes: z.int(),
    }),
  ),
  'archive.list': query(
    'GET /archives',
    'Archives of uncommitted work, oldest first.',
    z.object({}),
    z.array(archiveSchema),
  ),
  'archive.restore': command(
    'POST /archives/{id}/restore',
    'Brings archived work back as a new branch of its project; no file is touched.',
    z.object({
      id: worktreeId,
      /** `homer/restored-<end of the id>` when left out. */
      branch: z.string().min(1).max(200).optional(),
    }),
    z.object({ id: z.string(), projectName: z.string(), branch: z.string(), commit: z.string() }),
  ),
};
