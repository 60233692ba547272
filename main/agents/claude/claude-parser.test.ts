import { join } from 'node:path';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ChildExit, TurnContext } from '../executor.ts';
import { readLines, sampleLines, sampleTurn, type ReadSample } from '../testing/recorded-turn.ts';
import { tortureParser } from '../testing/torture-parser.ts';
import { createClaudeParser } from './claude-parser.ts';

const FOLDER = join(import.meta.dirname, 'samples');
const turnOf = (more: Partial<TurnContext> = {}): TurnContext => ({
  ...sampleTurn,
  step: 2,
  worktree: '/work',
  ...more,
});
const lines = (name: string): string[] =>
  sampleLines(FOLDER, name).map(([, text]) => text.replaceAll('$CWD', '/work'));
const complaint = (text: string) => ['stderr', text] as const;

function read(
  name: string,
  exit: ChildExit | number,
  turn: Partial<TurnContext> = {},
  stderr: string[] = [],
): ReadSample {
  return readLines(createClaudeParser(turnOf(turn)), [...lines(name), ...stderr.map(complaint)], exit);
}

describe('what Claude Code prints', () => {
  it('becomes messages, calls of tools with their results, changes of files and what was used', () => {
    const { events, ending } = read('tool', 0);
    expect(events.map(({ type }) => type)).toEqual([
      'usage',
      'message',
      'tool_call',
      'tool_result',
      'file_change',
      'usage',
      'message',
      'usage',
    ]);
    expect(events[2]).toMatchObject({
      payload: { step: 2, tool: 'Write', input: { file_path: '/work/stub-output.txt' } },
    });
    expect(events[4]).toMatchObject({
      payload: { path: 'stub-output.txt', change: 'added', additions: 1, deletions: 0 },
    });
    expect(ending).toMatchObject({
      class: 'ok',
      message: 'Done: the tool call finished.',
      sessionId: 'f4965867-0847-44f6-bc20-d42465a36ee7',
      model: 'claude-opus-5-5',
      tokensIn: 2000,
      tokensOut: 100,
      tokensCached: 400,
      costMicroUsd: 10_080,
    });
  });

  it('tells by its events as much use as its ending does', () => {
    for (const name of readdirSync(FOLDER).map((file) => file.replace('.jsonl', ''))) {
      const { ending, told } = read(name, 0);
      const sum = (field: string): number =>
        told('usage', field).reduce<number>((all, one) => all + Number(one ?? 0), 0);
      expect([name, sum('tokensIn'), sum('tokensCached')]).toEqual([
        name,
        ending.tokensIn,
        ending.tokensCached,
      ]);
      if (ending.class !== 'no_result') expect([name, sum('tokensOut')]).toEqual([name, ending.tokensOut]);
    }
  });

  it('counts a resumed session by what this run used, whether the program tells the sum or not', () => {
    const reported = { tokensIn: 2000, tokensOut: 100, tokensCached: 400, costMicroUsd: 10_080 };
    const newer = read('resume', 0, { reported }).ending;
    expect(newer).toMatchObject({ tokensIn: 1000, tokensOut: 50, tokensCached: 200, costMicroUsd: 5_040 });
    expect(newer.reported).toEqual({
      tokensIn: 3000,
      tokensOut: 150,
      tokensCached: 600,
      costMicroUsd: 15_120,
    });
    expect(read('2.1.197-resume', 0, { reported }).ending).toMatchObject({
      tokensIn: 1000,
      costMicroUsd: 6_350,
    });
    // A version that tells the sum and no difference.
    const sums = lines('resume').map((line) => line.replace('"model_usage_since_last_result"', '"left_out"'));
    const { ending } = readLines(createClaudeParser(turnOf({ reported })), sums, 0);
    expect(ending).toMatchObject({ tokensIn: 1000, tokensOut: 50, costMicroUsd: 5_040 });
  });

  it('names the windows of a plan and takes the list price for no cost', () => {
    const { ending } = read('oauth-plan-warning', 0);
    expect(ending).toMatchObject({ class: 'ok', costMicroUsd: null });
    expect(ending.windows).toEqual([
      { name: 'five_hour', used: 0.92, resetsAt: '2026-11-21T00:33:16.000Z', status: 'warning' },
    ]);
    expect(ending.tokensIn).toBeGreaterThan(0);
  });

  it('tells what it was not allowed to do, once', () => {
    const { told, ending } = read('tool-perm-default', 0);
    expect(ending.class).toBe('ok');
    expect(told('error', 'tag')).toEqual(['permission_denied']);
    expect(told('tool_result', 'ok')).toEqual([false]);
  });

  it('keeps the last TASK_STATE of its last message', () => {
    const ended = (text: string) =>
      readLines(
        createClaudeParser(turnOf()),
        [JSON.stringify({ type: 'result', subtype: 'success', is_error: false, result: text })],
        0,
      ).ending;
    expect(ended('All good.\n\n**TASK_STATE: DONE**')).toMatchObject({ taskState: 'done' });
    expect(ended('TASK_STATE: CONTINUE')).toMatchObject({ taskState: 'continue' });
    expect(ended('I see.\nTASK_STATE: BLOCKED: Which port?')).toMatchObject({
      taskState: 'blocked',
      message: 'Which port?',
    });
    expect(ended('Hello')).toMatchObject({ taskState: 'none', message: 'Hello' });
  });
});

