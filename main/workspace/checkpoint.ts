import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { parseRaw } from './changed-paths.ts';
import type { ChangedPath } from './changed-paths.ts';
import { copyIndex } from './copy-index.ts';
import type { Git, GitPlace } from './git.ts';
import type { Verdict } from './judge-changes.ts';
import { HOMER } from './identity.ts';
import { alignOwnIndex, noteOwnIndex } from './own-index.ts';
import { openRepository } from './repository.ts';
import { dropOwnLocks } from './own-locks.ts';
import { ignoreMissing, runPlace } from './workspace-paths.ts';

/**
 * Commits what a turn changed on the run's branch, on top of `parent` (the base, or the last checkpoint), and returns the new
 * commit, or `parent` when there is nothing to commit. Only paths the verdict names go in. Commits the agent made itself are folded
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
    message: string;
    verdict: Verdict;
  },
): Promise<Result<string>> {
  const { verdict, parent } = input;
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
  let commit = parent;
  if (committed.length > 0) {
    // Deletions first: a file may have made way for a folder of its name.
    const ordered = [...committed].sort(
      (a, b) => Number(b.change === 'deleted') - Number(a.change === 'deleted'),
    );
    const updated = await git.run(place, ['update-index', '--add', '--remove', '-z', '--stdin'], {
      input: ordered.map(({ path }) => `${path}\0`).join(''),
    });
    if (!updated.ok) return updated;
    const tree = await git.run(place, ['write-tree']);
    if (!tree.ok) return tree;
    const id = tree.value.text();
    const [staged, made] = await Promise.all([
      git.run(place, ['diff-tree', '-r', '-z', '--raw', '--no-renames', '--no-abbrev', parent, id]),
      git.run(place, ['commit-tree', '-p', parent, '-F', '-', id], { input: input.message, env: HOMER }),
    ]);
    if (!staged.ok) return staged;
    if (!made.ok) return made;
    const records = parseRaw(staged.value.fields());
    const strangers = notAsJudged(records, committed);
    const forged = await forgedLinks(git, place, records, committed);
    if (!forged.ok) return forged;
    strangers.push(...forged.value);
    if (strangers.length > 0) {
      git.ownIndexes.delete(run.ownIndex);
      return fail('changed_meanwhile', 'Something in the worktree was changed after it was judged.', {
        hint: 'Stop whatever still works in the worktree, then run the step again.',
        details: { files: strangers },
      });
    }
    if (records.length > 0) commit = made.value.text();
    await noteOwnIndex(git, run, commit);
  }
  const branchRef = `refs/heads/${input.branch}`;
  const moved = await git.run(place, ['update-ref', '-m', 'homer: checkpoint', branchRef, commit]);
  if (!moved.ok) return moved;
  if ((await readFile(join(run.gitDir, 'HEAD'), 'utf8').catch(ignoreMissing)) !== `ref: ${branchRef}\n`) {
    const head = await git.run(place, ['symbolic-ref', 'HEAD', branchRef]);
    if (!head.ok) return head;
  }
  await copyIndex(run.ownIndex, join(run.gitDir, 'index'));
  return ok(commit);
}

/** Paths that came out otherwise than they were judged: not among them at all, or a link that was none or leads elsewhere. */
function notAsJudged(
  records: readonly { path: string; newMode: string; newId: string }[],
  judged: readonly ChangedPath[],
): string[] {
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
  records: readonly { path: string; newMode: string; newId: string }[],
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
