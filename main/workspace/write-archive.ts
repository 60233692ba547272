import { copyFile, mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatTime } from '../shared/clock.ts';
import { fail, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { archiveFiles, archiveRef } from './archive-files.ts';
import type { ArchiveNote } from './archive-files.ts';
import { deleteRef } from './delete-ref.ts';
import type { Git } from './git.ts';
import { dropStaleLock, lockOfRef } from './ref-locks.ts';
import type { Repository } from './repository.ts';

const PATCH_LIMIT = 1024 * 1024 * 1024;

/**
 * Writes the archive of a worktree's uncommitted work: a git bundle with the snapshot and the commits of the branch, a patch, and the
 * list of files. It stands under its name only once git has verified the bundle, with its note last; a kill on the way leaves what
 * the next try overwrites. Gives the paths written.
 */
export async function writeArchive(
  git: Git,
  repository: Repository,
  input: {
    runId: string;
    archive: string;
    branch: string;
    ref: string;
    base: string;
    snapshot: string;
    paths: readonly string[];
  },
): Promise<Result<string[]>> {
  const { runId, archive, snapshot, base, paths } = input;
  const { place } = repository;
  const files = archiveFiles(archive, runId);
  const patch = await git.run(place, ['diff', '--binary', '--full-index', input.ref, snapshot], {
    maxBytes: PATCH_LIMIT,
  });
  if (!patch.ok) return patch;
  const bundled = await makeBundle(git, repository, { runId, base, snapshot });
  if (!bundled.ok) return bundled;
  const note: ArchiveNote = {
    v: 1,
    runId,
    projectPath: repository.top,
    branch: input.branch,
    base,
    snapshot,
    files: paths.length,
    createdAt: formatTime(git.clock.now()),
  };
  try {
    await mkdir(archive, { recursive: true, mode: 0o700 });
    await writeFile(files.patch, patch.value.bytes);
    await writeFile(files.files, paths.map((path) => `${path}\n`).join(''));
    await copyFile(bundled.value, `${files.bundle}.new`);
    const verified = await verifyBundle(git, repository, { bundle: `${files.bundle}.new`, runId, snapshot });
    if (!verified.ok) return verified;
    await syncFile(`${files.bundle}.new`);
    await rename(`${files.bundle}.new`, files.bundle);
    await writeFile(`${files.note}.new`, JSON.stringify(note));
    await rename(`${files.note}.new`, files.note);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    return fail('disk_full', 'The disk is full: the archive of the worktree could not be written.', {
      hint: 'Free some space and try again; the worktree stays until then.',
    });
  } finally {
    await rm(`${files.bundle}.new`, { force: true });
    await rm(bundled.value, { force: true });
  }
  return ok([files.patch, files.files, files.bundle]);
}

/** Git writes the bundle beside the repository, where it may; the ref in it is there only meanwhile. */
async function makeBundle(
  git: Git,
  repository: Repository,
  input: { runId: string; base: string; snapshot: string },
): Promise<Result<string>> {
  const ref = archiveRef(input.runId);
  const partial = join(repository.commonDir, `homer-${input.runId}.bundle`);
  // What a killed git left of an earlier try.
  for (const left of [partial, `${partial}.lock`]) await rm(left, { force: true });
  await dropStaleLock(git, repository, lockOfRef(repository, ref));
  const marked = await git.run(repository.place, ['update-ref', ref, input.snapshot]);
  if (!marked.ok) return marked;
  const bundled = await git.run(repository.place, [
    'bundle',
    'create',
    '--quiet',
    partial,
    ref,
    `^${input.base}`,
  ]);
  const unmarked = await deleteRef(git, repository, ref);
  if (!bundled.ok) {
    await rm(`${partial}.lock`, { force: true });
    return bundled;
  }
  return unmarked.ok ? ok(partial) : unmarked;
}

/** Whether the bundle is whole, holds the snapshot under its name, and needs nothing that the repository lacks. */
export async function verifyBundle(
  git: Git,
  repository: Repository,
  input: { bundle: string; runId: string; snapshot?: string },
): Promise<Result<null>> {
  const damaged = (details: unknown): Result<null> =>
    fail('archive_damaged', `The archive ${input.bundle} cannot be restored from.`, {
      hint: 'The commit it builds on may be gone, or the file is damaged.',
      details,
    });
  const verified = await git.run(repository.place, ['bundle', 'verify', '--quiet', input.bundle], {
    accept: [0, 1, 128],
  });
  if (!verified.ok) return verified;
  if (verified.value.exitCode !== 0) return damaged(verified.value.stderr.slice(0, 4_000));
  const heads = await git.run(repository.place, ['bundle', 'list-heads', input.bundle]);
  if (!heads.ok) return heads;
  const [commit = '', name] = heads.value.text().split(' ');
  const whole = name === archiveRef(input.runId) && (input.snapshot ?? commit) === commit;
  return whole ? ok(null) : damaged(heads.value.text().slice(0, 4_000));
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
