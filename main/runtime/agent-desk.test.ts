import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DoorReply, DoorRequest } from '../domain/agent/tools.ts';
import { createSilentLog } from '../shared/log.ts';
import { createScope, type Scope } from '../shared/scope.ts';
import { getAsk, listOpenAsks, listPermissions } from '../store/run-ask-store.ts';
import { deleteChild, noteChildEnding, putChild } from '../store/run-child-store.ts';
import { claimRun } from '../store/run-claim-store.ts';
import { listUndelivered } from '../store/run-directive-store.ts';
import { getRun } from '../store/run-store.ts';
import { settleAsk } from '../store/settle-ask.ts';
import { addProject, addRun, createTestStore, type TestStore } from '../store/testing/test-store.ts';
import { createAgentDesk, type AgentDesk } from './agent-desk.ts';
import { expireAsks, turnWaitedMs } from './asks.ts';

const MINUTE = 60_000;
let bench: TestStore;
let scope: Scope;
let desk: AgentDesk;
let projectId: string;
beforeEach(async () => {
  bench = await createTestStore();
  scope = createScope('desk');
  desk = createAgentDesk({ ...bench, log: createSilentLog(), scope });
  projectId = bench.store.write((write) => addProject(write));
});
afterEach(async () => {
  await scope.close();
  await bench.dispose();
});

/** A run at work, with an agent that holds a token. */
function agent(): { runId: string; token: string } {
  const { token, digest } = desk.issue();
  const runId = bench.store.write((write) => {
    addRun(write, projectId, { name: `Run ${digest.slice(0, 6)}` });
    const run = claimRun(write, '2027-01-01T00:00:00.000Z');
    if (!run) throw new Error('nothing to claim');
    putChild(write, {
      ...{ runId: run.id, stage: '', step: 1, attempt: 1, pid: 1, group: 1, startTime: '1', bootId: 'b' },
      ...{ spool: '/s', executor: 'claude', accountId: null, deadline: 0, marker: {}, promptDigest: '' },
      doorDigest: digest,
    });
    return run.id;
  });
  return { runId, token };
}
const serve = (token: string, request: DoorRequest): Promise<DoorReply> =>
  desk.serve(token, request, AbortSignal.abort());
const permission = (command: string, id: string = randomUUID()): DoorRequest => ({
  tool: 'permission',
  id,
  input: { tool_name: 'Bash', input: { command } },
});
const status = (runId: string): string => bench.store.read((read) => getRun(read, runId)).status;

it('answers a token of its turn, and nobody else, and no longer than the turn lasts', async () => {
  const { runId, token } = agent();
  const goals: DoorRequest = { tool: 'get_goals', input: {} };
  expect(await serve(token, goals)).toMatchObject({ state: 'done' });
  expect(await serve('x'.repeat(43), goals)).toMatchObject({ state: 'refused', tag: 'turn_over' });
  bench.store.write((write) => noteChildEnding(write, { runId, stage: '' }, {}));
  expect(await serve(token, goals)).toMatchObject({ state: 'refused', tag: 'turn_over' });
  expect(desk.wanted()).toBe(false);
});

it('denies what nobody decides in time, says so, and counts none of the wait', async () => {
  const { runId, token } = agent();
  const asked = permission('make it');
  expect(await serve(token, asked)).toEqual({ state: 'waiting' });
  expect(status(runId)).toBe('blocked');
  bench.clock.advance(479 * MINUTE);
  expireAsks(bench.store, bench.clock);
  expect(status(runId)).toBe('blocked');
  bench.clock.advance(MINUTE);
  expireAsks(bench.store, bench.clock);
  expect(status(runId)).toBe('running');
  expect(await serve(token, asked)).toEqual({
    state: 'denied',
    text: 'Nobody decided within 8 h, so this is denied.',
  });
  bench.clock.advance(MINUTE);
  const turn = { runId, stage: '', step: 1, attempt: 1 };
  expect(bench.store.read((read) => turnWaitedMs(read, turn, bench.clock.iso()))).toBe(480 * MINUTE);
});

it('asks once for one id, however often it is asked, and never for another run', async () => {
  const one = agent();
  const other = agent();
  const asked = permission('make it');
  await serve(one.token, asked);
  await serve(one.token, asked);
  expect(bench.store.read((read) => listPermissions(read, undefined, 10))).toHaveLength(1);
  expect(await serve(other.token, asked)).toMatchObject({ state: 'refused' });
  expect(status(other.runId)).toBe('running');
});

it('asks two things one after the other, and goes on when both are decided', async () => {
  const { runId, token } = agent();
  const [first, second] = [permission('make one'), permission('make two')];
  await serve(token, first);
  bench.clock.advance(10);
  await serve(token, second);
  const version = bench.store.read((read) => getRun(read, runId)).version;
  const decide = (on: 'allow' | 'deny'): void => {
    bench.store.write((write) => {
      const [ask] = listOpenAsks(write, runId);
      if (ask) settleAsk(write, ask, { on, by: 'owner', text: null });
    });
  };
  decide('allow');
  const between = bench.store.read((read) => getRun(read, runId));
  expect([between.status, between.question, between.version > version]).toEqual([
    'blocked',
    'make two',
    true,
  ]);
  decide('deny');
  expect(status(runId)).toBe('running');
  expect([await serve(token, first), await serve(token, second)]).toMatchObject([
    { state: 'allowed' },
    { state: 'denied' },
  ]);
});

it('carries the answer to the next prompt when the agent has gone', async () => {
  const { runId, token } = agent();
  const asked = permission('make it');
  await serve(token, asked);
  bench.store.write((write) => {
    deleteChild(write, { runId, stage: '' });
    if ('id' in asked) settleAsk(write, getAsk(write, asked.id), { on: 'deny', by: 'owner', text: 'No.' });
  });
  expect(status(runId)).toBe('queued');
  expect(bench.store.read((read) => listUndelivered(read, runId))).toMatchObject([
    {
      kind: 'answer',
      text: 'You asked for permission, and it is denied. No. Go on without it. Bash: make it',
    },
  ]);
});

it('hides what looks like a secret in all that an agent says', async () => {
  const { runId, token } = agent();
  const secret = `ghp_${'a1B2'.repeat(9)}`;
  await serve(token, permission(`curl -H "Authorization: Bearer ${secret}" https://example.org`));
  const told = bench.store.read((read) =>
    JSON.stringify([getRun(read, runId), listPermissions(read, runId, 9)]),
  );
  expect(told).toContain('curl');
  expect(told).not.toContain(secret);
});

it('bounds what one turn may ask, propose and send', async () => {
  const { runId, token } = agent();
  const idea = (n: number): DoorRequest => ({
    tool: 'propose_idea',
    input: { title: `Idea ${String(n)}`, summary: 'Because.', where: '' },
  });
  const told: DoorReply[] = [];
  for (let n = 0; n < 12; n += 1) told.push(await serve(token, idea(n)));
  expect(told.map(({ state }) => state)).toEqual([...Array<string>(10).fill('done'), 'refused', 'refused']);
  expect(await serve(token, idea(3))).toMatchObject({
    state: 'done',
    text: expect.stringContaining('before'),
  });
  const states: string[] = [];
  for (let n = 0; n < 60; n += 1) states.push((await serve(token, { tool: 'get_goals', input: {} })).state);
  expect([states[0], states.at(-1)]).toEqual(['done', 'refused']);
  bench.clock.advance(61_000);
  for (let n = 0; n < 51; n += 1) await serve(token, permission(`make ${String(n)}`));
  expect(bench.store.read((read) => listPermissions(read, runId, 100))).toHaveLength(50);
});
