import { describe, expect, it } from 'vitest';
import { createPathJudge, defaultPathPolicy } from './path-policy.ts';

describe('the default path policy', () => {
  const judge = createPathJudge(defaultPathPolicy);
  it.each([
    '.env',
    'app/.env.local',
    '.ENV',
    'config.yaml',
    '.git/config',
    'vendor/lib/.git/hooks/pre-commit',
    'sub/.git',
    '.workspace/tasks/x/file',
    'certs/server.pem',
    'deep/er/tls.KEY',
    'id_rsa.pub',
    '.ssh/id_ed25519',
    '.npmrc',
    'packages/a/.npmrc',
    'credentials.json',
    'secrets.yml',
  ])('denies %s and names the rule', (path) => {
    expect(judge(path)).toMatchObject({ path, allowed: false, rule: expect.stringMatching(/^denied by /u) });
  });
  it.each([
    'src/environment.ts',
    'env.ts',
    'docs/config.yaml.md',
    'app/config.yaml',
    '.github/workflows/ci.yml',
    '.gitignore',
    'src/keys.ts',
    'src/monkey.ts',
    'src/secrets-of-the-sea.md',
    'déjà vu/naïve file.txt',
  ])('allows %s', (path) => {
    expect(judge(path)).toMatchObject({ allowed: true });
  });
});

describe('an allow list', () => {
  const judge = createPathJudge({ allow: ['src/**', 'café/*'], deny: ['src/private/**'] });
  it('allows only what it names', () => {
    expect(judge('src/a/b.ts').rule).toBe('allowed by src/**');
    expect(judge('README.md')).toMatchObject({ allowed: false, rule: 'not on the allow list' });
  });
  it('gives way to a denial', () => {
    expect(judge('src/private/x.ts')).toMatchObject({ allowed: false, rule: 'denied by src/private/**' });
  });
  it('knows a name in either Unicode form', () => {
    expect(judge('cafe\u0301/menu.txt').allowed).toBe(true);
  });
});