describe('how a turn of Claude Code ends', () => {
  const cases: [string, ChildExit | number, string][] = [
    ['text', 0, 'ok'],
    ['partial-messages', 0, 'ok'],
    ['429-then-ok', 0, 'ok'],
    ['oauth-plan-allowed', 0, 'ok'],
    ['429-max-retries-1', 1, 'rate_limited'],
    ['429-retry-after-3600', 1, 'rate_limited'],
    ['oauth-429-plan-rejected', 1, 'rate_limited'],
    ['2.1.197-oauth-429-plan-rejected', 1, 'rate_limited'],
    ['401-max-retries-0', 1, 'auth'],
    ['401-default', { code: null, signal: 'SIGTERM' }, 'auth'],
    ['drop-max-retries-1', 1, 'network'],
    ['hang-api-timeout', 1, 'network'],
    ['max-turns-2', 1, 'turn_limit'],
    ['max-budget', 1, 'turn_limit'],
    ['resume-unknown', 1, 'session_unknown'],
    ['hang-sigint', 0, 'no_result'],
    ['shell-sigint', 0, 'crashed'],
    ['shell-sigterm', 143, 'crashed'],
  ];
  it.each(cases)('%s', (name, exit, found) => {
    expect(read(name, exit).ending.class).toBe(found);
  });

  it('says when a rate limit of a plan ends, and nothing where nobody knows', () => {
    expect(read('oauth-429-plan-rejected', 1).ending.resetsAt).toBe('2026-11-21T00:33:17.000Z');
    expect(read('429-max-retries-1', 1).ending.resetsAt).toBeNull();
  });

  it('asks for the end of a program whose key was refused, and not of one that waits for the network', () => {
    expect(read('401-default', 1).over).toBe(true);
    expect(read('429-max-retries-1', 1).over).toBe(false);
    expect(read('drop-max-retries-1', 1).over).toBe(false);
  });

  it('tells of each new try and what went wrong', () => {
    const { told } = read('429-max-retries-1', 1);
    expect(told('retry', 'reason')).toEqual(["The model's server: rate limit (429). Attempt 1 of 1."]);
    expect(told('error', 'tag')).toEqual(['rate_limit', 'rate_limited']);
  });

  it('knows of an unknown session that it has none, and of garbage that it is no result', () => {
    expect(read('resume-unknown', 1).ending).toMatchObject({ sessionId: null, reported: null });
    const parser = createClaudeParser(turnOf());
    const { ending, events } = readLines(
      parser,
      ['not json', '{"type":', '\u001b[31mred\u001b[0m', '{"type":"new"}'],
      0,
    );
    expect(ending.class).toBe('no_result');
    expect(events.map(({ type }) => type)).toEqual(['output', 'output', 'output', 'output']);
  });

  it('reads what stands on standard error of a program that never began', () => {
    const said = [
      '--dangerously-skip-permissions cannot be used with root/sudo privileges for security reasons',
    ];
    expect(readLines(createClaudeParser(turnOf()), said.map(complaint), 1).ending).toMatchObject({
      class: 'crashed',
    });
    const { ending } = readLines(
      createClaudeParser(turnOf()),
      [complaint('Invalid API key · Please run /login')],
      1,
    );
    expect(ending).toMatchObject({
      class: 'auth',
      message: 'The agent ended with exit code 1.\nInvalid API key · Please run /login',
    });
  });

  it('adds up two results, and takes the last for the outcome', () => {
    const [result] = lines('text').slice(-1);
    const failed = lines('max-turns-2').slice(-1)[0]!;
    const { ending } = readLines(createClaudeParser(turnOf()), [failed, result!], 0);
    expect(ending).toMatchObject({ class: 'ok', tokensIn: 3000, tokensOut: 150, costMicroUsd: 15_120 });
  });

  it('never throws, whatever comes', () => {
    const all = readdirSync(FOLDER).flatMap((file) => lines(file.replace('.jsonl', '')));
    tortureParser(() => createClaudeParser(turnOf()), all);
    const deep = `{"type":"assistant","message":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const { events } = readLines(createClaudeParser(turnOf()), [deep, 'x'.repeat(1_000_000)], 0);
    expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['output']));
  });
});
