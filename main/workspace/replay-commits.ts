import { ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { Git } from './git.ts';
import type { Identity } from './identity.ts';
import { mergeTrees } from './merge-trees.ts';
import type { Repository } from './repository.ts';
import { RUN_TRAILER } from './run-mark.ts';

/** Where the replay ended: the last commit made and its tree, or the files the first commit that does not fit conflicts in. */
export interface Replayed {
  readonly commit: string;
  readonly tree: string;
  readonly conflicts: readonly string[];
}

/**
 * Makes the commits from `base` to `head` again on top of `tip`, as objects alone. Each keeps its author and words and gets the
 * trailer of the run; the owner commits them. One that changes nothing any more is left out. Where the history is no line, the
 * first parents are followed, so that work that was joined comes as the one change it made.
 */
export async function replayCommits(
  git: Git,
  repository: Repository,
  input: { base: string; head: string; tip: string; runId: string; identity: Identity },
): Promise<Result<Replayed>> {
  const { place } = repository;
  const listed = await git.run(place, [
    'rev-list',
    '--reverse',
    '--first-parent',
    `${input.base}..${input.head}`,
  ]);
  if (!listed.ok) return listed;
  let commit = input.tip;
  const start = await treeOf(git, repository, commit);
  if (!start.ok) return start;
  let tree = start.value;
  for (const original of listed.value.text().split('\n').filter(Boolean)) {
    const made = await replayOne(git, repository, { ...input, original, onto: commit, tree });
    if (!made.ok) return made;
    if (made.value.conflicts.length > 0) return made;
    ({ commit, tree } = made.value);
  }
  return ok({ commit, tree, conflicts: [] });
}

async function replayOne(
  git: Git,
  repository: Repository,
  input: { original: string; onto: string; tree: string; runId: string; identity: Identity },
): Promise<Result<Replayed>> {
  const { original, onto } = input;
  const { place } = repository;
  const shown = await git.run(place, [
    'log',
    '-1',
    '-z',
    '--format=%P%x00%an%x00%ae%x00%ad%x00%B%x00',
    '--date=raw',
    original,
  ]);
  if (!shown.ok) return shown;
  const [parents = '', name = '', email = '', date = '', words = ''] = shown.value.text().split('\0');
  const [parent = ''] = parents.split(' ');
  const merged =
    parent === onto
      ? await sameTree(git, repository, original)
      : await mergeTrees(git, repository, { base: parent, ours: onto, theirs: original });
  if (!merged.ok) return merged;
  const { tree, conflicts } = merged.value;
  if (conflicts.length > 0 || tree === input.tree) return ok({ commit: onto, tree: input.tree, conflicts });
  const made = await git.run(place, ['commit-tree', '-p', onto, '-F', '-', tree], {
    input: withTrailer(words, input.runId),
    env: {
      ...input.identity,
      GIT_AUTHOR_NAME: name,
      GIT_AUTHOR_EMAIL: email,
      GIT_AUTHOR_DATE: `@${date}`,
    },
  });
  return made.ok ? ok({ commit: made.value.text(), tree, conflicts }) : made;
}

async function sameTree(
  git: Git,
  repository: Repository,
  commit: string,
): Promise<Result<{ tree: string; conflicts: string[] }>> {
  const tree = await treeOf(git, repository, commit);
  return tree.ok ? ok({ tree: tree.value, conflicts: [] }) : tree;
}

export async function treeOf(git: Git, repository: Repository, commit: string): Promise<Result<string>> {
  const found = await git.run(repository.place, ['rev-parse', '--verify', `${commit}^{tree}`]);
  return found.ok ? ok(found.value.text()) : found;
}

/** Lines that pass themselves off as Homer's own are dropped: a message may hold words of an agent. */
function withTrailer(words: string, runId: string): string {
  const kept = words
    .split('\n')
    .filter((line) => !/^\s*homer-/iu.test(line))
    .join('\n')
    .trim();
  return `${kept === '' ? 'Work of a run' : kept}\n\n${RUN_TRAILER}: ${runId}\n`;
}
