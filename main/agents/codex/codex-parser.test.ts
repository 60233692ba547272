import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../shared/clock.ts';
import type { ChildExit, TurnContext } from '../executor.ts';
import { readLines, sampleLines, sampleTurn, type ReadSample } from '../testing/recorded-turn.ts';
import { tortureParser } from '../testing/torture-parser.ts';
import { createCodexParser } from './codex-parser.ts';
import { resetIn } from './codex-reset.ts';

const FOLDER = join(import.meta.dirname, 'samples');
const clock = createManualClock('2026-11-20T12:00:00.000Z');
const turnOf = (more: Partial<TurnContext> = {}): TurnContext => ({
  ...sampleTurn,
  step: 2,
  worktree: '/work',
  ...more,
});
const lines = (name: string): string[] =>
  sampleLines(FOLDER, name).map(([, text]) => text.replaceAll('$CWD', '/work'));
const complaint = (text: string) => ['stderr', text] as const;
const create = (turn: Partial<TurnContext> = {}) => createCodexParser(turnOf(turn), clock);

function read(name: string, exit: ChildExit | number, turn: Partial<TurnContext> = {}): ReadSample {
  return readLines(create(turn), [...lines(name), complaint('Reading additional input from stdin...')], exit);
}

describe('what Codex prints', () => {
  it('becomes messages, calls of tools with their results, changes of files and what was used', () => {
    const shell = read('tool', 0, { model: 'stub-model' });
    expect(shell.events.map(({ type }) => type)).toEqual([
      'error',
      'message',
      'tool_call',
      'tool_result',
      'message',
      'usage',
    ]);
    expect(shell.told('tool_call', 'tool')).toEqual(['shell']);
    expect(shell.told('tool_result', 'ok')).toEqual([true]);
    expect(shell.ending).toMatchObject({
      class: 'ok',
      message: 'Done: the tool call finished.',
      sessionId: '01a1fb37-8ac9-7f60-8eb1-721888ff51f5',
      model: 'stub-model',
      tokensIn: 1600,
      tokensOut: 100,
      tokensCached: 400,
      costMicroUsd: null,
    });
    const patch = read('tool-known-model', 0);
    expect(patch.told('tool_call', 'tool')).toEqual(['apply_patch']);
    expect(patch.events).toContainEqual({
      type: 'file_change',
      payload: { step: 2, path: 'stub-output.txt', change: 'added', additions: 0, deletions: 0 },
    });
  });

  it('takes off what the thread had used before', () => {
    const before = read('tool', 0).ending.reported;
    expect(before).toEqual({ tokensIn: 1600, tokensOut: 100, tokensCached: 400, costMicroUsd: null });
    const { ending, told } = read('resume', 0, { reported: before });
    expect(ending).toMatchObject({ tokensIn: 800, tokensOut: 50, tokensCached: 200 });
    expect(ending.reported).toEqual({
      tokensIn: 2400,
      tokensOut: 150,
      tokensCached: 600,
      costMicroUsd: null,
    });
    expect(told('usage', 'tokensIn')).toEqual([800]);
    const anew = { ...before!, tokensIn: 9_999_999 };
    expect(read('resume', 0, { reported: anew }).ending.tokensIn).toBe(2400);
  });

  it('shows thoughts, searches, plans and tools of servers', () => {
    const item = (type: string, more: object) =>
      JSON.stringify({ type: 'item.completed', item: { id: 'i', type, ...more } });
    const { events } = readLines(
      create(),
      [
        item('reasoning', { text: 'Hm' }),
        item('web_search', { query: 'q' }),
        item('mcp_tool_call', {
          server: 'homer',
          tool: 'ask_owner',
          arguments: { a: 1 },
          status: 'failed',
          error: { message: 'no' },
        }),
        item('todo_list', { items: [{ text: 'a', completed: true }] }),
        item('command_execution', {
          command: 'false',
          aggregated_output: 'x',
          exit_code: 1,
          status: 'failed',
        }),
        item('something_new', {}),
      ],
      0,
    );
    expect(events.map(({ type }) => type)).toEqual([
      'reasoning',
      ...Array.from({ length: 4 }, () => ['tool_call', 'tool_result']).flat(),
      'output',
    ]);
    expect(events[4]).toMatchObject({ payload: { ok: false, output: 'no' } });
  });
});

describe('how a turn of Codex ends', () => {
  const cases: [string, ChildExit | number, string][] = [
    ['text', 0, 'ok'],
    ['429-then-ok', 0, 'ok'],
    ['429-default', 1, 'rate_limited'],
    ['429-usage-limit', 1, 'rate_limited'],
    ['429-insufficient-quota', 1, 'rate_limited'],
    ['401', { code: null, signal: 'SIGTERM' }, 'auth'],
    ['401-retries-0', 1, 'auth'],
    ['500-default', 1, 'network'],
    ['drop-default', 1, 'network'],
    ['stall-idle-timeout', 1, 'network'],
    ['hang-sigint', 1, 'crashed'],
    ['hang-sigint', 0, 'no_result'],
  ];
  it.each(cases)('%s, %o', (name, exit, found) => {
    expect(read(name, exit).ending.class).toBe(found);
  });

  it('tells of each new try, and asks for the end of a program whose key was refused', () => {
    expect(read('429-default', 1).told('retry', 'reason')).toHaveLength(5);
    expect([read('429-default', 1).over, read('401', 1).over]).toEqual([false, true]);
  });

  it('knows an unknown session by what stands on standard error', () => {
    const { ending } = readLines(
      create({ sessionId: 's' }),
      [
        complaint(
          'Error: thread/resume: thread/resume failed: no rollout found for thread id s (code -32600)',
        ),
      ],
      1,
    );
    expect(ending).toMatchObject({ class: 'session_unknown', sessionId: null });
  });

  it('says when a limit ends, in the words it has for it', () => {
    const now = clock.now();
    const ended = read('429-usage-limit', 1).ending.resetsAt;
    expect(new Date(ended!).getTime()).toBe(new Date(2026, 10, 21, 0, 29).getTime());
    expect(resetIn('try again in 1 day 2 hours 3 minutes.', now)).toBe(
      new Date(now + 93_780_000).toISOString(),
    );
    const soon = new Date(resetIn('or try again at 3:05 PM.', now)!);
    expect([soon.getHours(), soon.getMinutes(), soon.getTime() > now]).toEqual([15, 5, true]);
    expect(resetIn('429 Too Many Requests', now)).toBeNull();
  });

  it('never throws, whatever comes', () => {
    tortureParser(
      () => create(),
      readdirSync(FOLDER).flatMap((file) => lines(file.replace('.jsonl', ''))),
    );
  });
});
