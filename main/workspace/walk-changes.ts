import { lstatSync, readdirSync, readlinkSync } from 'node:fs';
import type { Clock } from '../shared/clock.ts';
import { bytePath, digestOfNames } from './names-before.ts';
import type { FolderBefore, NamesBefore } from './names-before.ts';

/** `special`: a pipe, socket or device. `closed`: a folder that may not be read, so that nobody can say what is in it. */
export type EntryKind = 'file' | 'symlink' | 'folder' | 'repository' | 'special' | 'closed';

/** Something in the worktree that is new or whose inode changed since the marker. */
export interface WalkedEntry {
  /** Relative, with `/`. */
  readonly path: string;
  /** False when the name is not valid UTF-8; `path` then shows it as well as it can. */
  readonly readable: boolean;
  readonly kind: EntryKind;
  readonly mode: number;
  /** Names this inode has on the disk that the walk did not find in the worktree. */
  readonly linksElsewhere: number;
  /** Where a symbolic link points, as written. */
  readonly target: string | null;
}

export interface Walked {
  readonly changed: readonly WalkedEntry[];
  /** Files, links and the like that stood there before and do not now; of a folder past the cap, only the folder. */
  readonly gone: readonly { readonly path: string; readonly readable: boolean }[];
}

const SLICE_MS = 6;
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const loose = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Walks the whole worktree, ignored files included, never through a symbolic link. The time compared is that of the inode, which
 * no program can set back, unlike the modification time; a name that was not there before counts whatever its time, because what
 * is in a moved folder keeps its times. The calls are synchronous, because that is ten times as fast for many small ones, and give
 * way to the event loop every few milliseconds.
 */
export async function walkChanges(
  clock: Clock,
  root: string,
  since: number,
  before: NamesBefore | null,
): Promise<Walked> {
  const changed: (WalkedEntry & { inode: string; links: number })[] = [];
  const gone: { path: string; readable: boolean }[] = [];
  const linked = new Map<string, number>();
  const visited = new Set<string>();
  const pending: { bytes: string; inode: string | null }[] = [{ bytes: '', inode: null }];
  let sliceEnd = clock.monotonic() + SLICE_MS;
  const pause = async (): Promise<void> => {
    if (clock.monotonic() <= sliceEnd) return;
    await new Promise((resolve) => setImmediate(resolve));
    sliceEnd = clock.monotonic() + SLICE_MS;
  };
  for (let folder = pending.pop(); folder; folder = pending.pop()) {
    const names = namesIn(bytePath(root, folder.bytes));
    const at = decode(folder.bytes);
    visited.add(folder.bytes);
    if (names === null) {
      changed.push({ ...at, kind: 'closed', mode: 0, linksElsewhere: 0, target: null, inode: '', links: 1 });
      continue;
    }
    const known = before?.[folder.bytes];
    const isNew = newcomers(before, known, folder.inode, names);
    let newest = 0;
    for (const name of names) {
      await pause();
      const bytes = folder.bytes === '' ? name : `${folder.bytes}/${name}`;
      const raw = bytePath(root, bytes);
      const stats = lstatSync(raw, { throwIfNoEntry: false });
      if (!stats) continue;
      const isGit = name.toLowerCase() === '.git';
      // The worktree's own `.git` file is guarded by its digest.
      if (isGit && folder.bytes === '' && name === '.git' && stats.isFile()) continue;
      const kind: EntryKind = stats.isSymbolicLink()
        ? 'symlink'
        : stats.isDirectory()
          ? isGit
            ? 'repository'
            : 'folder'
          : stats.isFile()
            ? 'file'
            : 'special';
      const inode = `${String(stats.dev)}:${String(stats.ino)}`;
      if (kind === 'folder') pending.push({ bytes, inode });
      if (kind === 'file' && stats.nlink > 1) linked.set(inode, (linked.get(inode) ?? 0) + 1);
      const added = isNew(stats.isDirectory() ? `${name}/` : name);
      if (added) newest += 1;
      if (stats.ctimeMs < since && !added) continue;
      if (kind === 'folder' && namesIn(raw)?.length !== 0) continue;
      const { path, readable } = decode(bytes);
      const target = kind === 'symlink' ? readlinkSync(raw) : null;
      const links = kind === 'file' ? stats.nlink : 1;
      changed.push({ path, readable, kind, mode: stats.mode, linksElsewhere: 0, target, inode, links });
    }
    // As many names as before and none new: then none is gone.
    if (known && typeof known.names !== 'string' && names.length - newest < known.names.length)
      pushGone(folder.bytes, known, new Set(names));
    if (known && typeof known.names === 'string' && newest > 0) gone.push(at);
  }
  for (const [bytes, known] of Object.entries(before ?? {})) {
    if (visited.has(bytes)) continue;
    await pause();
    if (typeof known.names === 'string') gone.push(decode(bytes));
    else pushGone(bytes, known, new Set());
  }
  return {
    changed: changed.map(({ inode, links, ...entry }) => ({
      ...entry,
      linksElsewhere: links > 1 ? links - (linked.get(inode) ?? 0) : 0,
    })),
    gone,
  };

  function pushGone(folder: string, { names }: FolderBefore, still: ReadonlySet<string>): void {
    for (const name of names) {
      if (name.endsWith('/')) continue;
      if (!still.has(name)) gone.push(decode(folder === '' ? name : `${folder}/${name}`));
    }
  }
}

/** Tells which names of a folder were not there before. All of them in another folder of the same name. */
function newcomers(
  before: NamesBefore | null,
  known: FolderBefore | undefined,
  inode: string | null,
  found: readonly string[],
): (name: string) => boolean {
  if (before === null) return () => false;
  if (!known || (inode !== null && known.inode !== inode)) return () => true;
  if (typeof known.names === 'string') {
    const same = known.names === digestOfNames(found);
    return () => !same;
  }
  const names = new Set(known.names);
  return (name) => !names.has(name);
}

function namesIn(folder: Buffer): string[] | null {
  try {
    return readdirSync(folder, { encoding: 'latin1' });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return []; // A folder may go while it is walked.
    if (code === 'EACCES' || code === 'EPERM') return null;
    throw error;
  }
}

function decode(bytes: string): { path: string; readable: boolean } {
  const raw = Buffer.from(bytes, 'latin1');
  try {
    return { path: strict.decode(raw), readable: true };
  } catch {
    return { path: loose.decode(raw), readable: false };
  }
}
