import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSilentLog } from '../../shared/log.ts';
import { orderIn } from '../testing/test-room.ts';
import { loadDeclaredAgents } from './load-agents.ts';

const qwen = readFileSync(join(import.meta.dirname, 'qwen.json'), 'utf8');
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homer agents '));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const load = () =>
  loadDeclaredAgents({
    folder: join(folder, 'agents'),
    taken: ['shell', 'claude'],
    log: createSilentLog(),
    env: {},
  });
function put(file: string, change: Record<string, unknown> | string): void {
  mkdirSync(join(folder, 'agents'), { recursive: true });
  const text = typeof change === 'string' ? change : JSON.stringify({ ...JSON.parse(qwen), ...change });
  writeFileSync(join(folder, 'agents', file), text);
}

it('knows Qwen Code without any file of the owner', () => {
  expect(load().map(({ name }) => name)).toEqual(['qwen']);
});

it('takes the owner’s files in, one of which may replace what comes with Homer', () => {
  put('mine.json', { name: 'mine', label: 'Mine' });
  put('qwen.json', { label: 'My Qwen' });
  expect(load().map(({ name, label }) => [name, label])).toEqual([
    ['qwen', 'My Qwen'],
    ['mine', 'Mine'],
  ]);
});

it('lets a wrong file spoil itself alone, and says what is wrong where the agent is looked at or asked to work', async () => {
  put('broken.json', { name: 'broken', prompt: 'shouted' });
  put('fine.json', { name: 'fine' });
  put('twice.json', { name: 'fine' });
  put('mimic.json', { name: 'claude' });
  put('text.json', 'hello');
  const agents = load();
  expect(agents.map(({ name }) => name)).toEqual(['qwen', 'broken', 'fine', 'mimic', 'text', 'twice']);
  const notes = await Promise.all(
    agents.map(async (agent) => (await agent.detect({ env: {}, ask: async () => null })).note),
  );
  expect(notes[1]).toMatch(/broken\.json .*prompt: /);
  expect(notes[3]).toMatch(/name: “claude” is taken by Homer itself/);
  expect(notes[4]).toMatch(/not JSON/);
  expect(notes[5]).toMatch(/“fine” is taken by fine\.json/);
  const command = agents[1]?.command(orderIn(folder, ''), { folder, env: {} });
  expect(command).toMatchObject({ ok: false, error: { tag: 'agent_file_invalid' } });
});
