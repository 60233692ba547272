import { createPathJudge } from '../domain/risk/path-policy.ts';
import type { PathPolicy } from '../domain/risk/path-policy.ts';
import { fail, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { parseRaw } from './changed-paths.ts';
import type { Git } from './git.ts';
import type { Repository } from './repository.ts';
import { listed } from './target-state.ts';

/**
 * Refuses work that changes a path the policy forbids. Each step was judged as it ended; this judges what is really brought in, by the
 * policy as it is now.
 */
export async function judgeResult(
  git: Git,
  repository: Repository,
  input: { base: string; head: string; policy?: PathPolicy | undefined },
): Promise<Result<null>> {
  const { base, head, policy } = input;
  if (!policy) return ok(null);
  const found = await git.run(repository.place, [
    'diff-tree',
    '-r',
    '--raw',
    '-z',
    '--no-renames',
    '--ignore-submodules=none',
    base,
    head,
  ]);
  if (!found.ok) return found;
  const judge = createPathJudge(policy);
  const refused = parseRaw(found.value.fields())
    .map(({ path }) => judge(path))
    .filter(({ allowed }) => !allowed);
  if (refused.length === 0) return ok(null);
  const files = refused.map(({ path }) => path);
  return fail('policy_violation', `The path policy forbids to change ${listed(files)}.`, {
    hint: 'Leave these files out, or change the policy of the project.',
    details: { files },
  });
}
