import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fail, ok } from '../shared/result.ts';
import type { Refusal, Result } from '../shared/result.ts';
import type { ChangedPath } from './changed-paths.ts';
import { STAT, recordsOf, statOf } from './change-stat.ts';
import type { ChangedFile } from './change-stat.ts';
import { copyIndex } from './copy-index.ts';
import type { Git, GitOutput, GitPlace } from './git.ts';
import { gitSteps } from './git-steps.ts';
import type { Verdict } from './judge-changes.ts';
import { HOMER } from './identity.ts';
import { alignOwnIndex, noteOwnIndex } from './own-index.ts';
import { readPlainNow } from './plain-file.ts';
import { openRepository } from './repository.ts';
import { dropOwnLocks } from './own-locks.ts';
import { runPlace } from './workspace-paths.ts';

export interface Checkpoint {
  /** The new commit, or the parent when there was nothing to commit. */
  readonly commit: string;
  /** What differs from the parent, and from the base. */
  readonly changed: readonly ChangedFile[];
  readonly total: readonly ChangedFile[];
}

/**
 * Commits what a turn changed on the run's branch, on top of `parent` (the base, or the last checkpoint), and tells the new
 * commit and what it changes. Only paths the verdict names go in. Commits the agent made itself are folded
 * in: their content is there, they are not, so that nothing hides in a history that was never judged. What was committed is read
 * back and compared with the verdict before the branch moves, because files, the index and even objects lie where a process the
 * agent left behind could change them at any moment.
 */
export async function checkpoint(
  git: Git,
  input: {
    projectPath: string;
    runId: string;
    branch: string;
    parent: string;
    /** Where the run began: what it has changed since is told as well. */
    base: string;
    message: string;
    verdict: Verdict;
  },
): Promise<Result<Checkpoint>> {
  const { verdict, parent, base } = input;
  if (!verdict.ok) {
    return fail(
      'policy_violation',
      'The turn changed paths it may not change, so there is no checkpoint of it.',
      {
        hint: 'Look at the paths named in the run, then discard it or try again.',
        details: { violations: verdict.violations },
      },
    );
  }
  const opened = await openRepository(git, input.projectPath);
  if (!opened.ok) return opened;
  const placed = await runPlace(opened.value, input.runId);
  if (!placed.ok) return placed;
  const run = placed.value;
  const place = { ...run.place, index: run.ownIndex };

  await dropOwnLocks(git, opened.value, run, input.branch);
  const committed = verdict.paths.filter(({ standing }) => standing !== 'ignored');
  const aligned = await alignOwnIndex(git, run, parent);
  if (!aligned.ok) return aligned;
  const branchRef = `refs/heads/${input.branch}`;
  const point = ['update-ref', '-m', 'homer: checkpoint', branchRef];
  let made: Omit<Checkpoint, 'commit'> & { readonly commit: string | null } = {
    commit: null,
    changed: [],
    total: [],
  };
  if (committed.length > 0) {
    // Deletions first: a file may have made way for a folder of its name.
    const ordered = [...committed].sort(
      (a, b) => Number(b.change === 'deleted') - Number(a.change === 'deleted'),
    );
    const paths = ordered.map(({ path }) => path);
    const tree = { wordOf: 1 };
    const stats = base === parent ? [parent] : [parent, base];
    const commitLine = 2 + stats.length;
    let refused: Result<never> | undefined;
    const done = await gitSteps(git, [
      { lines: [{ place, args: ['update-index', '--add', '--remove', '-z', '--stdin'], input: paths }] },
      { lines: [{ place, args: ['write-tree'], word: true }] },
      {
        lines: [
          ...stats.map((from) => ({ place, args: [...STAT, from, tree] })),
          {
            place,
            args: ['commit-tree', '-p', parent, '-m', input.message, tree],
            env: HOMER,
            word: true,
          },
        ],
      },
      {
        lines: [{ place, args: [...point, { wordOf: commitLine }] }],
        onlyIf: async (before) => {
          const records = before[2] ? treeRecords(before[2]) : [];
          const strangers = await strangersAmong(git, place, records, committed);
          if (!strangers.ok) refused = strangers;
          else if (strangers.value.length > 0) refused = changedMeanwhile(strangers.value);
          return refused === undefined && records.length > 0;
        },
      },
    ]);
    if (!done.ok) return done;
    if (refused !== undefined) {
      git.ownIndexes.delete(run.ownIndex);
      return refused;
    }
    const [changed, total] = done.value.slice(2, commitLine).map(statOf);
    made = {
      commit: done.value[commitLine + 1] === undefined ? null : (done.value[commitLine]?.text() ?? null),
      changed: changed ?? [],
      total: total ?? changed ?? [],
    };
    await noteOwnIndex(git, run, made.commit ?? parent);
  } else if (base !== parent) {
    const total = await git.run(place, [...STAT, base, parent]);
    if (!total.ok) return total;
    made = { ...made, total: statOf(total.value) };
  }
  if (made.commit === null) {
    const stays = await git.run(place, [...point, parent]);
    if (!stays.ok) return stays;
  }
  if (readPlainNow(join(run.gitDir, 'HEAD'))?.toString() !== `ref: ${branchRef}\n`) {
    const head = await git.run(place, ['symbolic-ref', 'HEAD', branchRef]);
    if (!head.ok) return head;
  }
  await copyIndex(run.ownIndex, join(run.gitDir, 'index'));
  return ok({ ...made, commit: made.commit ?? parent });
}

