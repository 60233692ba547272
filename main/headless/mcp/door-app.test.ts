import { expect, it } from 'vitest';
import type { DoorRequest } from '../../domain/agent/tools.ts';
import { createDoorApp } from './door-app.ts';

const served: { token: string; request: DoorRequest }[] = [];
const app = createDoorApp(async (token, request) => {
  served.push({ token, request });
  return { state: 'done', text: 'heard' };
});
const TOKEN = 'a'.repeat(43);
const send = async (body: unknown, more: RequestInit = {}, path = '/agent'): Promise<Response> =>
  app.fetch(
    new Request(`http://localhost${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}` },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      ...more,
    }),
    undefined,
  );

it('serves a tool to whoever has a token', async () => {
  const reply = await send({ tool: 'get_goals', input: {} });
  expect([reply.status, await reply.json()]).toEqual([200, { state: 'done', text: 'heard' }]);
  expect(served.at(-1)).toEqual({ token: TOKEN, request: { tool: 'get_goals', input: {} } });
});

it.each([
  ['no token', { tool: 'get_goals', input: {} }, { headers: {} }, 401],
  ['the token of nobody', { tool: 'get_goals', input: {} }, { headers: { authorization: 'Bearer x' } }, 401],
  ['no JSON', 'tool=get_goals', {}, 400],
  ['a tool that is none', { tool: 'run.apply', input: {} }, {}, 400],
  ['a question without an id', { tool: 'ask_owner', input: { question: 'Why?' } }, {}, 400],
  ['an id that is none', { tool: 'ask_owner', id: '../..', input: { question: 'Why?' } }, {}, 400],
  ['an empty question', { tool: 'ask_owner', id: crypto.randomUUID(), input: { question: ' ' } }, {}, 400],
  ['an endless title', { tool: 'propose_idea', input: { title: 'x'.repeat(201), summary: 'y' } }, {}, 400],
  ['a body without end', 'x'.repeat(300_000), {}, 413],
])('refuses %s, in words, and asks nobody', async (_what, body, more, status) => {
  const before = served.length;
  const reply = await send(body, more);
  expect(reply.status).toBe(status);
  expect(await reply.json()).toMatchObject({ state: 'refused', text: expect.stringMatching(/\w.*\.$/u) });
  expect(served.length).toBe(before);
});

it('knows no operation of the owner, and no page', async () => {
  for (const path of ['/api/run.list', '/', '/metrics', '/agent/x'])
    expect((await send({}, {}, path)).status).toBe(404);
  expect((await send('', { method: 'GET', body: null })).status).toBe(404);
});

it('lists each tool with what it takes, as JSON schema', async () => {
  const reply = await send('', { method: 'GET', body: null }, '/tools');
  const tools = (await reply.json()) as { name: string; inputSchema: object }[];
  expect(tools.find(({ name }) => name === 'ask_owner')?.inputSchema).toMatchObject({
    type: 'object',
    properties: { question: { type: 'string' } },
    required: ['question'],
  });
  expect(JSON.stringify(tools)).not.toContain('$schema');
});
