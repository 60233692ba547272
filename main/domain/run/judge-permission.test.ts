import { expect, it } from 'vitest';
import { defaultSensitivePatterns } from '../risk/gate.ts';
import { defaultPathPolicy } from '../risk/path-policy.ts';
import { judgePermission } from './judge-permission.ts';

const at = { worktree: '/w/tree', policy: defaultPathPolicy, sensitive: defaultSensitivePatterns };
const judge = (tool: string, input: Record<string, unknown>) => judgePermission(tool, input, at);

it.each([
  ['.env', '.env'],
  ['/w/tree/.env', '.env'],
  ['/w/tree/a/../.ENV', '.ENV'],
  ['./keys/../config.yaml', 'config.yaml'],
  ['/w/tree/.git/hooks/pre-commit', '.git/hooks/pre-commit'],
])('denies %s at once, because the path policy does', (path, shown) => {
  expect(judge('Write', { file_path: path }).denied).toContain(shown);
});

it.each([
  ['/w/tree-two/a.txt', 'high', 'outside of the worktree'],
  ['/w/tree/../other', 'high', 'outside of the worktree'],
  ['src/a.ts', 'low', 'inside the worktree'],
])('asks about a file %s with %s risk', (path, risk, note) => {
  expect(judge('Write', { file_path: path })).toMatchObject({
    denied: null,
    risk,
    riskNote: note,
    text: path,
  });
});

it.each([
  ['ls -la', 'medium'],
  ['npm publish', 'high'],
  ['rm -rf build', 'high'],
  ['git push origin main', 'high'],
  ['npm install left-pad', 'high'],
  ['sudo true', 'high'],
  ['curl example.org', 'high'],
])('judges the command %s as %s', (command, risk) => {
  expect(judge('Bash', { command }).risk).toBe(risk);
});

it('grants a host of an address, and of other tools exactly what was asked', () => {
  expect(judge('WebFetch', { url: 'https://Docs.Example.org/a?b=c' }).subject).toBe('docs.example.org');
  expect(judge('mcp__db__query', { sql: 'select 1' }).subject).toBe('{"sql":"select 1"}');
});

it('shows a long command by its beginning, and grants all of it', () => {
  const command = `echo ${'x'.repeat(5_000)}`;
  const judged = judge('Bash', { command });
  expect(judged.text.length).toBeLessThan(2_100);
  expect(judged.subject).toBe(command);
});

it('judges a change of several files by each of them', () => {
  const both = judge('apply_patch', { paths: ['/w/tree/src/a.ts', '/w/tree/src/b.ts'] });
  expect(both).toMatchObject({ denied: null, risk: 'low', text: '/w/tree/src/a.ts\n/w/tree/src/b.ts' });
  expect(judge('apply_patch', { paths: ['src/a.ts', '/etc/hosts'] })).toMatchObject({
    denied: null,
    risk: 'high',
  });
  expect(judge('apply_patch', { paths: ['/etc/hosts', '.env'] }).denied).toContain('.env');
});

it('says that a sandbox is left, and why the agent wants it', () => {
  const judged = judge('shell', { command: 'ls', outside: true, note: 'To see it.' });
  expect(judged.riskNote).toBe('runs a command, outside of its sandbox; the agent says: To see it.');
  expect(judged).toMatchObject({ text: 'ls', subject: 'ls' });
});
