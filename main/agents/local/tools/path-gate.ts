import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { deniedBy } from '../../../domain/risk/denied-by.ts';
import { isDeceptive, staysBelow } from '../../../domain/risk/path-forms.ts';
import { createPathJudge, type PathPolicy } from '../../../domain/risk/path-policy.ts';
import { fail, ok, type Refusal, type Result } from '../../../shared/result.ts';

/** A place in the worktree that a tool may act on. */
export interface GatedPath {
  /** Real, without links on the way; absolute. */
  readonly real: string;
  /** As it is shown, relative to the worktree; `.` for the worktree itself. */
  readonly shown: string;
  readonly kind: 'file' | 'folder' | 'absent';
}

export type PathUse = 'read' | 'write';

/**
 * Decides before a tool acts whether it may, by the path as written and by where it really leads. What the project denies is neither read
 * nor written; its list of what may be changed is asked for writing only. Refusals are sentences for the model.
 */
export interface PathGate {
  readonly root: string;
  check(asked: string, use: PathUse): Promise<Result<GatedPath>>;
  /** Whether a path that was listed may be shown. */
  mayShow(path: string): boolean;
}

export async function createPathGate(worktree: string, policy: PathPolicy): Promise<PathGate> {
  const root = await realpath(worktree);
  const judges = {
    write: createPathJudge(policy),
    read: createPathJudge({ allow: [], deny: policy.deny }),
  };

  return {
    root,
    mayShow: (path) => deniedBy(judges.read, path) === null,
    async check(asked, use) {
      const path = relativeTo([worktree, root], asked.trim());
      if (path === '.')
        return use === 'read' ? ok({ real: root, shown: '.', kind: 'folder' }) : notAFile(asked);
      if (path === null || !staysBelow(path)) return outside(asked);
      if (isDeceptive(path)) return refuse(`${JSON.stringify(asked)} is not a name of a file.`);
      const written = deniedBy(judges[use], path);
      if (written !== null) return denied(path, written);
      const real = await realOf(join(root, path));
      if (real === null) return outside(asked);
      const inside = relative(root, real).split(sep).join('/');
      if (inside !== path) {
        if (inside === '..' || inside.startsWith('../') || isAbsolute(inside)) return outside(asked);
        const rule = inside === '' ? null : deniedBy(judges[use], inside);
        if (rule !== null) return denied(`${path} (which is ${inside})`, rule);
      }
      const found = await lstatOrNone(real);
      if (found === null) return ok({ real, shown: path, kind: 'absent' });
      if (found.isDirectory()) return ok({ real, shown: path, kind: 'folder' });
      if (!found.isFile()) return refuse(`${path} is neither a file nor a folder.`);
      if (use === 'write' && found.nlink > 1)
        return refuse(`${path} is one of several names of the same file, and may not be changed.`);
      return ok({ real, shown: path, kind: 'file' });
    },
  };
}

/** Relative to the worktree, by letters; null when it lies elsewhere. */
function relativeTo(roots: readonly string[], asked: string): string | null {
  if (asked.includes('\0')) return null;
  let path = asked;
  if (isAbsolute(asked)) {
    const root = roots.find((one) => asked === one || asked.startsWith(one + sep));
    if (root === undefined) return null;
    path = asked.slice(root.length + 1);
  }
  // A way back up is not followed: what it leads to depends on links.
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return parts.length === 0 ? '.' : parts.join('/');
}

/** Where a path really leads, with what does not exist kept as written; null for a link that leads nowhere. */
async function realOf(path: string): Promise<string | null> {
  const real = await realpath(path).catch(missing);
  if (real !== undefined) return real;
  const found = await lstatOrNone(path);
  if (found?.isSymbolicLink()) return null;
  const parent = await realOf(dirname(path));
  return parent === null ? null : join(parent, basename(path));
}

async function lstatOrNone(path: string): Promise<Awaited<ReturnType<typeof lstat>> | null> {
  return (await lstat(path).catch(missing)) ?? null;
}

function missing(error: unknown): undefined {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') return undefined;
  throw error;
}

const refuse = (message: string): Refusal => fail('path_refused', message);
const outside = (asked: string): Refusal =>
  refuse(`${asked} lies outside of your worktree. Give a path relative to the worktree, without “..”.`);
const denied = (path: string, rule: string): Refusal =>
  refuse(`The project's path policy keeps ${path} from you (${rule}). Do the work without it.`);
const notAFile = (asked: string): Refusal => refuse(`${asked} is a folder.`);
