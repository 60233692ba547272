import { lstatSync, readdirSync, readlinkSync } from 'node:fs';
import type { Clock } from '../shared/clock.ts';

/** `special`: a pipe, socket or device. `closed`: a folder that may not be read, so that nobody can say what is in it. */
export type EntryKind = 'file' | 'symlink' | 'folder' | 'repository' | 'special' | 'closed';

/** Something in the worktree whose inode changed since the marker. */
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

const SLICE_MS = 6;
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const loose = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Walks the whole worktree, ignored files included, never through a symbolic link. The time compared is that of the inode, which
 * no program can set back, unlike the modification time. The calls are synchronous, because that is ten times as fast for many
 * small ones, and give way to the event loop every few milliseconds.
 */
export async function walkChanges(clock: Clock, root: string, since: number): Promise<WalkedEntry[]> {
  const changed: (WalkedEntry & { inode: string; links: number })[] = [];
  const linked = new Map<string, number>();
  const pending: { raw: Buffer; path: string; readable: boolean }[] = [
    { raw: Buffer.from(root), path: '', readable: true },
  ];
  let sliceEnd = clock.monotonic() + SLICE_MS;
  for (let folder = pending.pop(); folder; folder = pending.pop()) {
    const names = namesIn(folder.raw);
    if (names === null) {
      const { path, readable } = folder;
      changed.push({
        path,
        readable,
        kind: 'closed',
        mode: 0,
        linksElsewhere: 0,
        target: null,
        inode: '',
        links: 1,
      });
      continue;
    }
    for (const name of names) {
      if (clock.monotonic() > sliceEnd) {
        await new Promise((resolve) => setImmediate(resolve));
        sliceEnd = clock.monotonic() + SLICE_MS;
      }
      const raw = Buffer.concat([folder.raw, Buffer.from('/'), name]);
      const stats = lstatSync(raw, { throwIfNoEntry: false });
      if (!stats) continue;
      const text = decode(name);
      const path = folder.path === '' ? text.text : `${folder.path}/${text.text}`;
      const readable = folder.readable && text.readable;
      const isGit = text.text.toLowerCase() === '.git';
      // The worktree's own `.git` file is guarded by its digest.
      if (isGit && folder.path === '' && text.text === '.git' && stats.isFile()) continue;
      const kind: EntryKind = stats.isSymbolicLink()
        ? 'symlink'
        : stats.isDirectory()
          ? isGit
            ? 'repository'
            : 'folder'
          : stats.isFile()
            ? 'file'
            : 'special';
      if (kind === 'folder') pending.push({ raw, path, readable });
      const inode = `${String(stats.dev)}:${String(stats.ino)}`;
      if (kind === 'file' && stats.nlink > 1) linked.set(inode, (linked.get(inode) ?? 0) + 1);
      if (stats.ctimeMs < since) continue;
      if (kind === 'folder' && namesIn(raw)?.length !== 0) continue;
      const target = kind === 'symlink' ? readlinkSync(raw) : null;
      changed.push({
        path,
        readable,
        kind,
        mode: stats.mode,
        linksElsewhere: 0,
        target,
        inode,
        links: kind === 'file' ? stats.nlink : 1,
      });
    }
  }
  return changed.map(({ inode, links, ...entry }) => ({
    ...entry,
    linksElsewhere: links > 1 ? links - (linked.get(inode) ?? 0) : 0,
  }));
}

function namesIn(folder: Buffer): Buffer[] | null {
  try {
    return readdirSync(folder, { encoding: 'buffer' });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return []; // A folder may go while it is walked.
    if (code === 'EACCES' || code === 'EPERM') return null;
    throw error;
  }
}

function decode(name: Buffer): { text: string; readable: boolean } {
  try {
    return { text: strict.decode(name), readable: true };
  } catch {
    return { text: loose.decode(name), readable: false };
  }
}
