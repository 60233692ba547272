import { createHash } from 'node:crypto';
import { lstat, readFile, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { Git } from './git.ts';
import type { Repository } from './repository.ts';
import { WORKSPACE_FOLDER, ignoreMissing } from './workspace-paths.ts';
import type { RunPlace } from './workspace-paths.ts';

/** Digests of what a turn must leave alone although it is outside the worktree's files; by the name shown to people. */
export type Guards = Readonly<Record<string, string>>;

const digest = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

async function fileDigest(path: string): Promise<string> {
  const found = await lstat(path).catch(ignoreMissing);
  if (!found) return 'none';
  if (found.isSymbolicLink()) return `link ${digest(await readlink(path))}`;
  if (!found.isFile()) return 'other';
  return digest(await readFile(path));
}

async function folderDigest(folder: string, prefix = ''): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(ignoreMissing);
  if (entries === undefined) return 'none';
  const parts: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    const mode = (await lstat(path)).mode.toString(8);
    const content = entry.isDirectory()
      ? await folderDigest(path, `${prefix}${entry.name}/`)
      : await fileDigest(path);
    parts.push(`${prefix}${entry.name} ${mode} ${content}`);
  }
  return digest(parts.join('\n'));
}

/**
 * Settings of one file, without what is below `branch.`: the owner's own `git push -u` or `git switch -c` writes there during a
 * run, and nothing there runs a program. A file git cannot read is compared byte by byte.
 */
async function configDigest(git: Git, repository: Repository, file: string): Promise<Result<string>> {
  const found = await lstat(file).catch(ignoreMissing);
  if (!found?.isFile()) return ok(await fileDigest(file));
  const listed = await git.run(
    { folder: repository.commonDir },
    ['config', '--file', file, '--no-includes', '--list', '-z'],
    { accept: [0, 1, 3, 128] },
  );
  if (!listed.ok) return listed;
  if (listed.value.exitCode !== 0) return ok(await fileDigest(file));
  const kept = listed.value.fields().filter((entry) => !entry.toLowerCase().startsWith('branch.'));
  return ok(digest(kept.join('\0')));
}

async function excludeDigest(file: string): Promise<string> {
  const found = await lstat(file).catch(ignoreMissing);
  if (!found?.isFile()) return found ? fileDigest(file) : digest('');
  const lines = (await readFile(file, 'utf8')).split(/\r?\n/u);
  return digest(lines.filter((line) => line !== '' && line !== `/${WORKSPACE_FOLDER}/`).join('\n'));
}

export async function readGuards(git: Git, repository: Repository, run: RunPlace): Promise<Result<Guards>> {
  const { commonDir } = repository;
  const config = await configDigest(git, repository, join(commonDir, 'config'));
  if (!config.ok) return config;
  const shared = await configDigest(git, repository, join(commonDir, 'config.worktree'));
  if (!shared.ok) return shared;
  const own = await configDigest(git, repository, join(run.gitDir, 'config.worktree'));
  if (!own.ok) return own;
  return ok({
    '.git': await fileDigest(join(run.path, '.git')),
    '.git/config': `${config.value} ${shared.value} ${own.value}`,
    '.git/hooks': await folderDigest(join(commonDir, 'hooks')),
    '.git/info/attributes': await fileDigest(join(commonDir, 'info', 'attributes')),
    '.git/info/exclude': await excludeDigest(join(commonDir, 'info', 'exclude')),
    '.git/objects/info/alternates': await fileDigest(join(commonDir, 'objects', 'info', 'alternates')),
    '.git/worktrees': digest(
      [await fileDigest(join(run.gitDir, 'commondir')), await fileDigest(join(run.gitDir, 'gitdir'))].join(),
    ),
  });
}
