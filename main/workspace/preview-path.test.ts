import { expect, it } from 'vitest';
import { defaultPathPolicy } from '../domain/risk/path-policy.ts';
import { previewPaths } from './preview-path.ts';

const rules = (paths: string[], policy = defaultPathPolicy): Record<string, string> =>
  Object.fromEntries(
    previewPaths(policy, paths).map(({ path, allowed, rule }) => [
      path,
      `${allowed ? 'yes' : 'no'}: ${rule}`,
    ]),
  );

it('says which rule decides on each path, other spellings of it included', () => {
  expect(
    rules([
      'src/a.ts',
      './src/a.ts',
      '.env',
      'a/.ENV.local',
      'key\u200b.pem',
      '.git./hooks/x',
      'GIT~1/config',
      '.gitmodules',
    ]),
  ).toEqual({
    'src/a.ts': 'yes: allowed: no allow list',
    './src/a.ts': 'yes: allowed: no allow list',
    '.env': 'no: denied by **/.env*',
    'a/.ENV.local': 'no: denied by **/.env*',
    'key\u200b.pem': 'no: denied by **/*.pem',
    '.git./hooks/x': 'no: denied by **/.git/**',
    'GIT~1/config': 'no: denied by **/.git/**',
    '.gitmodules': 'no: submodules are not for runs to change',
  });
});

it('refuses what leaves the project, whatever the policy', () => {
  for (const path of ['../x', '/etc/passwd', 'a/../../b', 'C:\\x', ''])
    expect(previewPaths({ allow: [], deny: [] }, [path])[0]).toMatchObject({
      allowed: false,
      rule: 'leaves the worktree',
    });
});

it('lets deny win, and says when a path is on no allow list', () => {
  expect(
    rules(['src/a.ts', 'src/secret/b.ts', 'docs/x.md'], { allow: ['src/**'], deny: ['src/secret/**'] }),
  ).toEqual({
    'src/a.ts': 'yes: allowed by src/**',
    'src/secret/b.ts': 'no: denied by src/secret/**',
    'docs/x.md': 'no: not on the allow list',
  });
});
