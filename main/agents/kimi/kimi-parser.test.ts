import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { readLines, sampleLines, sampleTurn } from '../testing/recorded-turn.ts';
import { createKimiParser } from './kimi-parser.ts';
import { readKimiUsage } from './kimi-usage.ts';

const samples = join(import.meta.dirname, 'samples');
const nothing = () => null;
const read = (name: string, code: number | null = 0) =>
  readLines(createKimiParser(sampleTurn, nothing), sampleLines(samples, name), { code });

it('tells what the agent said and did to files, and that it succeeded', () => {
  const { events, ending, types } = read('tool');
  expect(types).toEqual(['message', 'tool_call', 'tool_result', 'file_change', 'message']);
  expect(events.find(({ type }) => type === 'tool_call')).toMatchObject({
    payload: { tool: 'Write', input: { path: '/home/owner/tree/stub-output.txt' } },
  });
  expect(events.find(({ type }) => type === 'file_change')).toMatchObject({
    payload: { path: 'stub-output.txt', additions: 1 },
  });
  expect(ending).toMatchObject({
    class: 'ok',
    message: 'Done: the tool call finished.',
    sessionId: 'session_cd21d45c-aff8-4d7c-9dac-5f5273725c6d',
    costMicroUsd: null,
  });
});

it.each([
  ['401', 1, 'auth'],
  ['429-default', 1, 'rate_limited'],
  ['429-then-ok', 0, 'ok'],
  ['max-steps-2', 1, 'turn_limit'],
  ['loop-limit', 0, 'no_result'],
  ['stdin-noprompt', 1, 'crashed'],
  ['shell-sigterm', 143, 'crashed'],
  ['drop', null, 'crashed'],
])('classifies %s, which exits with %s, as %s', (name, code, expected) => {
  expect(read(name, code).ending.class).toBe(expected);
});

it('shows each retry with its reason and wait', () => {
  expect(read('drop', null).events.find(({ type }) => type === 'retry')).toMatchObject({
    payload: { reason: 'terminated', afterMs: 567 },
  });
});

it('does not take what a tool printed on standard error for its own failure when it succeeded', () => {
  const lines = [
    ['stderr', 'error: failed to run prompt: provider.auth_error: not mine'] as const,
    ...sampleLines(samples, 'text'),
  ];
  expect(readLines(createKimiParser(sampleTurn, nothing), lines).ending.class).toBe('ok');
});

it('knows a session that is gone', () => {
  const lines = [['stderr', 'error: failed to run prompt: Session "session_x" not found.']] as const;
  expect(readLines(createKimiParser(sampleTurn, nothing), lines, { code: 1 }).ending.class).toBe(
    'session_unknown',
  );
});

let home = '';
afterEach(() => {
  if (home !== '') rmSync(home, { recursive: true, force: true });
});

function session(records: readonly object[], sub: readonly object[] = []): void {
  home = mkdtempSync(join(tmpdir(), 'homer kimi '));
  const folder = join(home, 'sessions', 'wd_tree_1', 'session_1');
  for (const [agent, lines] of [['main', records] as const, ['sub-1', sub] as const]) {
    mkdirSync(join(folder, 'agents', agent), { recursive: true });
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    writeFileSync(join(folder, 'agents', agent, 'wire.jsonl'), `${text}{"type":"usage.rec`);
  }
  const index = { sessionId: 'session_1', sessionDir: folder, workDir: sampleTurn.worktree };
  writeFileSync(join(home, 'session_index.jsonl'), `${JSON.stringify(index)}\n`);
}
const prompt = (time: number) => ({ type: 'turn.prompt', time });
const call = (time: number) => ({
  type: 'usage.record',
  model: 'kimi-k3',
  usage: { inputOther: 800, output: 50, inputCacheRead: 200, inputCacheCreation: 10 },
  time,
});
const hint = ['stdout', '{"role":"meta","type":"session.resume_hint","session_id":"session_1"}'] as const;
const answer = ['stdout', '{"role":"assistant","content":"Done."}'] as const;

it('counts from the files of the session, with those of agents it started', () => {
  session([prompt(100), call(110), call(120)], [call(115)]);
  const { ending, events } = readLines(
    createKimiParser(sampleTurn, (which) => readKimiUsage(home, which)),
    [answer, hint],
  );
  expect(events.find(({ type }) => type === 'usage')).toMatchObject({ payload: { tokensIn: 2_430 } });
  expect(ending).toMatchObject({
    model: 'kimi-k3',
    tokensIn: 2_430,
    tokensCacheWrite: 30,
    tokensOut: 150,
    tokensCached: 600,
    reported: { tokensIn: 2_430, tokensOut: 150, tokensCached: 600 },
  });
});

it('counts of a session that was gone on with only what this turn used', () => {
  session([prompt(100), call(110), prompt(200), call(210)]);
  const turn = { ...sampleTurn, sessionId: 'session_1' };
  const usage = (which: Parameters<typeof readKimiUsage>[1]) => readKimiUsage(home, which);
  const told = { ...turn, reported: { tokensIn: 810, tokensOut: 50, tokensCached: 200, costMicroUsd: null } };
  expect(readLines(createKimiParser(told, usage), [answer, hint]).ending).toMatchObject({ tokensIn: 810 });
  // The turn before was lost, so nobody knows what it reported.
  expect(readLines(createKimiParser(turn, usage), [answer, hint]).ending).toMatchObject({
    tokensIn: 810,
    reported: { tokensIn: 1_620 },
  });
});

it('finds the session of a turn that was ended before it named one', () => {
  session([prompt(100), call(110)]);
  const usage = (which: Parameters<typeof readKimiUsage>[1]) => readKimiUsage(home, which);
  expect(readLines(createKimiParser(sampleTurn, usage), [], { code: 143 }).ending).toMatchObject({
    class: 'crashed',
    sessionId: 'session_1',
    tokensIn: 810,
  });
});
