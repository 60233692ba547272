import { expect, it } from 'vitest';
import type { DoorRequest } from '../../domain/agent/tools.ts';
import { createManualClock } from '../../shared/clock.ts';
import { createScope } from '../../shared/scope.ts';
import { createAgentServer } from './agent-server.ts';
import { toolList } from './tool-list.ts';

interface Message {
  readonly id?: number | null;
  readonly method?: string;
  readonly params?: object;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly code: number; readonly message: string };
}

function start(permissions = false) {
  const said: Message[] = [];
  const asked: DoorRequest[] = [];
  const cancelled: unknown[] = [];
  const clock = createManualClock();
  const scope = createScope('test');
  let answer: (text: string) => void = () => undefined;
  const server = createAgentServer({
    version: '1.2.3',
    permissions,
    clock,
    scope,
    send: (line) => said.push(JSON.parse(line) as Message),
    door: {
      tools: () => Promise.resolve(toolList()),
      ask: (request, signal) => {
        asked.push(request);
        return new Promise((resolve) => {
          answer = (text) =>
            resolve(request.tool === 'permission' ? { state: 'allowed' } : { state: 'done', text });
          signal.addEventListener('abort', () => {
            cancelled.push(request.tool);
            resolve({ state: 'refused', tag: 'unreachable', text: '' });
          });
        });
      },
    },
  });
  let id = 0;
  return {
    said,
    asked,
    cancelled,
    clock,
    close: () => scope.close(),
    answer: (text: string) => answer(text),
    line: (text: string) => server.receive(text),
    async ask(method: string, params: object = {}): Promise<Message | undefined> {
      id += 1;
      server.receive(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
      await new Promise((resolve) => setImmediate(resolve));
      return said.find((one) => one.id === id);
    },
  };
}

it('speaks the version that is asked for, or its newest, and says what it is', async () => {
  const server = start();
  const older = await server.ask('initialize', { protocolVersion: '2025-03-26', capabilities: {} });
  expect(older?.result).toMatchObject({
    protocolVersion: '2025-03-26',
    capabilities: { tools: {} },
    serverInfo: { name: 'homer', version: '1.2.3' },
    instructions: expect.stringContaining('propose_idea'),
  });
  expect((await server.ask('initialize', { protocolVersion: '1999-01-01' }))?.result).toMatchObject({
    protocolVersion: '2025-11-25',
  });
  server.line('{"jsonrpc":"2.0","method":"notifications/initialized"}');
  expect((await server.ask('ping'))?.result).toEqual({});
});

it('offers the tool for permissions only to a program that asks there', async () => {
  const names = async (permissions: boolean): Promise<unknown> =>
    ((await start(permissions).ask('tools/list'))?.result?.['tools'] as { name: string }[]).map(
      ({ name }) => name,
    );
  const own = ['propose_idea', 'ask_owner', 'report_progress', 'get_goals', 'get_run_context'];
  expect(await names(false)).toEqual(own);
  expect(await names(true)).toEqual([...own, 'permission']);
  const other = await start().ask('tools/call', { name: 'permission', arguments: {} });
  expect(other?.error).toEqual({ code: -32_602, message: 'There is no tool permission.' });
});

it('answers a call with the words of the host, and gives what waits for the owner an id of its own', async () => {
  const server = start(true);
  await server.ask('tools/call', { name: 'ask_owner', arguments: { question: 'Why?' } });
  server.answer('Because.');
  await server.ask('ping');
  expect(server.asked[0]).toMatchObject({
    tool: 'ask_owner',
    input: { question: 'Why?' },
    id: expect.any(String),
  });
  expect(server.said.find(({ id }) => id === 1)?.result).toEqual({
    content: [{ type: 'text', text: 'Because.' }],
  });
  await server.ask('tools/call', { name: 'get_goals' });
  expect(server.asked[1]).toEqual({ tool: 'get_goals', input: {} });
  const input = { command: 'ls' };
  await server.ask('tools/call', { name: 'permission', arguments: { tool_name: 'Bash', input } });
  server.answer('');
  await server.ask('ping');
  expect(JSON.stringify(server.said)).toContain(
    JSON.stringify(JSON.stringify({ behavior: 'allow', updatedInput: input })),
  );
});

it('tells that a call is alive while it waits, and answers nothing to one that was cancelled', async () => {
  const server = start();
  await server.ask('tools/call', { name: 'ask_owner', arguments: {}, _meta: { progressToken: 'p' } });
  server.clock.advance(31_000);
  expect(server.said.map(({ method, params }) => ({ method, params }))).toEqual([
    { method: 'notifications/progress', params: { progressToken: 'p', progress: 1 } },
    { method: 'notifications/progress', params: { progressToken: 'p', progress: 2 } },
  ]);
  server.line('{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}');
  await server.ask('ping');
  expect(server.cancelled).toEqual(['ask_owner']);
  server.clock.advance(60_000);
  expect(server.said).toHaveLength(3);
});

it('refuses what is no message and what it does not know, and goes on', async () => {
  const server = start();
  server.line('hello');
  server.line('');
  server.line('[1]');
  server.line('{"jsonrpc":"2.0","id":7,"result":{}}');
  expect(server.said.map(({ id, error }) => [id, error?.code])).toEqual([
    [null, -32_700],
    [null, -32_700],
  ]);
  expect((await server.ask('resources/list'))?.error?.code).toBe(-32_601);
  expect((await server.ask('ping'))?.result).toEqual({});
});
