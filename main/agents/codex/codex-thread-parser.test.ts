import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createManualClock } from '../../shared/clock.ts';
import { readLines, sampleLines, sampleTurn, type ReadSample } from '../testing/recorded-turn.ts';
import type { TurnContext } from '../executor.ts';
import { createCodexParser } from './codex-parser.ts';

const FOLDER = join(import.meta.dirname, 'samples');
const clock = createManualClock('2026-11-21T14:00:00.000Z');
const lines = (name: string): string[] =>
  sampleLines(FOLDER, `thread-${name}`).map(([, text]) => text.replaceAll('$CWD', '/work'));
const parser = (turn: Partial<TurnContext> = {}) =>
  createCodexParser({ ...sampleTurn, step: 2, worktree: '/work', ...turn }, clock);
const read = (name: string, exit: number, turn: Partial<TurnContext> = {}): ReadSample =>
  readLines(parser(turn), lines(name), exit);

it('reads words, changes of files with their lines, and what each request of the model used', () => {
  const { types, events, ending, told } = read('edit', 0);
  expect(types).toEqual(['message', 'tool_call', 'tool_result', 'file_change', 'usage', 'message', 'usage']);
  expect(told('tool_call', 'tool')).toEqual(['apply_patch']);
  expect(events).toContainEqual({
    type: 'file_change',
    payload: { step: 2, path: 'new.txt', change: 'added', additions: 1, deletions: 0 },
  });
  expect(told('usage', 'tokensIn')).toEqual([800, 800]);
  expect(ending).toMatchObject({
    class: 'ok',
    taskState: 'done',
    sessionId: '01a1fe98-727f-7c52-9487-d61d0e381ec9',
    model: 'gpt-5.5',
    tokensIn: 1600,
    tokensCached: 400,
    tokensOut: 100,
  });
});

it('counts of a thread that is gone on with what this turn used, and keeps the sum for the next', () => {
  const first = read('edit', 0).ending;
  const { ending } = read('resume', 0, { sessionId: first.sessionId, reported: first.reported });
  expect(ending).toMatchObject({ class: 'ok', sessionId: first.sessionId, tokensIn: 800, tokensOut: 50 });
  expect(ending.reported).toEqual({ tokensIn: 2400, tokensOut: 150, tokensCached: 600, costMicroUsd: null });
});

it('shows a command that was denied as one that did not run, and goes on', () => {
  const { types, told, ending } = read('denied', 0);
  expect(types).toEqual(['message', 'tool_call', 'tool_result', 'usage', 'message', 'usage']);
  expect(told('tool_result', 'ok')).toEqual([false]);
  expect(ending).toMatchObject({ class: 'ok', taskState: 'done' });
});

it('tells refusals apart by their codes, and of a refused key at once', () => {
  const limited = read('429', 1);
  expect(limited.types).toEqual(['retry', 'error']);
  expect(limited.told('retry', 'reason')[0]).toBe(
    'exceeded retry limit, last status: 429 Too Many Requests Attempt 1 of 5.',
  );
  expect(limited.ending.class).toBe('rate_limited');
  const refused = read('401', 1);
  expect([refused.over, refused.ending.class]).toEqual([true, 'auth']);
  expect(read('unknown', 1).ending).toMatchObject({ class: 'session_unknown', sessionId: null });
});

it('takes no end of the program for success, and no turn of another thread for its own', () => {
  expect(read('cancelled', 0).ending).toMatchObject({ class: 'no_result', taskState: 'none' });
  const whole = lines('edit');
  const others = whole.map((line) =>
    line.includes('turn/completed') ? line.replace(/"threadId":"[^"]+"/u, '"threadId":"other"') : line,
  );
  expect(readLines(parser(), others, 0).ending.class).toBe('no_result');
});

it('names the windows of a plan, and when a limit ends', () => {
  const limits = {
    primary: { usedPercent: 100, windowDurationMins: 300, resetsAt: 1_795_280_000 },
    secondary: { usedPercent: 40, windowDurationMins: 10_080, resetsAt: 1_795_600_000 },
    rateLimitReachedType: 'rate_limit_reached',
  };
  const error = { message: 'You’ve hit your usage limit.', codexErrorInfo: 'usageLimitExceeded' };
  const whole = lines('edit');
  const opened = whole.find((line) => line.startsWith('{"id":2,')) ?? '';
  const { ending } = readLines(
    parser(),
    [
      whole[0] ?? '',
      opened,
      JSON.stringify({ method: 'account/rateLimits/updated', params: { rateLimits: limits } }),
      JSON.stringify({
        method: 'turn/completed',
        params: { threadId: '01a1fe98-727f-7c52-9487-d61d0e381ec9', turn: { status: 'failed', error } },
      }),
    ],
    1,
  );
  expect(ending).toMatchObject({ class: 'rate_limited', resetsAt: '2026-11-21T16:53:20.000Z' });
  expect(ending.windows.map(({ name, used, status }) => [name, used, status])).toEqual([
    ['five_hour', 1, 'rejected'],
    ['seven_day', 0.4, 'allowed'],
  ]);
});

it('says so when the app server does not answer, and reads what is printed instead', () => {
  const plain = sampleLines(FOLDER, 'text').map(([, text]) => text);
  const [begin = ''] = lines('edit');
  const gone = JSON.stringify({ homer: 'plain', why: 'the program ended with exit code 2' });
  const { told, ending } = readLines(parser(), [begin, gone, ...plain], 0);
  expect(told('error', 'tag')[0]).toBe('cannot_ask');
  expect(told('error', 'message')[0]).toContain('Codex could not be asked to ask: the program ended');
  expect(ending.class).toBe('ok');
});
