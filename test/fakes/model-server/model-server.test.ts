import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseScenario, scenarioPath } from './scenario.ts';
import { startModelServer, type ModelServer } from './start-model-server.ts';

let server: ModelServer;
beforeEach(async () => {
  server = await startModelServer();
});
afterEach(() => server.close());

const paths = {
  anthropic: '/v1/messages',
  responses: '/v1/responses',
  chat: '/v1/chat/completions',
  gemini: '/v1beta/models/m:streamGenerateContent?alt=sse',
} as const;
const ask = (base: string, path: string, body: object = {}): Promise<Response> =>
  fetch(base + path, { method: 'POST', body: JSON.stringify({ model: 'm', stream: true, ...body }) });

it('answers in the words of each dialect', async () => {
  for (const [dialect, path] of Object.entries(paths)) {
    const answer = await ask(server.base({ name: 'text', text: 'Words of mine' }), path);
    expect([dialect, await answer.text()]).toEqual([dialect, expect.stringContaining('Words of mine')]);
  }
  expect(server.seen.map(({ dialect }) => dialect)).toEqual(Object.keys(paths));
});

it('refuses so often as it is told, counted for each user apart', async () => {
  const of = async (key: string): Promise<number> =>
    (await ask(server.base({ name: 'limited', times: 1 }, key), paths.anthropic)).status;
  expect([await of('a'), await of('a'), await of('b')]).toEqual([429, 200, 429]);
  expect((await ask(server.base({ name: 'unauthorised' }), paths.gemini)).status).toBe(401);
});

it('calls the tool that was offered, until it hears what that gave', async () => {
  const base = server.base({ name: 'edit', cwd: '/a folder', file: 'x;y.txt' });
  const tools = [{ name: 'Write', input_schema: { properties: { file_path: {}, content: {} } } }];
  const called = await (await ask(base, paths.anthropic, { tools })).text();
  expect(called).toContain(String.raw`\"file_path\":\"/a folder/x;y.txt\"`);
  const messages = [{ role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: 'ok' }] }];
  expect(await (await ask(base, paths.anthropic, { tools, messages })).text()).not.toContain('tool_use"');
});

it('breaks the connection in the middle of an answer', async () => {
  const answer = await ask(server.base({ name: 'drop' }), paths.chat);
  await expect(answer.text()).rejects.toThrow();
});

it('names a scenario in an address, and fails on one it does not know', () => {
  const spec = scenarioPath({ name: 'shell', command: `echo 'a;b=c/d' | cat` }).slice('/s/'.length);
  expect(spec).not.toContain('/');
  expect(parseScenario(spec)).toMatchObject({ name: 'shell', command: `echo 'a;b=c/d' | cat` });
  expect(() => parseScenario('nonsense')).toThrow();
  expect(() => parseScenario('text;wrong=1')).toThrow('no option wrong');
});
