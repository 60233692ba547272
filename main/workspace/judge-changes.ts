import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { deniedBy } from '../domain/risk/denied-by.ts';
import { foldPath, isDeceptive, staysBelow } from '../domain/risk/path-forms.ts';
import { createPathJudge } from '../domain/risk/path-policy.ts';
import type { PathPolicy } from '../domain/risk/path-policy.ts';
import type { ChangedPath, TurnChanges } from './changed-paths.ts';
import { isWithin } from './repository.ts';
import { unlessMissing } from './unless-missing.ts';

export interface Violation {
  readonly path: string;
  /** What was broken, in words for people. */
  readonly rule: string;
}

export interface Verdict {
  readonly ok: boolean;
  readonly violations: readonly Violation[];
  /** What changed outside of the worktree and may have been the owner's doing: told, and not held against the run. */
  readonly notices: readonly Violation[];
  readonly paths: readonly ChangedPath[];
}

export const LEAVES = 'leaves the worktree';
const MAX_LINKS = 40;
/** Paths judged in one go. */
const SLICE = 100;

/** Judges what a turn changed by the policy, on each path as written, as other file systems would read it, and as it really is. */
export async function judgeChanges(
  changes: TurnChanges,
  input: { worktree: string; policy: PathPolicy },
): Promise<Verdict> {
  const judge = createPathJudge(input.policy);
  const root = realpathSync.native(input.worktree);
  const violations: Violation[] = changes.guardsBroken.map((name) => ({
    path: name,
    rule: 'the settings of the repository were changed',
  }));
  violations.push(...changes.outside.violations);
  const collisions = collidingNames(changes);
  for (const [index, change] of changes.paths.entries()) {
    // Others may go on meanwhile.
    if (index % SLICE === SLICE - 1) await new Promise((resolve) => setImmediate(resolve));
    const rules = new Set<string>();
    const other = collisions.get(change.path);
    if (other !== undefined)
      rules.add(`is the same name as ${other} where case does not count or letters look alike`);
    for (const rule of shapeRules(change)) rules.add(rule);
    const denied = deniedBy(judge, change.path);
    if (denied) rules.add(denied);
    if (change.change !== 'deleted') {
      const real = realRelative(root, change);
      if (real === null) rules.add(LEAVES);
      else if (real !== change.path && real !== '') {
        const rule = deniedBy(judge, real);
        if (rule) rules.add(`leads to ${real}: ${rule}`);
      }
    }
    for (const rule of rules) violations.push({ path: change.path, rule });
  }
  return {
    ok: violations.length === 0,
    violations,
    notices: changes.outside.notices,
    paths: changes.paths,
  };
}

function shapeRules(change: ChangedPath): string[] {
  const rules: string[] = [];
  if (!staysBelow(change.path)) rules.push(LEAVES);
  if (!change.readable) rules.push('the name is not valid UTF-8');
  if (change.change !== 'deleted' && isDeceptive(change.path)) rules.push('the name hides what it is');
  if (change.kind === 'submodule' || foldPath(change.path) === '.gitmodules')
    rules.push('submodules are not for runs to change');
  if (change.kind === 'repository') rules.push('a repository inside the worktree');
  if (change.kind === 'special') rules.push('neither a file, a folder nor a link');
  if (change.kind === 'closed') rules.push('the folder cannot be read');
  // Package managers link ignored files to their stores by the thousand; those are never committed.
  if (change.linksElsewhere > 0 && change.standing !== 'ignored')
    rules.push('a hard link to a file outside the worktree');
  return rules;
}

/** Added names that another file system, or a reader, would take for a name that is already there. */
function collidingNames(changes: TurnChanges): Map<string, string> {
  const deleted = new Set(changes.paths.filter(({ change }) => change === 'deleted').map(({ path }) => path));
  const added = changes.paths.filter(
    ({ change, standing }) => change === 'added' && standing === 'untracked',
  );
  const result = new Map<string, string>();
  if (added.length === 0) return result;
  const byFold = new Map<string, string>();
  const foldersByFold = new Map<string, string>();
  const note = (path: string): void => {
    byFold.set(foldPath(path), path);
    for (const folder of foldersOf(path)) foldersByFold.set(foldPath(folder), folder);
  };
  for (const path of changes.tracked) if (!deleted.has(path)) note(path);
  for (const { path } of added) {
    const other = byFold.get(foldPath(path)) ?? foldersByFold.get(foldPath(path));
    if (other !== undefined && other !== path) result.set(path, other);
    // A file or link that is, elsewhere, the folder this path lies in.
    for (const folder of foldersOf(path)) {
      const blocking = byFold.get(foldPath(folder));
      if (blocking !== undefined && blocking !== folder) result.set(path, blocking);
    }
    note(path);
  }
  return result;
}

function foldersOf(path: string): string[] {
  const folders: string[] = [];
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1))
    folders.push(path.slice(0, end));
  return folders;
}

const lookAt = (path: string): Stats | undefined =>
  unlessMissing(() => lstatSync(path, { throwIfNoEntry: false }));

/** Where a changed path really is, relative to the worktree; null when that is outside of it. Links that lead nowhere count too. */
function realRelative(root: string, change: ChangedPath): string | null {
  if (isInterpreterLink(change) && lookAt(join(root, dirname(change.path), '..', 'pyvenv.cfg'))) {
    return change.path;
  }
  let path = join(root, change.path);
  for (let count = 0; count < MAX_LINKS; count += 1) {
    const parent = realParent(dirname(path));
    path = join(parent, basename(path));
    if (!isWithin(root, path)) return null;
    const found = lookAt(path);
    if (!found?.isSymbolicLink()) return relative(root, path).split(sep).join('/');
    path = resolve(parent, readlinkSync(path));
  }
  return null;
}

/** The real path of a folder, with what does not exist kept as written. */
function realParent(folder: string): string {
  const real = unlessMissing(() => {
    try {
      return realpathSync.native(folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ELOOP') return undefined;
      throw error;
    }
  });
  if (real !== undefined) return real;
  const parent = dirname(folder);
  if (parent === folder) return folder;
  const found = lookAt(folder);
  // A dangling link on the way: follow it by its letters.
  if (found?.isSymbolicLink()) return resolve(realParent(parent), readlinkSync(folder));
  return join(realParent(parent), basename(folder));
}

/** The one link out that every Python environment has: `<env>/bin/python` to the interpreter. Ignored, so never committed. */
function isInterpreterLink(change: ChangedPath): boolean {
  return (
    change.standing === 'ignored' &&
    change.kind === 'symlink' &&
    /(^|\/)bin\/python[\d.]*$/u.test(change.path) &&
    /^python[\d.]*$/u.test(basename(change.target ?? ''))
  );
}
