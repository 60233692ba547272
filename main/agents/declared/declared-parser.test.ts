import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readLines, sampleLines, sampleTurn } from '../testing/recorded-turn.ts';
import { createDeclaredExecutor } from './declared-executor.ts';
import { readForm } from './read-form.ts';

const folder = import.meta.dirname;
const samples = join(folder, 'samples');
const text = readFileSync(join(folder, 'qwen.json'), 'utf8');

function qwen(change: (form: Record<string, unknown>) => void = () => undefined) {
  const form = JSON.parse(text) as Record<string, unknown>;
  change(form);
  const read = readForm('qwen.json', JSON.stringify(form));
  if (!read.ok) throw new Error(read.error.message);
  return createDeclaredExecutor(read.value, {});
}
const read = (name: string, code: number | null = 0, turn = sampleTurn) =>
  readLines(qwen().createParser(turn), sampleLines(samples, name), { code });

it('tells by its form what Qwen Code said, called and used, and that it succeeded', () => {
  const { events, ending, types } = read('tool');
  expect(types).toEqual(['message', 'tool_call', 'usage', 'tool_result', 'message', 'usage']);
  expect(events.find(({ type }) => type === 'tool_call')).toMatchObject({
    payload: { tool: 'write_file', input: { content: 'written by the stub model\n' } },
  });
  expect(events.find(({ type }) => type === 'tool_result')).toMatchObject({ payload: { ok: true } });
  expect(ending).toMatchObject({
    class: 'ok',
    message: 'Done: the tool call finished.',
    sessionId: '3f7902a7-cf54-4a84-8714-607a0298278c',
    model: 'stub-model',
    tokensIn: 1_600,
    tokensCached: 400,
    tokensOut: 100,
    costMicroUsd: null,
    reported: { tokensIn: 1_600, tokensOut: 100, tokensCached: 400 },
  });
});

it.each([
  ['401', 1, 'auth'],
  ['drop', 1, 'network'],
  ['max-turns-2', 53, 'turn_limit'],
  ['resume-unknown', 1, 'session_unknown'],
  ['429-then-ok', 0, 'ok'],
  ['429-default', null, 'rate_limited'],
  ['hang-direct-sigterm', 130, 'crashed'],
  ['hang-direct-sigterm', 0, 'no_result'],
])('classifies %s, which exits with %s, as %s', (name, code, expected) => {
  expect(read(name, code).ending.class).toBe(expected);
});

it('takes a success that only carries an error for the failure it is', () => {
  const line =
    '{"type":"result","subtype":"success","is_error":false,"result":"[API Error: 401 stub: invalid api key]","usage":{}}';
  expect(readLines(qwen().createParser(sampleTurn), [['stdout', line]]).ending.class).toBe('auth');
});

it('counts of a session that was gone on with only what this turn used', () => {
  const resumed = { ...sampleTurn, sessionId: '11111111-2222-4333-8444-555555555555' };
  const reported = { tokensIn: 1_600, tokensOut: 100, tokensCached: 400, costMicroUsd: null };
  // The file tells 4,000 in and 200 out since the session began: two calls of this turn, one of them beside the answer.
  expect(read('resume', 0, { ...resumed, reported }).ending).toMatchObject({
    tokensIn: 1_600,
    tokensCached: 400,
    tokensOut: 100,
    reported: { tokensIn: 3_200, tokensOut: 200 },
  });
  expect(read('resume', 0, resumed).ending).toMatchObject({
    tokensIn: 800,
    tokensCached: 200,
    tokensOut: 50,
  });
});

it('shows a retry with its wait, and does not wait with the program for a minute', () => {
  const sample = read('429-default', null);
  expect(sample).toMatchObject({ over: true, ending: { class: 'rate_limited' } });
  expect(read('429-then-ok').over).toBe(false);
  expect(read('drop').over).toBe(false);
  expect(sample.events.find(({ type }) => type === 'retry')).toMatchObject({
    payload: { afterMs: 60_000 },
  });
});

it('ends the turn of a program that has no limit of its own, and leaves one that has to it', () => {
  const free = qwen((form) => {
    form['args'] = ['--output-format', 'stream-json'];
  });
  const lines = sampleLines(samples, 'max-turns-2');
  const turn = { ...sampleTurn, turnLimit: 1 };
  expect(readLines(free.createParser(turn), lines)).toMatchObject({
    over: true,
    ending: { class: 'turn_limit' },
  });
  expect(readLines(qwen().createParser(turn), lines).over).toBe(false);
});
