import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readLines, sampleLines, sampleTurn } from '../testing/recorded-turn.ts';
import { createOpencodeParser } from './opencode-parser.ts';

const samples = join(import.meta.dirname, 'samples');
const read = (name: string, code: number | null = 0, turnLimit: number | null = null) =>
  readLines(createOpencodeParser({ ...sampleTurn, turnLimit }), sampleLines(samples, name), { code });

it('tells what the agent said, did to files and used, and adds up what each model call cost', () => {
  const { events, ending, types } = read('tool');
  expect(types).toEqual(['message', 'tool_call', 'tool_result', 'file_change', 'usage', 'message', 'usage']);
  expect(events.find(({ type }) => type === 'file_change')).toMatchObject({
    payload: { path: 'stub-output.txt', change: 'added', additions: 1 },
  });
  expect(ending).toMatchObject({
    class: 'ok',
    message: 'Done: the tool call finished.',
    sessionId: 'ses_e04c06e78ffezIQ3lvpEqRX8cA',
    tokensIn: 1_600,
    tokensCached: 400,
    tokensOut: 100,
    costMicroUsd: 2_140,
  });
});

it.each([
  ['401', 1, 'auth'],
  ['429-default', 1, 'rate_limited'],
  ['429-then-ok', 0, 'ok'],
  ['resume', 0, 'ok'],
  ['tool-perm-ask', 0, 'no_result'],
])('classifies %s, which exits with %i, as %s', (name, code, expected) => {
  expect(read(name, code).ending.class).toBe(expected);
});

it('knows when a limit is lifted from the headers of the answer', () => {
  expect(read('429-default', 1).ending.resetsAt).toBe('2026-11-20T23:16:54.019Z');
});

it('says which tool a turn that came to nothing was stopped at', () => {
  expect(read('tool-perm-ask').ending.message).toContain('write: The user rejected permission');
});

it('has enough of a stream that breaks again and again', () => {
  expect(read('drop', null)).toMatchObject({ over: true, types: ['retry'], ending: { class: 'network' } });
  const once = sampleLines(samples, 'drop').slice(0, 2);
  expect(
    readLines(createOpencodeParser({ ...sampleTurn, turnLimit: null }), once, { code: 1 }),
  ).toMatchObject({
    over: false,
    ending: { class: 'crashed' },
  });
});

it('ends the turn at its limit of model calls, which opencode has none for', () => {
  expect(read('many-steps', 0, 2)).toMatchObject({ over: true, ending: { class: 'turn_limit' } });
  expect(read('many-steps', 0, null).over).toBe(false);
  expect(read('tool', 0, 2)).toMatchObject({ over: false, ending: { class: 'ok' } });
});

it('ended by a signal before any answer, it has crashed', () => {
  expect(
    readLines(createOpencodeParser({ ...sampleTurn, turnLimit: null }), [], { signal: 'SIGTERM' }),
  ).toMatchObject({ ending: { class: 'crashed', message: 'opencode was ended by SIGTERM.' } });
});

it('says when the session to go on with is not there', () => {
  const lines = [['stderr', 'Error: Session not found']] as const;
  expect(
    readLines(createOpencodeParser({ ...sampleTurn, turnLimit: null }), lines, { code: 1 }).ending.class,
  ).toBe('session_unknown');
});
