import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readLines, sampleLines, sampleTurn } from '../testing/recorded-turn.ts';
import { createGeminiParser } from './gemini-parser.ts';

const samples = join(import.meta.dirname, 'samples');
const read = (name: string, code: number | null = 0) =>
  readLines(createGeminiParser(sampleTurn), sampleLines(samples, name), { code });

it('tells what the agent said, did to files and used, and that it succeeded', () => {
  const { events, ending, types } = read('tool');
  expect(types).toEqual(['message', 'tool_call', 'tool_result', 'file_change', 'message', 'usage']);
  expect(events.filter(({ type }) => type === 'message')).toMatchObject([
    { payload: { text: 'I will use a tool.' } },
    { payload: { text: 'Done: the tool call finished.' } },
  ]);
  expect(events.find(({ type }) => type === 'file_change')).toMatchObject({
    payload: { path: 'stub-output.txt', additions: 1 },
  });
  expect(ending).toMatchObject({
    class: 'ok',
    message: 'Done: the tool call finished.',
    sessionId: 'e3cbb320-2e5c-4119-b7bb-380c93487fc2',
    model: 'gemini-2.5-flash',
    tokensIn: 1_600,
    tokensCached: 400,
    tokensOut: 100,
    costMicroUsd: null,
  });
});

it.each([
  ['401', 145, 'auth'],
  ['429-default', 173, 'rate_limited'],
  ['429-daily', 173, 'rate_limited'],
  ['drop', 1, 'network'],
  ['max-turns-2', 53, 'turn_limit'],
  ['no-skip-trust', 55, 'crashed'],
  ['hang-norelaunch-sigterm', 0, 'no_result'],
  ['shell-norelaunch-sigterm', 0, 'no_result'],
  ['429-then-ok', 0, 'ok'],
  ['resume', 0, 'ok'],
  ['tool-perm-default', 0, 'ok'],
])('classifies %s, which exits with %i, as %s', (name, code, expected) => {
  expect(read(name, code).ending.class).toBe(expected);
});

it('counts the time of a reset from when the limit was told, and knows none for a day’s quota', () => {
  expect(read('429-default', 173).ending.resetsAt).toBe('2026-11-20T23:15:15.820Z');
  expect(read('429-daily', 173).ending.resetsAt).toBeNull();
});

it('shows each retry, though it is told on standard error alone', () => {
  const { events } = read('429-then-ok');
  expect(events.filter(({ type }) => type === 'retry')).toMatchObject([
    { payload: { reason: 'stub: rate limit reached', afterMs: 5_092 } },
    { payload: { afterMs: 10_389 } },
  ]);
});

it.each([
  [401, 145, 'auth'],
  [429, 173, 'rate_limited'],
])('knows by its exit code alone that a request ended with %i', (_, code, expected) => {
  expect(readLines(createGeminiParser(sampleTurn), [], { code }).ending.class).toBe(expected);
});

it('counts thinking as output', () => {
  const line = JSON.stringify({
    type: 'result',
    status: 'success',
    stats: { total_tokens: 1_300, input_tokens: 1_000, output_tokens: 100, cached: 0 },
  });
  const { ending } = readLines(createGeminiParser(sampleTurn), [['stdout', line]]);
  expect(ending).toMatchObject({ class: 'ok', tokensOut: 300, tokensReasoning: 200 });
});

it('takes the last of two results', () => {
  const success = '{"type":"result","status":"success","stats":{}}';
  const error = '{"type":"result","status":"error","error":{"message":"[API Error: 401]"},"stats":{}}';
  const parse = (...lines: string[]) =>
    readLines(
      createGeminiParser(sampleTurn),
      lines.map((line) => ['stdout', line] as const),
    ).ending.class;
  expect(parse(success, error)).toBe('auth');
  expect(parse(error, success)).toBe('ok');
});

it('reads the task state from pieces of text, and hands the question on', () => {
  const pieces = ['I need you.\nTASK_ST', 'ATE: BLOCKED: Which', ' port?'].map(
    (content) =>
      ['stdout', JSON.stringify({ type: 'message', role: 'assistant', content, delta: true })] as const,
  );
  const parse = (lines: typeof pieces, code: number) =>
    readLines(createGeminiParser(sampleTurn), lines, { code }).ending;
  const result = ['stdout', '{"type":"result","status":"success","stats":{}}'] as const;
  expect(parse([...pieces, result], 0)).toMatchObject({
    class: 'ok',
    taskState: 'blocked',
    message: 'Which port?',
  });
  expect(parse(pieces, 0)).toMatchObject({ class: 'no_result', taskState: 'none' });
});

it('knows a session that is gone', () => {
  const line = 'Error resuming session: No previous sessions found for this project.';
  expect(readLines(createGeminiParser(sampleTurn), [['stderr', line]], { code: 42 }).ending.class).toBe(
    'session_unknown',
  );
});

it('does not call it a success when the program stopped its agent in a loop', () => {
  const lines = [
    '{"type":"error","severity":"warning","message":"Loop detected, stopping execution"}',
    '{"type":"result","status":"success","stats":{}}',
  ];
  expect(
    readLines(
      createGeminiParser(sampleTurn),
      lines.map((line) => ['stdout', line] as const),
    ).ending,
  ).toMatchObject({ class: 'no_result', message: 'Loop detected, stopping execution' });
});
