import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readlinkSync } from 'node:fs';
import type { Dirent, Stats } from 'node:fs';
import { join } from 'node:path';
import { ok } from '../shared/result.ts';
import type { Refusal, Result } from '../shared/result.ts';
import type { Git } from './git.ts';
import { readPlainNow } from './plain-file.ts';
import type { Repository } from './repository.ts';
import { unlessMissing } from './unless-missing.ts';
import { WORKSPACE_FOLDER } from './workspace-paths.ts';
import type { RunPlace } from './workspace-paths.ts';

/** Digests of what a turn must leave alone although it is outside the worktree's files; by the name shown to people. */
export type Guards = Readonly<Record<string, string>>;

const digest = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

const lookAt = (path: string): Stats | undefined =>
  unlessMissing(() => lstatSync(path, { throwIfNoEntry: false }));
const listed = (folder: string): Dirent[] | undefined =>
  unlessMissing(() => readdirSync(folder, { withFileTypes: true }));

function fileDigest(path: string, found = lookAt(path)): string {
  if (!found) return 'none';
  if (found.isSymbolicLink()) return `link ${digest(readlinkSync(path))}`;
  if (!found.isFile()) return 'other';
  // Gone since it was looked at: worktrees of other runs and stages come and go.
  const bytes = readPlainNow(path);
  return bytes === undefined ? 'none' : digest(bytes);
}

function folderDigest(folder: string, prefix = ''): string {
  const entries = listed(folder);
  if (entries === undefined) return 'none';
  // A link to another folder with the same in it is not the same: what is there later is somebody else's to say.
  const link = lstatSync(folder).isSymbolicLink() ? [readlinkSync(folder)] : [];
  const parts: string[] = [...link];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    const found = lstatSync(path);
    const content = entry.isDirectory()
      ? folderDigest(path, `${prefix}${entry.name}/`)
      : fileDigest(path, found);
    parts.push(`${prefix}${entry.name} ${found.mode.toString(8)} ${content}`);
  }
  return digest(parts.join('\n'));
}

/**
 * Settings of one file, without what is below `branch.`: the owner's own `git push -u` or `git switch -c` writes there during a
 * run, and nothing there runs a program. A file git cannot read is compared byte by byte.
 */
async function configDigest(git: Git, repository: Repository, file: string): Promise<Result<string>> {
  const found = lookAt(file);
  if (!found?.isFile()) return ok(fileDigest(file, found));
  let failed: Refusal | undefined;
  const known = await git.remembered.of(`settings of ${file}`, [file], async () => {
    const read = await readConfigDigest(git, repository, file);
    if (!read.ok) failed = read;
    return read.ok ? read.value : undefined;
  });
  return failed ?? ok(known ?? 'none');
}

async function readConfigDigest(git: Git, repository: Repository, file: string): Promise<Result<string>> {
  const listed = await git.run(
    { folder: repository.commonDir },
    ['config', '--file', file, '--no-includes', '--list', '-z'],
    { accept: [0, 1, 3, 128] },
  );
  if (!listed.ok) return listed;
  if (listed.value.exitCode !== 0) return ok(fileDigest(file));
  const kept = listed.value.fields().filter((entry) => !entry.toLowerCase().startsWith('branch.'));
  return ok(digest(kept.join('\0')));
}

function excludeDigest(file: string): string {
  const found = lookAt(file);
  if (!found?.isFile()) return found ? fileDigest(file, found) : digest('');
  const lines = (readPlainNow(file) ?? '').toString().split(/\r?\n/u);
  return digest(lines.filter((line) => line !== '' && line !== `/${WORKSPACE_FOLDER}/`).join('\n'));
}

/** Files in the shared repository that make git do or see something else, and that nobody changes while a run works. */
const GUARDED_FILES = [
  'info/attributes',
  'info/grafts',
  'info/sparse-checkout',
  'objects/info/alternates',
  'objects/info/http-alternates',
] as const;
const GUARDED_FOLDERS = ['hooks', 'remotes', 'branches'] as const;

