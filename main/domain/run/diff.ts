import { z } from 'zod';

export const diffFileSchema = z.object({
  path: z.string(),
  oldPath: z.string().nullable(),
  change: z.enum(['added', 'modified', 'deleted', 'renamed']),
  additions: z.int(),
  deletions: z.int(),
  binary: z.boolean(),
  /** Unified diff of this file; null when binary or over the limit, and `note` says why. */
  patch: z.string().nullable(),
  note: z.string().nullable(),
});
export type DiffFile = z.infer<typeof diffFileSchema>;

export const diffSchema = z.object({
  baseCommit: z.string(),
  headCommit: z.string(),
  target: z.string(),
  /** Commits on the target since the base: what the apply will merge with. */
  targetAhead: z.int(),
  /** Files that conflict with the target now; empty when it would merge cleanly. */
  conflicts: z.array(z.string()),
  /** Why an apply is not possible now, such as a dirty target; null when it is. */
  blockedBy: z.string().nullable(),
  files: z.array(diffFileSchema),
  additions: z.int(),
  deletions: z.int(),
});
export type Diff = z.infer<typeof diffSchema>;
