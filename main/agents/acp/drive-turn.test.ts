import { expect, it } from 'vitest';
import type { DoorReply, DoorRequest } from '../../domain/agent/tools.ts';
import type { JsonObject } from '../../domain/primitives.ts';
import { createManualClock } from '../../shared/clock.ts';
import { createScope } from '../../shared/scope.ts';
import { createAcpDriver } from './drive-turn.ts';
import type { TurnFile } from '../driver/turn-file.ts';

interface Sent {
  readonly id?: number;
  readonly method?: string;
  readonly params?: JsonObject;
  readonly result?: JsonObject;
  readonly error?: JsonObject;
}

const TURN: TurnFile = {
  version: 1,
  protocol: 'acp',
  program: 'agent',
  args: ['acp'],
  worktree: '/tree',
  sessionId: null,
  model: null,
  socket: '/agents.sock',
  plain: { args: [], env: {}, stdin: 'prompt' },
};

/** A program that answers as it is told, and a host that decides as it is told. */
function drive(more: Partial<TurnFile> = {}) {
  const sent: Sent[] = [];
  const printed: string[] = [];
  const asked: DoorRequest[] = [];
  const clock = createManualClock();
  const decide: ((reply: DoorReply) => void)[] = [];
  const driver = createAcpDriver({
    turn: { ...TURN, ...more },
    version: '1.0.0',
    clock,
    token: 'run-token',
    scope: createScope('test'),
    send: (line) => sent.push(JSON.parse(line) as Sent),
    print: (line) => printed.push(line),
    ask: (request, signal) => {
      asked.push(request);
      return new Promise((resolve) => {
        decide.push(resolve);
        signal.addEventListener('abort', () =>
          resolve({ state: 'refused', tag: 'unreachable', text: 'The call was cancelled.' }),
        );
      });
    },
  });
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const tell = async (message: object): Promise<void> => {
    driver.receive(JSON.stringify({ jsonrpc: '2.0', ...message }));
    await settled();
  };
  return {
    driver,
    clock,
    sent,
    printed,
    asked,
    settled,
    tell,
    said: () =>
      printed.filter((line) => line.includes('"homer"')).map((line) => JSON.parse(line) as JsonObject),
    async decide(reply: DoorReply) {
      decide.shift()?.(reply);
      await settled();
    },
    /** Answers the newest request of this method. */
    async answer(method: string, result: object): Promise<void> {
      const id = sent.findLast((one) => one.method === method)?.id;
      await tell({ id, ...('code' in result ? { error: result } : { result }) });
    },
    async begin(capabilities: object = {}) {
      const outcome = driver.take('Do it.');
      await this.answer('initialize', { protocolVersion: 1, agentCapabilities: capabilities });
      return outcome;
    },
  };
}

const QUESTION = {
  id: 7,
  method: 'session/request_permission',
  params: {
    sessionId: 's1',
    toolCall: { toolCallId: 'c1', title: 'rm -rf build', kind: 'execute', status: 'pending' },
    options: [
      { optionId: 'always', kind: 'allow_always' },
      { optionId: 'once', kind: 'allow_once' },
      { optionId: 'no', kind: 'reject_once' },
    ],
  },
};

it('opens a session in the worktree, offers neither files nor terminals, and gives the prompt', async () => {
  const of = drive();
  const outcome = of.begin();
  await of.settled();
  expect(of.sent[0]).toMatchObject({
    method: 'initialize',
    params: {
      protocolVersion: 1,
      clientCapabilities: { fs: { readTextFile: false, writeTextFile: false }, terminal: false },
    },
  });
  await of.answer('session/new', { sessionId: 's1' });
  expect(of.sent.at(-1)).toMatchObject({
    method: 'session/prompt',
    params: { sessionId: 's1', prompt: [{ type: 'text', text: 'Do it.' }] },
  });
  expect(of.sent[1]).toMatchObject({ method: 'session/new', params: { cwd: '/tree', mcpServers: [] } });
  await of.answer('session/prompt', { stopReason: 'end_turn' });
  expect(await outcome).toBe('done');
  expect(of.said()).toEqual([
    { homer: 'session', id: 's1', model: null },
    { homer: 'answered', result: { stopReason: 'end_turn' } },
  ]);
});

