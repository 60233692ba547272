import type { Read } from './database.ts';
import { int, notFound, textOrNull } from './row.ts';

/** What a run that says it is done has no proof of, as the end of a sentence; null when nothing is lacking. */
export function missingEvidence(read: Read, runId: string): string | null {
  const row = read
    .prepare(
      `SELECT head_commit, has_tests, test_after,
         (SELECT COUNT(*) FROM run_step WHERE run_id = run.id AND policy_ok = 1 AND commit_id IS NOT NULL) AS steps,
         (SELECT COUNT(*) FROM run_step WHERE run_id = run.id AND policy_ok = 0) AS broken
       FROM run WHERE id = ?`,
    )
    .get(runId);
  if (!row) throw notFound('run', runId);
  if (textOrNull(row, 'head_commit') === null) return 'no commit of its work is known';
  if (int(row, 'steps') === 0) return 'no step of it was judged and kept';
  if (int(row, 'broken') > 0) return 'a step of it broke the path policy';
  if (int(row, 'has_tests') === 1 && textOrNull(row, 'test_after') === null)
    return 'its tests were never run after a step, though the project has a test command';
  return null;
}
