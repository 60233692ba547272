import { ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { Git } from './git.ts';
import type { Repository } from './repository.ts';

export const RUN_TRAILER = 'Homer-Run';
export const ROLL_BACK_TRAILER = 'Homer-Rolls-Back';

/** The newest thing the target says of a run: that it was applied, or that this was rolled back. */
export type RunMark =
  | { readonly kind: 'rolled_back'; readonly commit: string }
  | {
      readonly kind: 'applied';
      readonly commit: string;
      /** The commit of the target just before it: for a rebase, before the first of its commits. */
      readonly before: string;
    };

interface Marked {
  readonly hash: string;
  readonly runs: readonly string[];
  readonly rolledBack: readonly string[];
}

/**
 * What the target's own line says of a run, newest first; null when nothing. Only that line is read: no agent writes there, and the
 * commits that a merge brought in are not on it.
 */
export async function findMark(
  git: Git,
  repository: Repository,
  input: { runId: string; base: string; tip: string },
): Promise<Result<RunMark | null>> {
  const trailer = (key: string): string => `%(trailers:key=${key},valueonly,separator=%x01)`;
  const found = await git.run(repository.place, [
    'log',
    '--first-parent',
    '-z',
    `--format=%H%x00${trailer(RUN_TRAILER)}%x00${trailer(ROLL_BACK_TRAILER)}%x00`,
    `${input.base}..${input.tip}`,
  ]);
  if (!found.ok) return found;
  const commits = readMarked(found.value.bytes.length === 0 ? [] : found.value.text().split('\0'));
  const names = (values: readonly string[]): boolean => values.includes(input.runId);
  const at = commits.findIndex(({ runs, rolledBack }) => names(runs) || names(rolledBack));
  const mark = commits[at];
  if (!mark) return ok(null);
  if (names(mark.rolledBack)) return ok({ kind: 'rolled_back', commit: mark.hash });
  let first = mark;
  for (const older of commits.slice(at + 1)) {
    if (!names(older.runs)) break;
    first = older;
  }
  const before = await git.run(repository.place, ['rev-parse', '--verify', `${first.hash}^1`]);
  return before.ok ? ok({ kind: 'applied', commit: mark.hash, before: before.value.text() }) : before;
}

function readMarked(fields: readonly string[]): Marked[] {
  const values = (field: string | undefined): string[] => (field ?? '').split('\u0001');
  const marked: Marked[] = [];
  for (let index = 0; index + 2 < fields.length; index += 4) {
    marked.push({
      hash: fields[index] ?? '',
      runs: values(fields[index + 1]),
      rolledBack: values(fields[index + 2]),
    });
  }
  return marked;
}

/** The name of a run as the first line of a commit. */
export function titleOf(run: { title: string; number: number }): string {
  return `${run.title.replace(/\s+/gu, ' ').trim().slice(0, 200)} (run #${String(run.number)})`;
}
