import { z } from 'zod';

/** Where a hunk begins in the file as it was and as it is now: the two numbers of its `@@` line. */
export const hunkPlaceSchema = z.object({ oldStart: z.int().min(0), newStart: z.int().min(0) });
export type HunkPlace = z.infer<typeof hunkPlaceSchema>;

/** What of a result the owner does not want in the project. */
export const leftOutSchema = z.object({
  /** The result it was chosen in: another one has other hunks. */
  head: z.string().regex(/^[0-9a-f]{40,64}$/u, 'Give the whole commit.'),
  files: z
    .array(
      z.object({
        path: z.string().min(1).max(4_096),
        /** Some hunks of the file; absent: the whole file. */
        hunks: z.array(hunkPlaceSchema).min(1).max(10_000).optional(),
      }),
    )
    .min(1)
    .max(5_000),
});
export type LeftOut = z.infer<typeof leftOutSchema>;

/** The same, as it is kept with the decision: how many hunks of which file, null for all of it. */
export const leftOutFileSchema = z.object({ path: z.string(), hunks: z.int().min(1).nullable() });
export type LeftOutFile = z.infer<typeof leftOutFileSchema>;

const MOST_KEPT = 200;

export function leftOutFiles({ files }: LeftOut): LeftOutFile[] {
  return files.slice(0, MOST_KEPT).map(({ path, hunks }) => ({ path, hunks: hunks?.length ?? null }));
}
