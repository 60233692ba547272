import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRuntimeRoom, type RuntimeRoom } from './runtime-room.ts';

/**
 * What a run makes of the endings of an agent program. The program is a script that speaks as Claude Code does and does at its nth turn what
 * the test wrote down for it.
 */
let room: RuntimeRoom;
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'homer-agent-turns-'));
  const program = join(folder, 'claude');
  writeFileSync(
    program,
    [
      '#!/bin/sh',
      `cd_to=$PWD; cd '${folder}'`,
      'n=$(($(cat turns 2>/dev/null || echo 0) + 1)); echo $n >turns',
      'echo "$*" >args.$n; cat >prompt.$n',
      `cd "$cd_to"; . '${folder}'/turn.$n`,
    ].join('\n') + '\n',
    { mode: 0o755 },
  );
  room = await createRuntimeRoom({ env: { HOMER_CLAUDE_PATH: program } });
});
afterEach(async () => {
  await room.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const turn = (n: number, script: string): void => writeFileSync(join(folder, `turn.${String(n)}`), script);
const told = (what: 'args' | 'prompt', n: number): string =>
  readFileSync(join(folder, `${what}.${String(n)}`), 'utf8');
const begun = (n: number): boolean => existsSync(join(folder, `prompt.${String(n)}`));
const start = () => room.run('', { executor: 'claude', query: 'Do it' });

/** A line that Claude Code prints at its end, from a script. */
function result(fields: object, exit = 0): string {
  const line = { type: 'result', subtype: 'success', is_error: false, session_id: 's-1', ...fields };
  return `printf '%s\\n' '${JSON.stringify(line)}'\nexit ${String(exit)}\n`;
}
const used = (tokens: number, cost: number) => ({
  usage: { input_tokens: 100, output_tokens: 10 },
  modelUsage: { m: { inputTokens: tokens, outputTokens: tokens / 10 } },
  total_cost_usd: cost,
});

it('goes on with the session in the next step, and counts what a session used only once', async () => {
  turn(1, `echo 2 >sum.txt\n${result({ result: 'TASK_STATE: CONTINUE', ...used(100, 0.01) })}`);
  turn(2, result({ result: 'TASK_STATE: DONE', ...used(200, 0.03) }));
  const { run, checkpoints } = await room.reaches(await start(), 'review');
  expect(told('args', 1)).not.toContain('--resume');
  expect(told('args', 2)).toContain('--resume s-1');
  expect(checkpoints).toHaveLength(2);
  expect(run).toMatchObject({ tokensIn: 200, tokensOut: 20, costMicroUsd: 30_000, sessionId: 's-1' });
});

it('begins a new session within the step when the agent does not know the former', async () => {
  turn(1, result({ result: 'TASK_STATE: CONTINUE' }));
  turn(
    2,
    result(
      {
        is_error: true,
        subtype: 'error_during_execution',
        errors: ['No conversation found with session ID: s-1'],
      },
      1,
    ),
  );
  turn(3, `echo 2 >sum.txt\n${result({ result: 'TASK_STATE: DONE', session_id: 's-2' })}`);
  const { run, checkpoints } = await room.reaches(await start(), 'review');
  expect(told('args', 3)).not.toContain('--resume');
  expect(checkpoints).toHaveLength(2);
  expect(run.sessionId).toBe('s-2');
  const retries = (await room.events(run.id)).filter(({ type }) => type === 'retry');
  expect(retries.map(({ payload }) => payload['step'])).toEqual([2]);
});

it('goes on in a new session that is told what was said last when the conversation has outgrown the model', async () => {
  turn(1, result({ is_error: true, api_error_status: 400, result: 'Prompt is too long' }, 1));
  turn(2, `echo 2 >sum.txt\n${result({ result: 'TASK_STATE: DONE', session_id: 's-2' })}`);
  const { checkpoints } = await room.reaches(await start(), 'review');
  expect(checkpoints).toHaveLength(1);
  expect(told('args', 2)).not.toContain('--resume');
  expect(told('prompt', 2)).toContain('# What you said last');
  expect(told('prompt', 2)).toContain('look at what is already there');
});

it('gives up on a conversation that outgrows the model each time', async () => {
  for (const n of [1, 2, 3, 4]) turn(n, result({ is_error: true, result: 'Prompt is too long' }, 1));
  const { run } = await room.reaches(await start(), 'failed');
  expect(run.errorTag).toBe('agent_context_overflow');
  expect(begun(4)).toBe(false);
});

it('waits for the network, and a stop ends the wait at once', async () => {
  turn(1, result({ is_error: true, result: 'Connection dropped (ECONNRESET)' }, 1));
  const id = await start();
  await room.until(async () => (await room.events(id)).some(({ type }) => type === 'retry'));
  const began = performance.now();
  await room.did('run.stop', { id });
  await room.reaches(id, 'stopped');
  expect(performance.now() - began).toBeLessThan(2_500);
  expect(begun(2)).toBe(false);
});

it('goes on in the next step when the agent reached its limit of model calls', async () => {
  await room.did('flag.set', { key: 'agents.turn_limit', value: '7' });
  turn(
    1,
    `echo 2 >sum.txt\n${result({ is_error: true, subtype: 'error_max_turns', errors: ['Reached maximum number of turns (7)'] }, 1)}`,
  );
  turn(2, result({ result: 'TASK_STATE: DONE' }));
  const { checkpoints } = await room.reaches(await start(), 'review');
  expect(checkpoints.map((it) => it.result)).toEqual(['turn limit', 'done']);
  expect(told('args', 1)).toContain('--max-turns 7');
  expect(told('args', 2)).toContain('--resume s-1');
});

it.each([
  ['agent_no_result', 'exit 0\n', 'told no result'],
  ['agent_auth', result({ is_error: true, api_error_status: 401, result: 'no' }, 1), 'not signed in'],
  ['agent_crashed', 'echo "Segmentation fault" >&2; exit 139\n', 'Segmentation fault'],
])('fails with %s and says why', async (tag, script, words) => {
  turn(1, script);
  const { run } = await room.reaches(await start(), 'failed');
  expect(run.errorTag).toBe(tag);
  expect(run.error).toContain(words);
});
