import { createPathJudge, type PathPolicy, type PathVerdict } from '../domain/risk/path-policy.ts';
import { deniedBy } from '../domain/risk/denied-by.ts';
import { foldPath, staysBelow } from '../domain/risk/path-forms.ts';
import { LEAVES } from './judge-changes.ts';

/**
 * What a policy says of paths by their names alone, as it would be said of a step that changed them. What only the disk knows, such as where
 * a link leads, is judged when it happens.
 */
export function previewPaths(policy: PathPolicy, paths: readonly string[]): PathVerdict[] {
  const judge = createPathJudge(policy);
  return paths.map((written) => {
    const path = written.replace(/^(\.\/)+/u, '');
    if (!staysBelow(path)) return { path: written, allowed: false, rule: LEAVES };
    if (foldPath(path) === '.gitmodules')
      return { path: written, allowed: false, rule: 'submodules are not for runs to change' };
    const denied = deniedBy(judge, path);
    return { path: written, allowed: denied === null, rule: denied ?? judge(path).rule };
  });
}
