import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { TurnFile } from './turn-file.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** The driver as the runner starts it, with a script of Node for the agent's program. */
function take(script: string, plain: Partial<TurnFile['plain']> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'homer-acp-'));
  folders.push(folder);
  const turn: TurnFile = {
    version: 1,
    protocol: 'acp',
    program: process.execPath,
    args: ['-e', script],
    worktree: folder,
    sessionId: null,
    model: null,
    socket: join(folder, 'agents.sock'),
    plain: { args: ['-e', 'process.exit(3)'], env: {}, stdin: 'prompt', ...plain },
  };
  writeFileSync(join(folder, 'turn.json'), JSON.stringify(turn));
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, '..', '..', 'agent-turn.ts'), join(folder, 'turn.json')],
    { input: 'Do it.', encoding: 'utf8', timeout: 20_000 },
  );
  return { status, lines: stdout.trim().split('\n') };
}

const AGENT = `
  require('readline').createInterface({ input: process.stdin }).on('line', (line) => {
    const { id, method, params } = JSON.parse(line);
    const say = (message) => console.log(JSON.stringify({ jsonrpc: '2.0', ...message }));
    if (method === 'initialize') say({ id, result: { protocolVersion: 1 } });
    if (method === 'session/new') say({ id, result: { sessionId: 's1' } });
    if (method !== 'session/prompt') return;
    const text = params.prompt[0].text;
    say({ method: 'session/update', params: { update: { sessionUpdate: 'agent_message_chunk', content: { text } } } });
    say({ id, result: { stopReason: 'end_turn' } });
  });`;

it('speaks with the program, prints what it hears and ends when it has answered', () => {
  const { status, lines } = take(AGENT);
  expect(status).toBe(0);
  expect(lines[0]).toBe('{"homer":"acp","version":1}');
  expect(lines.slice(1).map((line) => JSON.parse(line) as object)).toMatchObject([
    { homer: 'session', id: 's1' },
    { method: 'session/update', params: { update: { content: { text: 'Do it.' } } } },
    { homer: 'answered', result: { stopReason: 'end_turn' } },
  ]);
});

it('takes the turn without the protocol where the program does not speak it, and ends as that does', () => {
  const plain = `process.stdin.on('data', (part) => { console.log(process.env.MODE + ' ' + part); process.exit(7); })`;
  const { status, lines } = take('console.error("unknown option"); process.exit(2)', {
    args: ['-e', plain],
    env: { MODE: 'plain' },
  });
  expect(status).toBe(7);
  expect(lines).toEqual([
    '{"homer":"acp","version":1}',
    '{"homer":"plain","why":"the program ended with exit code 2"}',
    'plain Do it.',
  ]);
});
