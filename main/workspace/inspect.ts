import { realpath } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fail, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { detectCommands } from './detect-commands.ts';
import type { Git, GitPlace } from './git.ts';
import {
  currentBranch,
  hasRef,
  isWithin,
  openRepository,
  operationInProgress,
  resolveCommit,
} from './repository.ts';
import type { Repository } from './repository.ts';
import { TASKS_FOLDER } from './workspace-paths.ts';

/** Folder below the data folder that holds the demo project. */
export const DEMO_FOLDER = 'demo';

/** What Homer sees in a folder; `inspectionSchema` of the contract has the same shape. */
export interface ProjectInspection {
  readonly path: string;
  readonly name: string;
  readonly defaultBranch: string;
  readonly headCommit: string;
  readonly dirty: boolean;
  readonly testCommand: string;
  readonly setupCommand: string;
  readonly warnings: string[];
}

/** Looks at a folder without changing anything. `path` may be relative to `cwd` and may begin with `~`. */
export async function inspectProject(
  git: Git,
  input: { path: string; cwd: string; home: string; dataFolder: string },
): Promise<Result<ProjectInspection>> {
  const asked = /^~(?=$|[/\\])/u.test(input.path) ? join(input.home, input.path.slice(1)) : input.path;
  const path = resolve(input.cwd, asked);
  const opened = await openRepository(git, path);
  if (!opened.ok) return opened;
  const repository = opened.value;
  const own = await refuseOwnFolder(repository.top, input.dataFolder);
  if (own) return own;
  const { place, top } = repository;
  const head = await resolveCommit(git, place, 'HEAD');
  if (!head.ok) return head;
  const branch = await currentBranch(git, place);
  if (!branch.ok) return branch;
  const defaultBranch = await findDefaultBranch(git, place, branch.value);
  if (!defaultBranch.ok) return defaultBranch;
  const status = await git.run(place, [
    'status',
    '--porcelain=v2',
    '-z',
    '--ignore-submodules=all',
    '--no-renames',
  ]);
  if (!status.ok) return status;
  const changed = status.value.fields().length;
  const files = await committedFiles(git, place);
  if (!files.ok) return files;
  const commands = await detectCommands(files.value);

  const warnings: string[] = [];
  if ((await realpath(path)) !== top)
    warnings.push(`The whole repository at ${top} is added, not the folder inside it.`);
  if (branch.value === null) {
    warnings.push(`HEAD is detached; work is applied to the branch ${defaultBranch.value}.`);
  } else if (branch.value !== defaultBranch.value) {
    warnings.push(`The branch ${branch.value} is checked out; work is applied to ${defaultBranch.value}.`);
  }
  if (changed > 0) {
    const what = changed === 1 ? 'One file has' : `${String(changed)} files have`;
    warnings.push(`${what} uncommitted changes; runs start from the last commit and do not see them.`);
  }
  const busy = await operationInProgress(repository);
  if (busy) warnings.push(`There is ${busy} in progress; nothing can be applied until it is finished.`);
  warnings.push(...(await unusualSetups(git, repository, files.value.names, files.value.read)));
  if (commands.testCommand === '') {
    warnings.push('No test command was recognised; without one, a run is judged by its path policy alone.');
  }
  return ok({
    path: top,
    name: basename(top),
    defaultBranch: defaultBranch.value,
    headCommit: head.value,
    dirty: changed > 0,
    ...commands,
    warnings,
  });
}

async function refuseOwnFolder(top: string, dataFolder: string): Promise<Result<never> | null> {
  const data = await realpath(dataFolder).catch(() => resolve(dataFolder));
  const worktrees = `/${TASKS_FOLDER}/`;
  // The demo project is Homer's making and the owner's to use.
  const own = isWithin(data, top) && !isWithin(join(data, DEMO_FOLDER), top);
  if (!own && !`${top.replaceAll('\\', '/')}/`.includes(worktrees)) return null;
  return fail('own_folder', `${top} is one of Homer's own folders.`, {
    hint: 'Choose the repository of your own project.',
  });
}

async function findDefaultBranch(git: Git, place: GitPlace, current: string | null): Promise<Result<string>> {
  const remote = await git.run(place, ['rev-parse', '--symbolic-full-name', 'refs/remotes/origin/HEAD'], {
    accept: [0, 128],
  });
  if (!remote.ok) return remote;
  const named =
    remote.value.exitCode === 0 ? /^refs\/remotes\/origin\/(.+)$/u.exec(remote.value.text())?.[1] : undefined;
  for (const name of [named, 'main', 'master']) {
    if (name === undefined) continue;
    const there = await hasRef(git, place, `refs/heads/${name}`);
    if (!there.ok) return there;
    if (there.value) return ok(name);
  }
  if (current !== null) return ok(current);
  const any = await git.run(place, [
    'for-each-ref',
    '--count=1',
    '--format=%(refname:lstrip=2)',
    'refs/heads/',
  ]);
  if (!any.ok) return any;
  const first = any.value.text();
  if (first !== '') return ok(first);
  return fail('no_branch', 'HEAD is detached and the repository has no branch to apply work to.', {
    hint: 'Make one with "git switch -c main", then try again.',
  });
}

/** Files as committed, because that is what a fresh worktree holds. */
async function committedFiles(
  git: Git,
  place: GitPlace,
): Promise<Result<{ names: Set<string>; read: (name: string) => Promise<string> }>> {
  const listed = await git.run(place, ['ls-tree', '-z', '--name-only', '--full-tree', 'HEAD']);
  if (!listed.ok) return listed;
  const names = new Set(listed.value.fields());
  return ok({
    names,
    read: async (name) => {
      const blob = await git.run(place, ['cat-file', 'blob', `HEAD:${name}`], { maxBytes: 1_000_000 });
      return blob.ok ? blob.value.text() : '';
    },
  });
}

async function unusualSetups(
  git: Git,
  repository: Repository,
  names: ReadonlySet<string>,
  read: (name: string) => Promise<string>,
): Promise<string[]> {
  const { place } = repository;
  const warnings: string[] = [];
  const shallow = await git.run(place, ['rev-parse', '--is-shallow-repository']);
  if (shallow.ok && shallow.value.text() === 'true') {
    warnings.push('It is a shallow clone; comparisons reach back only as far as its history does.');
  }
  const settings = await git.run(place, ['config', '--list', '-z']);
  const lines = settings.ok ? settings.value.fields().map((line) => line.split('\n', 1)[0] ?? '') : [];
  if (lines.some((name) => /^remote\..*\.(promisor|partialclonefilter)$/iu.test(name))) {
    warnings.push('It is a partial clone; files that were never downloaded cannot be read by Homer.');
  }
  if (names.has('.gitmodules')) warnings.push('It has submodules; runs do not check them out.');
  if (repository.gitDir !== repository.commonDir) {
    warnings.push('It is a worktree of another clone; branches are shared with that clone.');
  } else if (/[\\/]modules[\\/]/u.test(repository.gitDir)) {
    warnings.push('It is a submodule of another repository, which will see its commit change.');
  }
  const attributes = names.has('.gitattributes') ? await read('.gitattributes') : '';
  if (/\bfilter=lfs\b/u.test(attributes)) {
    warnings.push(
      'It uses Git LFS; runs see the pointer files, and changes to such files have to be merged by hand.',
    );
  } else if (/\bfilter=/u.test(attributes)) {
    warnings.push(
      'It uses content filters, which Homer does not run; changes to such files have to be merged by hand.',
    );
  }
  return warnings;
}
