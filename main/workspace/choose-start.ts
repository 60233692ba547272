import { fail, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { readBranchFiles } from './branch-files.ts';
import type { Git } from './git.ts';
import { resolveCommit } from './repository.ts';
import type { Repository } from './repository.ts';

export interface Start {
  /** The commit that `base` stands for. */
  readonly base: string;
  /** A name for the run's branch that none has. */
  readonly branch: string;
}

function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/gu, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/gu, '');
}

/** Where a run's branch starts and what it is called: no process where the base is an ordinary branch, two at most. */
export async function chooseStart(
  git: Git,
  repository: Repository,
  input: { runId: string; number: number; base: string; name?: string },
): Promise<Result<Start>> {
  const plain = `homer/run-${String(input.number)}-${slugOf(input.name ?? '') || input.runId.slice(-8)}`;
  const files = await readBranchFiles(repository, input.base, `refs/heads/${plain}`);
  if (files) return firstFree(files.tip, plain, files.names);
  const isBranch = input.base.startsWith('refs/heads/');
  const found = await git.run(repository.place, [
    'for-each-ref',
    '--format=%(objecttype) %(objectname) %(refname)',
    ...(isBranch ? [input.base] : []),
    `refs/heads/${plain}`,
    `refs/heads/${plain}-*`,
  ]);
  if (!found.ok) return found;
  const lines = found.value.text().split('\n');
  const refs = lines.map((line) => line.split(' '));
  const tip = refs.find(([type, , name]) => isBranch && type === 'commit' && name === input.base)?.[1];
  const base = tip === undefined ? await resolveCommit(git, repository.place, input.base) : ok(tip);
  if (!base.ok) return base;
  return firstFree(base.value, plain, new Set(refs.map(([, , name = '']) => name)));
}

function firstFree(base: string, plain: string, taken: ReadonlySet<string>): Result<Start> {
  for (let count = 1; count <= 50; count += 1) {
    const branch = count === 1 ? plain : `${plain}-${String(count)}`;
    if (!taken.has(`refs/heads/${branch}`)) return ok({ base, branch });
  }
  return fail('branch_exists', `There are already 50 branches named like ${plain}.`, {
    hint: 'Delete the branches of old runs, then try again.',
  });
}
