import { join } from 'node:path';
import { z } from 'zod';

/** What is known of an archive without opening it; one JSON file beside the bundle, written last. */
export const archiveNoteSchema = z.object({
  v: z.literal(1),
  runId: z.string(),
  projectPath: z.string(),
  branch: z.string(),
  base: z.string(),
  /** The commit in the bundle that holds the uncommitted work, on top of the branch. */
  snapshot: z.string(),
  files: z.int(),
  createdAt: z.string(),
});
export type ArchiveNote = z.infer<typeof archiveNoteSchema>;

/** The ref inside a bundle. */
export function archiveRef(runId: string): string {
  return `refs/homer/evidence/${runId}`;
}

/** The files of one archive: `bundle` is what it is restored from, `patch` and `files` are for people. */
export function archiveFiles(
  folder: string,
  runId: string,
): { bundle: string; patch: string; files: string; note: string } {
  const name = (extension: string): string => join(folder, `${runId}.${extension}`);
  return { bundle: name('bundle'), patch: name('patch'), files: name('files'), note: name('json') };
}
