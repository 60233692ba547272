import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { fail, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { Git, GitPlace } from './git.ts';
import { HOMER } from './identity.ts';
import { previewMerge } from './merge-preview.ts';
import { openRepository } from './repository.ts';
import type { Repository } from './repository.ts';

export interface Joined {
  /** Null when there are conflicts. */
  readonly commit: string | null;
  /** Files both sides changed in ways that do not fit together. */
  readonly conflicts: readonly string[];
}

/**
 * Joins two commits of a run as an object: no branch moves and no working folder is touched. The same two give the same commit
 * whenever they are joined, because its time is `at`, so that a crash leaves nothing behind that is not found again. With `take`,
 * files in conflict are as that side has them, or gone where it has none.
 */
export async function joinCommits(
  git: Git,
  input: {
    projectPath: string;
    ours: string;
    theirs: string;
    message: string;
    /** ISO. */
    at: string;
    take: 'ours' | 'theirs' | null;
  },
): Promise<Result<Joined>> {
  const opened = await openRepository(git, input.projectPath);
  if (!opened.ok) return opened;
  const repository = opened.value;
  const { ours, theirs } = input;
  for (const [older, newer] of [
    [ours, theirs],
    [theirs, ours],
  ] as const) {
    const within = await git.run(repository.place, ['merge-base', '--is-ancestor', older, newer], {
      accept: [0, 1],
    });
    if (!within.ok) return within;
    if (within.value.exitCode === 0) return ok({ commit: newer, conflicts: [] });
  }
  const preview = await previewMerge(git, repository, { ours, theirs });
  if (!preview.ok) return preview;
  const { conflicts } = preview.value;
  if (conflicts.length > 0 && input.take === null) return ok({ commit: null, conflicts });
  const tree =
    conflicts.length === 0
      ? ok(preview.value.tree)
      : await takeFiles(git, repository, {
          tree: preview.value.tree,
          from: input.take === 'theirs' ? theirs : ours,
          files: conflicts,
        });
  if (!tree.ok) return tree;
  const made = await git.run(
    repository.place,
    ['commit-tree', '-p', ours, '-p', theirs, '-F', '-', tree.value],
    {
      input: input.message,
      env: { ...HOMER, GIT_AUTHOR_DATE: input.at, GIT_COMMITTER_DATE: input.at },
    },
  );
  return made.ok ? ok({ commit: made.value.text(), conflicts: [] }) : made;
}

/** The tree with these files as one commit has them. */
async function takeFiles(
  git: Git,
  repository: Repository,
  input: { tree: string; from: string; files: readonly string[] },
): Promise<Result<string>> {
  if (input.tree === '')
    return fail('git_too_old', 'This git cannot settle a conflict without a working folder.', {
      hint: 'Answer with “retry” and a stage instead, or install git 2.38 or newer.',
    });
  const index = join(repository.commonDir, `homer-join-${randomUUID()}`);
  const place: GitPlace = { ...repository.place, index };
  try {
    const read = await git.run(place, ['read-tree', input.tree]);
    if (!read.ok) return read;
    const listed = await git.run(repository.place, ['ls-tree', '-r', '-z', input.from, '--', ...input.files]);
    if (!listed.ok) return listed;
    const entries = new Map(
      listed.value.fields().map((line) => {
        const [meta = '', path = ''] = line.split('\t');
        const [mode = '', , id = ''] = meta.split(' ');
        return [path, `${mode} ${id}`] as const;
      }),
    );
    const gone = `0 ${'0'.repeat(40)}`;
    const updated = await git.run(place, ['update-index', '-z', '--index-info'], {
      input: input.files.map((path) => `${entries.get(path) ?? gone}\t${path}\0`).join(''),
    });
    if (!updated.ok) return updated;
    const written = await git.run(place, ['write-tree']);
    return written.ok ? ok(written.value.text()) : written;
  } finally {
    await rm(index, { force: true });
    await rm(`${index}.lock`, { force: true });
  }
}