type TreeRecord = { readonly path: string; readonly newMode: string; readonly newId: string };

/** What a tree has otherwise than its parent, path by path: of a renamed file both. */
function treeRecords(told: GitOutput): TreeRecord[] {
  return recordsOf(told).flatMap(({ path, oldPath, newMode, newBlob }) => [
    { path, newMode, newId: newBlob },
    ...(oldPath === null ? [] : [{ path: oldPath, newMode: '000000', newId: '' }]),
  ]);
}

function changedMeanwhile(files: readonly string[]): Refusal {
  return fail('changed_meanwhile', 'Something in the worktree was changed after it was judged.', {
    hint: 'Stop whatever still works in the worktree, then run the step again.',
    details: { files },
  });
}

/** What came out otherwise than it was judged, by its record or by its content. */
async function strangersAmong(
  git: Git,
  place: GitPlace,
  records: readonly TreeRecord[],
  judged: readonly ChangedPath[],
): Promise<Result<string[]>> {
  const forged = await forgedLinks(git, place, records, judged);
  return forged.ok ? ok([...notAsJudged(records, judged), ...forged.value]) : forged;
}

/** Paths that came out otherwise than they were judged: not among them at all, or a link that was none or leads elsewhere. */
function notAsJudged(records: readonly TreeRecord[], judged: readonly ChangedPath[]): string[] {
  const byPath = new Map(judged.map((change) => [change.path, change]));
  return records
    .filter(({ path, newMode, newId }) => {
      const change = byPath.get(path);
      if (!change || newMode === '160000') return true;
      if (newMode !== '120000') return false;
      return change.kind !== 'symlink' || blobId(change.target ?? '', newId.length) !== newId;
    })
    .map(({ path }) => path);
}

/**
 * Links whose text, as git will give it out, is not what was judged: git does not check that a loose object is what its name says, and
 * does not write one anew that is there already.
 */
async function forgedLinks(
  git: Git,
  place: GitPlace,
  records: readonly TreeRecord[],
  judged: readonly ChangedPath[],
): Promise<Result<string[]>> {
  const targets = new Map(judged.map(({ path, target }) => [path, target]));
  const forged: string[] = [];
  for (const { path, newId } of records.filter(({ newMode }) => newMode === '120000')) {
    const text = await git.run(place, ['cat-file', 'blob', newId]);
    if (!text.ok) return text;
    if (new TextDecoder().decode(text.value.bytes) !== targets.get(path)) forged.push(path);
  }
  return ok(forged);
}

/** The id git gives to a file with this content, in the repository's own kind of id. */
function blobId(content: string, length: number): string {
  const bytes = Buffer.from(content);
  return createHash(length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${String(bytes.length)}\0`)
    .update(bytes)
    .digest('hex');
}
