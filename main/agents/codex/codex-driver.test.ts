import { expect, it } from 'vitest';
import type { JsonObject } from '../../domain/primitives.ts';
import { createManualClock } from '../../shared/clock.ts';
import { createScope } from '../../shared/scope.ts';
import { objectAt } from '../json-event.ts';
import type { TurnFile } from '../driver/turn-file.ts';
import { createCodexDriver } from './codex-driver.ts';

const TURN: TurnFile = {
  version: 1,
  protocol: 'codex',
  program: 'codex',
  args: ['app-server'],
  worktree: '/tree',
  sessionId: null,
  model: null,
  wish: { thread: { cwd: '/tree' }, turn: { approvalPolicy: 'on-request' } },
  socket: '/agents.sock',
  plain: { args: [], env: {}, stdin: 'prompt' },
};
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** An app server that answers as it is told to, and an owner who denies. */
function drive(more: Partial<TurnFile> = {}) {
  const sent: JsonObject[] = [];
  const clock = createManualClock();
  const driver = createCodexDriver({
    token: 'run-token',
    turn: { ...TURN, ...more },
    version: '1.0.0',
    clock,
    scope: createScope('test'),
    send: (line) => sent.push(JSON.parse(line) as JsonObject),
    print: () => undefined,
    ask: () => Promise.resolve({ state: 'denied', text: 'Not now.' }),
  });
  const tell = async (message: object): Promise<void> => {
    driver.receive(JSON.stringify(message));
    await settled();
  };
  const answer = (result: object): Promise<void> => tell({ id: sent.at(-1)?.['id'], result });
  return {
    ...{ driver, clock, sent, tell, answer },
    methods: () => sent.map(({ method }) => method),
    /** Up to the turn that works. */
    async begin(): Promise<void> {
      await answer({ userAgent: 'codex' });
      await answer({ thread: { id: 't1' } });
      await answer({ turn: { id: 'u1' } });
    },
    over: (status: string, threadId = 't1') =>
      tell({ method: 'turn/completed', params: { threadId, turn: { id: 'u1', status } } }),
  };
}

it('begins a thread, gives it the prompt as a turn, and ends with that turn and no other', async () => {
  const { driver, begin, over, methods, sent } = drive();
  const taken = driver.take('Do it.');
  await begin();
  expect(methods()).toEqual(['initialize', 'initialized', 'thread/start', 'turn/start']);
  expect(objectAt(sent.at(-1), 'params')).toMatchObject({
    threadId: 't1',
    approvalPolicy: 'on-request',
    input: [{ type: 'text', text: 'Do it.' }],
  });
  let over1 = false;
  void taken.then(() => (over1 = true));
  await over('completed', 'of-an-agent-of-its-own');
  expect(over1).toBe(false);
  await over('completed');
  expect(await taken).toBe('done');
});

it('goes on with a thread, and fails with one that is not known', async () => {
  const { driver, answer, tell, methods, sent } = drive({ sessionId: 't0' });
  const taken = driver.take('Do it.');
  await answer({});
  expect(objectAt(sent.at(-1), 'params')).toMatchObject({ threadId: 't0', excludeTurns: true });
  await tell({ id: sent.at(-1)?.['id'], error: { code: -32_600, message: 'no rollout found' } });
  expect([await taken, methods().at(-1)]).toEqual(['failed', 'thread/resume']);
});

it('takes an app server that begins no thread for one that cannot be spoken to', async () => {
  const { driver, answer, tell, sent } = drive();
  const taken = driver.take('Do it.');
  await answer({});
  await tell({
    id: sent.at(-1)?.['id'],
    error: { code: -32_600, message: 'unknown variant `thread/start`' },
  });
  expect(await taken).toEqual({ unspoken: 'unknown variant `thread/start`' });
});

it('says why something was denied to the turn, then answers', async () => {
  const { driver, begin, tell, answer, sent, methods, over } = drive();
  const taken = driver.take('Do it.');
  await begin();
  const params = { threadId: 't1', turnId: 'u1', itemId: 'i', command: 'ls' };
  await tell({ id: 0, method: 'item/commandExecution/requestApproval', params });
  expect(objectAt(sent.at(-1), 'params')).toMatchObject({ threadId: 't1', expectedTurnId: 'u1' });
  expect(JSON.stringify(sent.at(-1))).toContain('Not now.');
  await answer({ turnId: 'u1' });
  expect([methods().at(-2), sent.at(-1)]).toEqual([
    'turn/steer',
    { jsonrpc: '2.0', id: 0, result: { decision: 'decline' } },
  ]);
  await over('completed');
  expect(await taken).toBe('done');
});

it('interrupts the turn when it is stopped', async () => {
  const { driver, begin, methods, over } = drive();
  const taken = driver.take('Do it.');
  await begin();
  driver.cancel();
  expect(methods().at(-1)).toBe('turn/interrupt');
  await over('interrupted');
  expect(await taken).toBe('failed');
});

it('gives up on an app server that does not answer, and on one that goes', async () => {
  const silent = drive();
  const waits = silent.driver.take('Do it.');
  await settled();
  silent.clock.advance(60_000);
  expect(await waits).toEqual({ unspoken: 'its app server gave no answer within a minute' });
  const old = drive();
  const refused = old.driver.take('Do it.');
  old.driver.gone('the program ended with exit code 2');
  expect(await refused).toEqual({ unspoken: 'the program ended with exit code 2' });
  const dying = drive();
  const cut = dying.driver.take('Do it.');
  await dying.begin();
  dying.driver.gone('the program was ended by SIGKILL');
  expect(await cut).toBe('failed');
});