it('hands a question to the host and allows once what it allows, never for longer', async () => {
  const of = drive();
  void of.begin();
  await of.settled();
  await of.answer('session/new', { sessionId: 's1' });
  await of.tell(QUESTION);
  expect(of.asked).toEqual([
    {
      tool: 'permission',
      id: expect.any(String),
      input: { tool_name: 'execute', input: { command: 'rm -rf build' } },
    },
  ]);
  expect(of.sent.at(-1)?.method).toBe('session/prompt');
  await of.decide({ state: 'allowed' });
  expect(of.sent.at(-1)).toMatchObject({
    id: 7,
    result: { outcome: { outcome: 'selected', optionId: 'once' } },
  });
  await of.tell({
    ...QUESTION,
    id: 8,
    params: { ...QUESTION.params, options: [{ optionId: 'always', kind: 'allow_always' }] },
  });
  await of.decide({ state: 'allowed' });
  expect(of.sent.at(-1)).toMatchObject({ id: 8, result: { outcome: { outcome: 'cancelled' } } });
});

it('rejects what is denied, and tells the agent why once it has answered', async () => {
  const of = drive();
  const outcome = of.begin();
  await of.settled();
  await of.answer('session/new', { sessionId: 's1' });
  await of.tell(QUESTION);
  await of.decide({ state: 'denied', text: 'The owner denied this. Keep the build.' });
  expect(of.sent.at(-1)).toMatchObject({
    id: 7,
    result: { outcome: { outcome: 'selected', optionId: 'no' } },
  });
  await of.answer('session/prompt', { stopReason: 'end_turn' });
  const told = JSON.stringify(of.sent.at(-1)?.params);
  expect(told).toContain('rm -rf build');
  expect(told).toContain('Keep the build.');
  await of.answer('session/prompt', { stopReason: 'end_turn' });
  expect(await outcome).toBe('done');
  expect(of.said().map(({ homer }) => homer)).toEqual(['session', 'answered', 'told', 'answered']);
});

it('answers what waits when it is stopped, and asks the program to stop', async () => {
  const of = drive();
  void of.begin();
  await of.settled();
  await of.answer('session/new', { sessionId: 's1' });
  await of.tell(QUESTION);
  of.driver.cancel();
  await of.settled();
  expect(of.sent.slice(-2)).toMatchObject([
    { method: 'session/cancel', params: { sessionId: 's1' } },
    { id: 7, result: { outcome: { outcome: 'cancelled' } } },
  ]);
});

it('goes on with a session in silence where the program can, and else leaves out the past it tells', async () => {
  const resumed = drive({ sessionId: 'old' });
  void resumed.begin({ loadSession: true, sessionCapabilities: { resume: {} } });
  await resumed.settled();
  expect(resumed.sent.at(-1)).toMatchObject({ method: 'session/resume', params: { sessionId: 'old' } });

  const loaded = drive({ sessionId: 'old' });
  const past = (text: string) =>
    loaded.tell({
      method: 'session/update',
      params: { update: { sessionUpdate: 'agent_message_chunk', content: { type: 'text', text } } },
    });
  void loaded.begin({ loadSession: true });
  await loaded.settled();
  await past('before the answer');
  await loaded.answer('session/load', {});
  await past('after the answer');
  loaded.clock.advance(400);
  await loaded.settled();
  expect(loaded.sent.at(-1)).toMatchObject({ method: 'session/prompt', params: { sessionId: 'old' } });
  await past('of the turn');
  expect(loaded.printed.filter((line) => line.includes('agent_message_chunk'))).toEqual([
    expect.stringContaining('of the turn'),
  ]);
});

it('says why a session could not be opened', async () => {
  const of = drive({ sessionId: 'gone' });
  const outcome = of.begin({ loadSession: true });
  await of.settled();
  await of.answer('session/load', {
    code: -32_603,
    message: 'Internal error',
    data: { details: 'No such thing' },
  });
  expect(await outcome).toBe('failed');
  expect(of.said()).toEqual([
    { homer: 'failed', at: 'resume', code: -32_603, message: 'Internal error: No such thing' },
  ]);
});

