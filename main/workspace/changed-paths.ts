import { ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { readBefore } from './before-turn.ts';
import type { Git } from './git.ts';
import { gitSteps } from './git-steps.ts';
import { brokenGuards, readGuards } from './guards.ts';
import { outsideChanges, OWNERS_STATUS } from './outside-changes.ts';
import type { OutsideChanges } from './outside-changes.ts';
import { alignOwnIndex, noteOwnIndex } from './own-index.ts';
import { openRepository } from './repository.ts';
import type { Repository } from './repository.ts';
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
  /** What changed outside of the worktree. */
  readonly outside: OutsideChanges;
  /** All committed names at the marker; for collisions in case and for links. */
  readonly tracked: ReadonlySet<string>;
}

/**
 * Everything that changed in a run's worktree since the marker, whatever the agent told git: its commits, its index and its ignore
 * rules play no part. Tracked files are compared with the marker's commit through Homer's own index; all else is found by walking,
 * and by the names that stood there before.
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

  // Neither reads what the other writes, and most of both is waiting.
  const [guards, told] = await Promise.all([
    readGuards(git, opened.value, run),
    readChanges(git, opened.value, run, input.marker),
  ]);
  if (!guards.ok) return guards;
  const broken = brokenGuards(input.marker.guards, guards.value);
  // Broken settings may well keep git from telling more; that they are broken is enough.
  if (told.ok)
    return ok({ ...told.value, guardsBroken: [...new Set([...broken, ...told.value.guardsBroken])] });
  if (broken.length === 0) return told;
  return ok({
    paths: [],
    guardsBroken: broken,
    outside: { violations: [], notices: [] },
    tracked: new Set(),
  });
}

async function readChanges(
  git: Git,
  repository: Repository,
  run: RunPlace,
  marker: Marker,
): Promise<Result<TurnChanges>> {
  const place = { ...run.place, index: run.ownIndex };
  const aligned = await alignOwnIndex(git, run, marker.commit);
  if (!aligned.ok) return aligned;
  // A wall clock set back during the turn makes times useless: then everything counts as changed.
  const clockRan = fileSystemTime(run.path) >= marker.at;
  const since = clockRan ? marker.at : 0;
  // Markers of an earlier version have no record of what stood there before.
  const digest = marker.before;
  const before = digest === undefined ? null : await readBefore(run, digest);
  const recordBroken = digest !== undefined && before === null;
  // `-c core.excludesFile` stays the owner's; only whether a path can be committed depends on it, never whether it is judged.
  const [told, walked] = await Promise.all([
    gitSteps(git, [
      {
        lines: [
          {
            place,
            args: ['ls-files', '-z', '-t', '--stage', '--cached', '--others', '--exclude-standard'],
          },
          {
            place,
            args: ['diff', '-z', '--raw', '--no-renames', '--ignore-submodules=all'],
            keepIndex: true,
          },
          ...(before === null ? [] : [{ place: repository.place, args: OWNERS_STATUS }]),
        ],
      },
    ]),
    walkChanges(git.clock, run.path, since, before?.names ?? null),
  ]);
  if (!told.ok) return told;
  const [listed, differing, owners] = told.value;
  if (!listed || !differing) throw new Error('a line of git left nothing');
  const outside =
    before === null || !owners
      ? ok<OutsideChanges>({ violations: [], notices: [] })
      : await outsideChanges(git, { repository, run, before, commit: marker.commit, since, owners });
  if (!outside.ok) return outside;
  await noteOwnIndex(git, run, marker.commit);
  const { modes, committable } = parseListed(listed.fields());

  const byPath = new Map(walked.changed.map((entry) => [entry.path, entry]));
  const paths: ChangedPath[] = [];
  for (const { path, status, oldMode } of parseRaw(differing.fields())) {
    paths.push(trackedChange(path, status, oldMode, byPath.get(path)));
    byPath.delete(path);
  }
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
  for (const { path, readable } of walked.gone) {
    if (modes.has(path) || byPath.has(path)) continue;
    paths.push({ ...gonePath, path, readable });
  }
  paths.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const guardsBroken = recordBroken ? ['.git/worktrees'] : [];
  return ok({ paths, guardsBroken, outside: outside.value, tracked: new Set(modes.keys()) });
}

/** A file that no commit knows and that is not there any more. */
const gonePath: ChangedPath = {
  path: '',
  readable: true,
  change: 'deleted',
  standing: 'ignored',
  kind: 'file',
  target: null,
  linksElsewhere: 0,
  notes: [],
};

/** The records of `ls-files -t`: `? path` for what could be committed, `H mode id stage<tab>path` for what is. */
function parseListed(fields: readonly string[]): { modes: Map<string, string>; committable: Set<string> } {
  const modes = new Map<string, string>();
  const committable = new Set<string>();
  for (const field of fields) {
    if (field.startsWith('? ')) committable.add(field.slice(2));
    else modes.set(field.slice(field.indexOf('\t') + 1), field.slice(2, 8));
  }
  return { modes, committable };
}

/** Records of `--raw -z` without renames: `:oldmode newmode oldid newid status`, then the path. */
export function parseRaw(
  fields: readonly string[],
): { path: string; status: string; oldMode: string; newMode: string; newId: string }[] {
  const records = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [oldMode = '', newMode = '', , newId = '', status = ''] = (fields[index] ?? '').slice(1).split(' ');
    records.push({ path: fields[index + 1] ?? '', status, oldMode, newMode, newId });
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
