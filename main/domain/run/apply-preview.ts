import { z } from 'zod';
import { diffFileSchema } from './diff.ts';

const hindranceSchema = z.object({
  tag: z.string(),
  message: z.string(),
  hint: z.string().nullable(),
  /** Where a hindrance is about files: which. */
  files: z.array(z.string()),
});

/** What an apply would do now. Nothing has been done. */
export const applyPreviewSchema = z.object({
  target: z.string(),
  /** The commit the target stands at, to which a roll-back leads; null when the branch is gone. */
  tip: z.string().nullable(),
  /** Commits on the target since the run began. */
  targetAhead: z.int(),
  /** What the branch would get, oldest first: their first lines. */
  commits: z.array(z.string()),
  /** How many there are; `commits` names at most fifty. */
  commitCount: z.int(),
  files: z.int(),
  additions: z.int(),
  deletions: z.int(),
  /** Files that do not merge. */
  conflicts: z.array(z.string()),
  /** Why it cannot be applied now; null when it can. */
  blocked: hindranceSchema.nullable(),
  /** Files with changes of the owner in no commit, where the target is checked out: they stay as they are. */
  uncommitted: z.int(),
});
export type ApplyPreview = z.infer<typeof applyPreviewSchema>;

/** What taking an applied run out again would do now. */
export const rollBackPreviewSchema = z.object({
  target: z.string(),
  /** The commit that brought it in; null when the target holds none. */
  commit: z.string().nullable(),
  /** Files of the run that were changed since, in commits or in the owner's folder. Empty: it is undone as it came. */
  changedSince: z.array(z.string()),
  conflicts: z.array(z.string()),
  blocked: hindranceSchema.nullable(),
  /** What it would change on the target. */
  files: z.array(diffFileSchema),
  additions: z.int(),
  deletions: z.int(),
});
export type RollBackPreview = z.infer<typeof rollBackPreviewSchema>;
