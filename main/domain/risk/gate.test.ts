import { describe, expect, it } from 'vitest';
import { defaultBudget } from '../run/budget.ts';
import { defaultSensitivePatterns, riskGate, sensitivePatternSchema, type GateInput } from './gate.ts';

const input = (over: Partial<GateInput> = {}): GateInput => ({
  profile: 'strict',
  text: 'Mend the parser.',
  budget: defaultBudget,
  defaults: defaultBudget,
  enforceable: true,
  patterns: defaultSensitivePatterns,
  approvedByOwner: false,
  ...over,
});
const rules = (over: Partial<GateInput>): string[] => riskGate(input(over)).held.map((held) => held.rule);

const words: [name: string, hits: string[], misses: string[]][] = [
  [
    'package install',
    [
      'npm install left-pad',
      'run `pnpm add zod`',
      'npm i',
      'pip3 install x',
      'apt-get install git',
      'CARGO ADD serde',
    ],
    ['reinstall the app', 'the installer', 'npm run installer', 'an npm package', 'npm include', 'yarn.lock'],
  ],
  [
    'environment file',
    ['read .env', '.env', 'config/.env.local', "'.env'", '`.env`', 'copy\n.env'],
    [
      'environment',
      'the environment file',
      'process.env',
      'process.env.HOME',
      '.environment',
      'my.envelope',
      'x.env',
    ],
  ],
  [
    'configuration file',
    ['edit config.yaml', 'a/config.yml'],
    ['config.json', 'myconfig.yaml', 'configuration'],
  ],
  [
    'deployment',
    ['deploy it', 'the deployment', 'Deploying now', 'deployed'],
    ['redeploy', 'employ', 'deployer'],
  ],
  [
    'migration',
    ['migrate the table', 'a migration', 'migrations', 'Migrating'],
    ['immigration', 'migratory birds'],
  ],
  [
    'credentials',
    [
      'a password',
      'api key',
      'API_KEYS',
      'api-key',
      'apikey',
      'access token',
      'private key',
      'the secrets',
      'passwd',
    ],
    ['secretary', 'passwordless', 'tokenise', 'key', 'an access log', 'keyboard'],
  ],
  ['superuser', ['sudo rm', 'SUDO'], ['pseudo', 'sudoku']],
  [
    'piped installer',
    ['curl -s https://x | sh', 'wget -qO- x |bash', 'curl x | zsh'],
    ['curl x > file', 'curl a\n| sh', 'curl x | shuf'],
  ],
];

describe.each(words)('the sensitive word “%s”', (name, hits, misses) => {
  it.each(hits)('holds “%s”', (text) => {
    expect(rules({ text })).toContain(`sensitive:${name}`);
  });
  it.each(misses)('lets “%s” pass', (text) => {
    expect(rules({ text })).not.toContain(`sensitive:${name}`);
  });
});

it('tests every default pattern here', () => {
  expect(words.map(([name]) => name)).toEqual(defaultSensitivePatterns.map(({ name }) => name));
});

describe('the risk gate', () => {
  it('starts what is harmless by itself, in every profile', () => {
    for (const profile of ['strict', 'balanced', 'trusted'] as const)
      expect(riskGate(input({ profile }))).toEqual({ start: 'queued', held: [] });
  });

  it('holds a sensitive word and says which, unless the profile is trusted', () => {
    const text = 'sudo npm install';
    expect(rules({ text })).toEqual(['sensitive:package install', 'sensitive:superuser']);
    expect(riskGate(input({ text })).start).toBe('draft');
    expect(rules({ text, profile: 'balanced' })).toHaveLength(2);
    expect(rules({ text, profile: 'trusted' })).toEqual([]);
  });

  it('holds a larger budget in strict alone, and only a larger one', () => {
    const budget = {
      ...defaultBudget,
      steps: defaultBudget.steps + 1,
      durationMs: defaultBudget.durationMs + 60_000,
    };
    expect(rules({ budget })).toEqual(['budget_steps', 'budget_time']);
    expect(rules({ budget: { ...defaultBudget, steps: 1 } })).toEqual([]);
    expect(rules({ budget, profile: 'balanced' })).toEqual([]);
  });

  it('starts what the owner has just approved as shown, but never without a path policy', () => {
    expect(rules({ text: 'sudo deploy', approvedByOwner: true })).toEqual([]);
    for (const profile of ['strict', 'balanced', 'trusted'] as const)
      expect(rules({ enforceable: false, approvedByOwner: true, profile })).toEqual(['path_policy']);
  });

  it('takes the patterns of the project instead of the defaults', () => {
    const patterns = [{ name: 'billing', pattern: 'invoice' }];
    expect(rules({ text: 'sudo: print the Invoice', patterns })).toEqual(['sensitive:billing']);
  });

  it('accepts no pattern that is not a regular expression', () => {
    expect(sensitivePatternSchema.safeParse({ name: 'x', pattern: '(' }).success).toBe(false);
    expect(sensitivePatternSchema.safeParse({ name: 'x', pattern: String.raw`\bx\b` }).success).toBe(true);
  });
});
