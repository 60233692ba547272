import { lstat, readFile, readdir, rm } from 'node:fs/promises';
import { formatTime } from '../shared/clock.ts';
import { fail, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { archiveFiles, archiveNoteSchema, archiveRef } from './archive-files.ts';
import type { ArchiveNote } from './archive-files.ts';
import type { Git } from './git.ts';
import { MOVE_VARIABLE, dropJournal, writeJournal } from './move-journal.ts';
import { dropRefLocks } from './ref-locks.ts';
import { hasRef, openRepository } from './repository.ts';
import { settleIn } from './settle-moves.ts';
import { ignoreMissing } from './workspace-paths.ts';
import { verifyBundle } from './write-archive.ts';

export interface Archive {
  readonly runId: string;
  /** The bundle with the work, a file of git's. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly createdAt: string;
  /** Null for one from before archives had notes. */
  readonly note: ArchiveNote | null;
}

/** Archives, oldest first. */
export async function listArchives(folder: string): Promise<Archive[]> {
  const names = (await readdir(folder).catch(ignoreMissing)) ?? [];
  const archives: Archive[] = [];
  for (const name of names) {
    const runId = /^([0-9a-z][0-9a-z-]{0,63})\.bundle$/u.exec(name)?.[1];
    if (runId === undefined) continue;
    const files = archiveFiles(folder, runId);
    const note = await readNote(files.note);
    let sizeBytes = 0;
    let writtenAt = 0;
    for (const path of Object.values(files)) {
      const found = await lstat(path).catch(ignoreMissing);
      sizeBytes += found?.size ?? 0;
      writtenAt = Math.max(writtenAt, found?.mtimeMs ?? 0);
    }
    archives.push({
      runId,
      path: files.bundle,
      sizeBytes,
      createdAt: note?.createdAt ?? formatTime(Math.round(writtenAt)),
      note,
    });
  }
  return archives.sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
}

async function readNote(path: string): Promise<ArchiveNote | null> {
  const text = await readFile(path, 'utf8').catch(ignoreMissing);
  if (text === undefined) return null;
  try {
    return archiveNoteSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

export async function dropArchive(folder: string, runId: string): Promise<void> {
  for (const path of Object.values(archiveFiles(folder, runId))) await rm(path, { force: true });
}

/** Brings the uncommitted work of an archive back as a new branch of the project, on top of what the run had committed. */
export async function restoreArchive(
  git: Git,
  input: { projectPath: string; folder: string; runId: string; branch: string },
): Promise<Result<{ branch: string; commit: string }>> {
  const opened = await openRepository(git, input.projectPath);
  if (!opened.ok) return opened;
  const settled = await settleIn(git, opened.value);
  if (!settled.ok) return settled;
  const { place } = opened.value;
  const { runId, branch } = input;
  const { bundle } = archiveFiles(input.folder, runId);
  if (!(await lstat(bundle).catch(ignoreMissing)))
    return fail('not_found', `There is no archive of ${runId}.`, {
      hint: 'List the archives and try again.',
    });
  const named = await git.run(place, ['check-ref-format', `refs/heads/${branch}`], { accept: [0, 1] });
  if (!named.ok) return named;
  if (named.value.exitCode !== 0 || branch.startsWith('-'))
    return fail('invalid_input', `${branch} cannot be the name of a branch.`, { hint: 'Give another name.' });
  const taken = await hasRef(git, place, `refs/heads/${branch}`);
  if (!taken.ok) return taken;
  if (taken.value)
    return fail('branch_exists', `There is a branch ${branch} already.`, {
      hint: 'Give another name with --branch.',
    });
  const verified = await verifyBundle(git, opened.value, { bundle, runId });
  if (!verified.ok) return verified;
  const unpacked = await git.run(place, ['bundle', 'unbundle', bundle]);
  if (!unpacked.ok) return unpacked;
  const commit = unpacked.value
    .text()
    .split('\n')
    .find((line) => line.endsWith(` ${archiveRef(runId)}`))
    ?.split(' ')[0];
  if (commit === undefined) return fail('archive_damaged', `The archive of ${runId} holds no work.`);
  const zeros = '0'.repeat(commit.length);
  const journal = await writeJournal(opened.value, git.clock, {
    target: branch,
    from: zeros,
    to: commit,
    checkedOut: false,
    locks: [`refs/heads/${branch}.lock`],
  });
  const made = await git.run(
    place,
    ['update-ref', '-m', 'homer: restore archive', `refs/heads/${branch}`, commit, zeros],
    { env: { [MOVE_VARIABLE]: journal.id } },
  );
  if (!made.ok && made.error.tag !== 'repository_locked') await dropRefLocks(git, opened.value, journal);
  await dropJournal(opened.value, journal.id);
  return made.ok ? ok({ branch, commit }) : made;
}