export async function readGuards(git: Git, repository: Repository, run: RunPlace): Promise<Result<Guards>> {
  const { commonDir } = repository;
  const configs: string[] = [];
  for (const file of [
    join(commonDir, 'config'),
    join(commonDir, 'config.worktree'),
    join(run.gitDir, 'config.worktree'),
  ]) {
    const read = await configDigest(git, repository, file);
    if (!read.ok) return read;
    configs.push(read.value);
  }
  const guards: Record<string, string> = {
    '.git': fileDigest(join(run.path, '.git')),
    '.git/config': configs.join(' '),
    '.git/info/exclude': excludeDigest(join(commonDir, 'info', 'exclude')),
    '.git/worktrees': digest(
      [
        fileDigest(join(run.gitDir, 'commondir')),
        fileDigest(join(run.gitDir, 'gitdir')),
        fileDigest(run.record),
      ].join(),
    ),
  };
  // The owner's own fetch may change it, but a clone that was whole does not become shallow.
  guards['.git/shallow'] = lookAt(join(commonDir, 'shallow')) ? 'there' : 'none';
  for (const file of GUARDED_FILES) guards[`.git/${file}`] = fileDigest(join(commonDir, ...file.split('/')));
  for (const folder of GUARDED_FOLDERS) guards[`.git/${folder}`] = folderDigest(join(commonDir, folder));
  for (const [name, value] of moduleDigests(join(commonDir, 'modules'), '.git/modules')) guards[name] = value;
  for (const [name, value] of otherWorktrees(commonDir, run)) guards[name] = value;
  return ok(guards);
}

/** Settings and hooks of submodules: git runs those of a submodule just like those of the project. */
function moduleDigests(folder: string, name: string, depth = 0): [string, string][] {
  const entries = listed(folder);
  if (entries === undefined || depth > 6) return [];
  const digests: [string, string][] = [];
  if (entries.some((entry) => entry.name === 'HEAD')) {
    const parts = [
      fileDigest(join(folder, 'config')),
      folderDigest(join(folder, 'hooks')),
      folderDigest(join(folder, 'info')),
    ];
    digests.push([name, digest(parts.join())]);
    return [...digests, ...moduleDigests(join(folder, 'modules'), `${name}/modules`, depth + 1)];
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isDirectory())
      digests.push(...moduleDigests(join(folder, entry.name), `${name}/${entry.name}`, depth + 1));
  }
  return digests;
}

/** Where the other worktrees of the repository lead, and the settings they have of their own. */
function otherWorktrees(commonDir: string, run: RunPlace): [string, string][] {
  const root = join(commonDir, 'worktrees');
  const names = unlessMissing(() => readdirSync(root)) ?? [];
  const digests: [string, string][] = [];
  for (const name of names.sort()) {
    const folder = join(root, name);
    if (folder === run.gitDir) continue;
    const parts = [];
    for (const file of ['commondir', 'gitdir', 'config.worktree']) parts.push(fileDigest(join(folder, file)));
    // One that is still being made tells nothing.
    if (parts[0] !== 'none' && parts[1] !== 'none')
      digests.push([`.git/worktrees/${name}`, digest(parts.join())]);
  }
  return digests;
}

/**
 * Names of guarded things that are not as they were. Worktrees come and go with other runs, so of those only one that is still there
 * counts; a guard that a marker of an earlier version does not have is not held against anybody.
 */
export function brokenGuards(before: Guards, now: Guards): string[] {
  const lasting = Object.keys(before).filter((name) => now[name] !== undefined);
  const broken = lasting.filter((name) => now[name] !== before[name]);
  const comesAndGoes = (name: string): boolean => name.startsWith('.git/worktrees/');
  const gone = Object.keys(before).filter((name) => now[name] === undefined && !comesAndGoes(name));
  const planted =
    before['.git/info/grafts'] === undefined
      ? []
      : Object.keys(now).filter((name) => before[name] === undefined && !comesAndGoes(name));
  return [...broken, ...gone, ...planted];
}
