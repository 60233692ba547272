import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { parseRaw } from './changed-paths.ts';
import { copyIndex } from './copy-index.ts';
import type { Git } from './git.ts';
import type { Verdict } from './judge-changes.ts';
import { HOMER } from './identity.ts';
import { openRepository } from './repository.ts';
import { runPlace } from './workspace-paths.ts';

/**
 * Commits what a turn changed on the run's branch, on top of `parent` (the base, or the last checkpoint), and returns the new
 * commit, or `parent` when there is nothing to commit. Only paths the verdict names go in. Commits the agent made itself are folded
 * in: their content is there, they are not, so that nothing hides in a history that was never judged.
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

  const committed = verdict.paths.filter(({ standing }) => standing !== 'ignored');
  const read = await git.run(place, ['read-tree', '--reset', parent]);
  if (!read.ok) return read;
  if (committed.length > 0) {
    // Deletions first: a file may have made way for a folder of its name.
    const ordered = [...committed].sort(
      (a, b) => Number(b.change === 'deleted') - Number(a.change === 'deleted'),
    );
    const updated = await git.run(place, ['update-index', '--add', '--remove', '-z', '--stdin'], {
      input: ordered.map(({ path }) => `${path}\0`).join(''),
    });
    if (!updated.ok) return updated;
  }
  const staged = await git.run(place, ['diff-index', '--cached', '--raw', '-z', '--no-renames', parent]);
  if (!staged.ok) return staged;
  const links = new Set(verdict.paths.filter(({ kind }) => kind === 'symlink').map(({ path }) => path));
  const swapped = parseRaw(staged.value.fields()).filter(
    ({ path, newMode }) => newMode === '160000' || (newMode === '120000' && !links.has(path)),
  );
  if (swapped.length > 0) {
    return fail('changed_meanwhile', 'A file was replaced by a link after it was judged.', {
      hint: 'Stop whatever still works in the worktree, then run the step again.',
      details: { files: swapped.map(({ path }) => path) },
    });
  }
  const commit = await commitIndex();
  if (!commit.ok) return commit;
  const branchRef = `refs/heads/${input.branch}`;
  const moved = await git.run(place, ['update-ref', '-m', 'homer: checkpoint', branchRef, commit.value]);
  if (!moved.ok) return moved;
  const head = await git.run(place, ['symbolic-ref', 'HEAD', branchRef]);
  if (!head.ok) return head;
  await rm(join(run.gitDir, 'index.lock'), { force: true });
  await copyIndex(run.ownIndex, join(run.gitDir, 'index'));
  return commit;

  async function commitIndex(): Promise<Result<string>> {
    const tree = await git.run(place, ['write-tree']);
    if (!tree.ok) return tree;
    const before = await git.run(place, ['rev-parse', `${parent}^{tree}`]);
    if (!before.ok) return before;
    if (tree.value.text() === before.value.text()) return ok(parent);
    const made = await git.run(place, ['commit-tree', '-p', parent, '-F', '-', tree.value.text()], {
      input: input.message,
      env: HOMER,
    });
    return made.ok ? ok(made.value.text()) : made;
  }
}
