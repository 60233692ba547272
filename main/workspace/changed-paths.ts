import { rename, rm } from 'node:fs/promises';
import { copyIndex, readTreeFresh } from './copy-index.ts';
import { ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { Git, GitPlace } from './git.ts';
import { readGuards } from './guards.ts';
import { openRepository } from './repository.ts';
import { fileSystemTime } from './take-marker.ts';
import type { Marker } from './take-marker.ts';
import { walkChanges } from './walk-changes.ts';
import type { EntryKind, WalkedEntry } from './walk-changes.ts';
import { runPlace } from './workspace-paths.ts';
import type { RunPlace } from './workspace-paths.ts';

/** One path a turn changed. A rename is a deletion of the old name and an addition of the new one, so both are judged. */
export interface ChangedPath {
  readonly path: string;
  readonly readable: boolean;
  readonly change: 'added' | 'modified' | 'deleted';
  /** `ignored` paths are judged but never committed. */
  readonly standing: 'tracked' | 'untracked' | 'ignored';
  readonly kind: EntryKind | 'submodule';
  readonly target: string | null;
  readonly linksElsewhere: number;
  /** Such as `executable` or `set-user-id`; shown, not judged. */
  readonly notes: readonly string[];
}

export interface TurnChanges {
  readonly paths: readonly ChangedPath[];
  /** Names of guarded things that are not as they were at the marker. */
  readonly guardsBroken: readonly string[];
  /** All committed names at the marker; for collisions in case and for links. */
  readonly tracked: ReadonlySet<string>;
}

/**
 * Everything that changed in a run's worktree since the marker, whatever the agent told git: its commits, its index and its ignore
 * rules play no part. Tracked files are compared with the marker's commit through Homer's own index; all else is found by walking.
 * A deleted ignored file is the one change not seen.
 */
export async function changedPaths(
  git: Git,
  input: { projectPath: string; runId: string; marker: Marker },
): Promise<Result<TurnChanges>> {
  const opened = await openRepository(git, input.projectPath);
  if (!opened.ok) return opened;
  const placed = await runPlace(opened.value, input.runId);
  if (!placed.ok) return placed;
  const run = placed.value;
  const place = { ...run.place, index: run.ownIndex };

  const aligned = await alignIndex(git, run, input.marker.commit);
  if (!aligned.ok) return aligned;
  // `-c core.excludesFile` stays the owner's; only whether a path can be committed depends on it, never whether it is judged.
  // All three only read.
  const [untracked, listed, differing] = await Promise.all([
    git.run(place, ['ls-files', '-z', '--others', '--exclude-standard']),
    git.run(place, ['ls-files', '-z', '--stage']),
    git.run(place, ['diff-files', '-z', '--raw', '--no-renames', '--ignore-submodules=all']),
  ]);
  if (!untracked.ok) return untracked;
  if (!listed.ok) return listed;
  if (!differing.ok) return differing;
  const modes = parseStage(listed.value.fields());

  // A wall clock set back during the turn makes times useless: then everything counts as changed.
  const clockRan = (await fileSystemTime(run.path)) >= input.marker.at;
  const walked = await walkChanges(git.clock, run.path, clockRan ? input.marker.at : 0);
  const guards = await readGuards(git, opened.value, run);
  if (!guards.ok) return guards;

  const byPath = new Map(walked.map((entry) => [entry.path, entry]));
  const paths: ChangedPath[] = [];
  for (const { path, status, oldMode } of parseRaw(differing.value.fields())) {
    paths.push(trackedChange(path, status, oldMode, byPath.get(path)));
    byPath.delete(path);
  }
  const committable = new Set(untracked.value.fields());
  for (const entry of byPath.values()) {
    const mode = modes.get(entry.path);
    const module = mode === '160000' && entry.kind !== 'folder';
    if (!module && mode !== undefined && (entry.kind === 'file' || entry.kind === 'symlink')) continue; // touched, but the same
    paths.push({
      path: entry.path,
      readable: entry.readable,
      change: module ? 'modified' : 'added',
      standing: module ? 'tracked' : committable.has(entry.path) ? 'untracked' : 'ignored',
      kind: module ? 'submodule' : entry.kind,
      target: entry.target,
      linksElsewhere: entry.linksElsewhere,
      notes: modeNotes(null, entry),
    });
  }
  paths.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const broken = Object.keys(guards.value).filter((name) => guards.value[name] !== input.marker.guards[name]);
  return ok({ paths, guardsBroken: broken, tracked: new Set(modes.keys()) });
}

/** Makes Homer's index hold the marker's commit, keeping what it knows of unchanged files, so that those are not read again. */
async function alignIndex(git: Git, run: RunPlace, commit: string): Promise<Result<null>> {
  const scratch = `${run.ownIndex}.align`;
  const place: GitPlace = { ...run.place, index: scratch };
  await copyIndex(run.ownIndex, scratch);
  const read = await readTreeFresh(git, place, commit);
  if (read.ok) await rename(scratch, run.ownIndex);
  await rm(scratch, { force: true });
  return read;
}

function parseStage(fields: readonly string[]): Map<string, string> {
  const modes = new Map<string, string>();
  for (const field of fields) {
    const tab = field.indexOf('\t');
    modes.set(field.slice(tab + 1), field.slice(0, 6));
  }
  return modes;
}

/** Records of `--raw -z` without renames: `:oldmode newmode oldid newid status`, then the path. */
export function parseRaw(
  fields: readonly string[],
): { path: string; status: string; oldMode: string; newMode: string }[] {
  const records = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [oldMode = '', newMode = '', , , status = ''] = (fields[index] ?? '').slice(1).split(' ');
    records.push({ path: fields[index + 1] ?? '', status, oldMode, newMode });
  }
  return records;
}

function trackedChange(
  path: string,
  status: string,
  oldMode: string,
  entry: WalkedEntry | undefined,
): ChangedPath {
  return {
    path,
    readable: !path.includes('\uFFFD'),
    change: status === 'D' ? 'deleted' : 'modified',
    standing: 'tracked',
    kind: oldMode === '160000' ? 'submodule' : (entry?.kind ?? (oldMode === '120000' ? 'symlink' : 'file')),
    target: entry?.target ?? null,
    linksElsewhere: entry?.linksElsewhere ?? 0,
    notes: entry ? modeNotes(oldMode, entry) : [],
  };
}

function modeNotes(oldMode: string | null, entry: WalkedEntry): string[] {
  const notes: string[] = [];
  if (entry.kind !== 'file') return notes;
  const executable = (entry.mode & 0o100) !== 0;
  if (executable && oldMode !== '100755') notes.push('executable');
  if (!executable && oldMode === '100755') notes.push('no longer executable');
  if ((entry.mode & 0o4000) !== 0) notes.push('set-user-id');
  if ((entry.mode & 0o2000) !== 0) notes.push('set-group-id');
  return notes;
}