it.each([
  ['ends at once', 'the program ended with exit code 2'],
  ['reads on and says nothing', 'no answer within a minute'],
  ['speaks another version', 'version 9'],
])('a program that %s does not speak the protocol', async (what, why) => {
  const of = drive();
  const outcome = of.driver.take('Do it.');
  if (what === 'ends at once') of.driver.gone(why);
  else if (what.startsWith('reads')) of.clock.advance(61_000);
  else await of.answer('initialize', { protocolVersion: 9 });
  expect(await outcome).toEqual({ unspoken: expect.stringContaining(why) });
});

it('refuses what the program may not ask of it, and shows what is no message', async () => {
  const of = drive();
  await of.tell({ id: 1, method: 'fs/read_text_file', params: { path: '/etc/passwd' } });
  expect(of.sent.at(-1)).toMatchObject({ id: 1, error: { code: -32_601 } });
  of.driver.receive('Starting up …');
  expect(of.printed).toEqual(['Starting up …']);
});

it.each([
  ['a tool of Homer’s', 'mcp__homer__ask_owner', 'other', 0],
  ['a command that is called like one', 'mcp__homer__ask_owner', 'execute', 1],
  ['a tool that Homer does not have', 'mcp__homer__apply', 'other', 1],
])('asks for %s as it is meant to', async (_what, title, kind, asks) => {
  const of = drive({ server: { command: 'homer', args: [] } });
  void of.begin();
  await of.settled();
  of.clock.advance(2_100);
  await of.answer('session/new', { sessionId: 's1' });
  await of.tell({ ...QUESTION, params: { ...QUESTION.params, toolCall: { toolCallId: 'c1', title, kind } } });
  expect(of.asked).toHaveLength(asks);
  if (asks === 0)
    expect(of.sent.at(-1)?.result).toEqual({ outcome: { outcome: 'selected', optionId: 'once' } });
});

it('hands a choice to the owner as a question, and other words of the owner’s to the agent', async () => {
  const of = drive();
  void of.begin();
  await of.settled();
  await of.answer('session/new', { sessionId: 's1' });
  const params = {
    toolCall: {
      toolCallId: 'c1',
      title: 'AskUserQuestion',
      content: [{ type: 'content', content: { type: 'text', text: 'Which colour?' } }],
    },
    options: [
      { optionId: 'a', name: 'Blue', kind: 'allow_once' },
      { optionId: 'b', name: 'Red', kind: 'allow_once' },
      { optionId: 'skip', name: 'Skip', kind: 'reject_once' },
    ],
  };
  await of.tell({ ...QUESTION, params });
  expect(of.asked.at(-1)).toMatchObject({
    tool: 'ask_owner',
    input: { question: 'Which colour?\n- Blue\n- Red' },
  });
  await of.decide({ state: 'done', text: 'red.' });
  expect(of.sent.at(-1)?.result).toEqual({ outcome: { outcome: 'selected', optionId: 'b' } });
  await of.tell({ ...QUESTION, id: 8, params });
  await of.decide({ state: 'done', text: 'Green, as the flag.' });
  expect(of.sent.at(-1)?.result).toEqual({ outcome: { outcome: 'cancelled' } });
  await of.answer('session/prompt', { stopReason: 'end_turn' });
  expect(JSON.stringify(of.sent.at(-1)?.params)).toContain('Green, as the flag.');
});

it('hands the tools of Homer over with the session where the program is to have them so', async () => {
  const of = drive({ server: { command: 'homer', args: ['mcp', '--run'] } });
  void of.begin();
  await of.settled();
  expect(of.sent.at(-1)?.params).toEqual({
    cwd: '/tree',
    mcpServers: [
      {
        name: 'homer',
        command: 'homer',
        args: ['mcp', '--run'],
        env: [{ name: 'HOMER_MCP_TOKEN', value: 'run-token' }],
      },
    ],
  });
});
