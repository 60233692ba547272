import { createServer } from 'node:http';
import { existsSync, linkSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startScriptedModel, type Reply, type ScriptedModel } from '../../../test/fakes/scripted-model.ts';
import type { NewRunEvent } from '../../domain/run/run-event.ts';
import { alivePids, until } from '../testing/test-room.ts';
import { createLocalRoom, type LocalRoom } from './testing/local-room.ts';

let room: LocalRoom;
const servers: ScriptedModel[] = [];
beforeEach(() => {
  room = createLocalRoom();
});
afterEach(async () => {
  await room.dispose();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function endpoint(...[replies, pages]: Parameters<typeof startScriptedModel>): Promise<ScriptedModel> {
  const server = await startScriptedModel(replies, pages);
  servers.push(server);
  return server;
}
const call = (tool: string, input: object | string): Reply => ({ calls: [{ tool, input }] });
const DONE: Reply = { text: 'All is well.\n\nTASK_STATE: DONE' };
const results = (events: readonly NewRunEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'tool_result' ? [event.payload.output] : []));

it('reads, edits, runs the tests and says that it is done', async () => {
  room.put('src/sum.js', 'let sum = 1;\nfor (const n of list) sum += n;\n');
  const model = await endpoint([
    { ...call('read_file', { path: 'src/sum.js' }), reasoning: 'I look first.' },
    call('edit_file', { path: './src/sum.js', old_text: 'let sum = 1;', new_text: 'let sum = 0;' }),
    call('run_tests', {}),
    DONE,
  ]);
  const { ending, events } = await room.run(model.address, { testCommand: 'grep -c "sum = 0" src/sum.js' });
  expect(ending).toMatchObject({
    class: 'ok',
    taskState: 'done',
    model: 'tiny',
    tokensIn: 400,
    tokensOut: 40,
  });
  expect(readFileSync(join(room.worktree, 'src/sum.js'), 'utf8')).toContain('let sum = 0;');
  expect(results(events)[2]).toBe('Exit code 0.\n1\n');
  expect(events.find(({ type }) => type === 'file_change')?.payload).toMatchObject({ path: 'src/sum.js' });
  expect(events.some(({ type }) => type === 'reasoning')).toBe(true);
  expect(model.keys.at(-1)).toBe('Bearer key-of-a-test-1');
  expect(JSON.stringify([events, ending])).not.toContain('key-of-a-test-1');
  expect(readdirSync(room.worktree).sort()).toEqual(['.git', 'src']);
});

it('is refused what the path policy or the worktree does not hold, in words, before it acts', async () => {
  const outside = join(room.folder, 'outside.txt');
  writeFileSync(outside, 'not yours');
  symlinkSync(outside, join(room.worktree, 'out.txt'));
  symlinkSync(room.folder, join(room.worktree, 'up'));
  symlinkSync(join(room.folder, 'nowhere'), join(room.worktree, 'dangling'));
  linkSync(outside, join(room.worktree, 'hard.txt'));
  room.put('.env', 'TOKEN=1');
  symlinkSync('.env', join(room.worktree, 'plain.txt'));
  const write = (path: string): Reply => call('write_file', { path, content: 'mine' });
  const asked = [
    'out.txt',
    'up/outside.txt',
    '../outside.txt',
    outside,
    '.git/config',
    '.ENV',
    'a/.env.local',
    'plain.txt',
    'hard.txt',
    'dangling',
    'up/new.txt',
    'git~1/x',
    'x\u202etxt.js',
  ];
  const model = await endpoint([
    ...asked.map(write),
    call('read_file', { path: '.env' }),
    call('read_file', { path: 'out.txt' }),
    call('read_file', { path: 'plain.txt' }),
    call('list_files', { path: '..' }),
    DONE,
  ]);
  const { ending, events } = await room.run(model.address);
  expect(ending.class).toBe('ok');
  const refused = events.flatMap((event) => (event.type === 'tool_result' ? [event.payload.ok] : []));
  expect(refused).toEqual(Array<boolean>(asked.length + 4).fill(false));
  expect(readFileSync(outside, 'utf8')).toBe('not yours');
  expect(readFileSync(join(room.worktree, '.env'), 'utf8')).toBe('TOKEN=1');
  expect(existsSync(join(room.folder, 'new.txt'))).toBe(false);
  expect(events.some(({ type }) => type === 'file_change')).toBe(false);
  // The model reads why.
  expect(JSON.stringify(model.asked.at(-1))).toContain('lies outside of your worktree');
  expect(JSON.stringify(model.asked.at(-1))).toContain('denied by **/.env*');
});

it('reads only what the project lets it change, and writes nothing else', async () => {
  room.put('docs/a.md', 'words');
  const model = await endpoint([
    call('read_file', { path: 'docs/a.md' }),
    call('write_file', { path: 'docs/a.md', content: 'x' }),
    call('write_file', { path: 'src/deep/b.js', content: 'x\n' }),
    DONE,
  ]);
  const { events } = await room.run(model.address, { policy: { allow: ['src/**'], deny: [] } });
  expect(results(events)).toEqual([
    'words',
    expect.stringContaining('not on the allow list'),
    'Wrote src/deep/b.js: 1 lines.',
  ]);
});

it('lists and searches without what git ignores and the policy denies', async () => {
  room.put('.gitignore', 'dist\n');
  room.put('dist/app.js', 'needle');
  room.put('.env', 'needle=1');
  room.put('a b/größe.txt', 'no\nNeedle 42 here\n');
  const model = await endpoint([
    call('list_files', {}),
    call('search', { pattern: String.raw`needle \d+`, ignore_case: true }),
    call('search', { pattern: 'here(' }),
    call('search', { pattern: '--open-files-in-pager=touch x' }),
    DONE,
  ]);
  const { events } = await room.run(model.address);
  expect(results(events)).toEqual([
    '.gitignore\na b/größe.txt',
    'a b/größe.txt:2:Needle 42 here',
    'Nothing was found.',
    'Nothing was found.',
  ]);
});

it('tells the model what was wrong with a call and goes on', async () => {
  room.put('twice.txt', 'a\na\n');
  const model = await endpoint([
    call('write_file', '{"path": "x'),
    call('write_file', { path: 'x' }),
    call('delete_everything', {}),
    call('edit_file', { path: 'twice.txt', old_text: 'a', new_text: 'b' }),
    call('edit_file', { path: 'twice.txt', old_text: 'c', new_text: 'b' }),
    call('shell', { command: 'touch x' }),
    DONE,
  ]);
  const { ending, events } = await room.run(model.address);
  expect(ending.class).toBe('ok');
  expect(results(events)).toEqual([
    expect.stringContaining('not an object of JSON'),
    expect.stringContaining('content:'),
    expect.stringContaining('There is no tool delete_everything. You have: list_files, search'),
    expect.stringContaining('more than once'),
    expect.stringContaining('does not stand in twice.txt'),
    expect.stringContaining('There is no tool shell'),
  ]);
  expect(readdirSync(room.worktree).sort()).toEqual(['.git', 'twice.txt']);
});

it('bounds what a tool gives, and leaves nothing of a command behind', async () => {
  room.put('long.txt', 'line\n'.repeat(100_000));
  const seconds = `97${String(process.pid).slice(-4)}`;
  const model = await endpoint([
    call('read_file', { path: 'long.txt' }),
    call('shell', { command: 'yes | head -c 3000000' }),
    call('shell', { command: `setsid sleep ${seconds} & echo $HOMER_LOCAL_API_KEY started` }),
    call('shell', { command: 'sleep 30', timeout_seconds: 1 }),
    DONE,
  ]);
  const { ending, events } = await room.run(model.address, { riskProfile: 'trusted' });
  expect(ending.class).toBe('ok');
  const [read, yes, started, slept] = results(events);
  expect(read).toMatch(/^\[lines 1 to 400 of 100000\]/u);
  expect(yes!.length).toBeLessThan(13_000);
  expect(started).toBe('Exit code 0.\nstarted\n');
  expect(slept).toContain('Ended after 1 s');
  expect(alivePids(`sleep\0${seconds}`)).toEqual([]);
});

it('is cancelled in the middle of a test and leaves nothing running', async () => {
  const seconds = `96${String(process.pid).slice(-4)}`;
  const model = await endpoint([call('run_tests', {}), DONE]);
  const { turn } = await room.start(model.address, {
    testCommand: `setsid sleep ${seconds} & sleep ${seconds}`,
  });
  await until(() => alivePids(`sleep\0${seconds}`).length >= 2);
  await turn.end('cancelled');
  expect((await turn.ended).class).toBe('cancelled');
  expect(alivePids(`sleep\0${seconds}`)).toEqual([]);
});

it('waits as it is told and tries again, and tells when a limit is far away', async () => {
  const soon = await endpoint([
    { drop: true, text: 'half' },
    { status: 429, headers: { 'retry-after-ms': '50' } },
    { status: 503, headers: { 'retry-after': '0' } },
    DONE,
  ]);
  const { ending, events } = await room.run(soon.address);
  expect(ending).toMatchObject({ class: 'ok', message: expect.stringContaining('All is well') as string });
  expect(events.filter(({ type }) => type === 'retry')).toHaveLength(3);
  const far = await endpoint([{ status: 429, error: 'come back later', headers: { 'retry-after': '3600' } }]);
  const limited = (await room.run(far.address)).ending;
  expect(limited).toMatchObject({ class: 'rate_limited', message: 'come back later' });
  const wait = Date.parse(limited.resetsAt!) - Date.now();
  expect(wait).toBeGreaterThan(3_500_000);
  expect(far.asked).toHaveLength(1);
});

it.each([
  ['auth', { status: 401, error: 'no such key' }, 'no such key'],
  [
    'context_overflow',
    { status: 400, error: 'the request exceeds the available context size' },
    'context size',
  ],
  ['crashed', { status: 404, error: 'model "tiny" not found, try pulling it first' }, 'ollama pull tiny'],
  ['crashed', { status: 400, error: 'registry/tiny does not support tools' }, 'cannot call tools'],
  ['refused', { text: 'No.', finish: 'content_filter' }, 'No.'],
  ['no_result', {}, 'before it had said or done anything'],
] as const)('ends as %s after %j', async (kind, reply, words) => {
  const model = await endpoint([reply]);
  const { ending } = await room.run(model.address);
  expect(ending).toMatchObject({ class: kind, message: expect.stringContaining(words) as string });
});

it('summarises the older part of a conversation when it fills the model, and keeps the task', async () => {
  await room.dispose();
  room = createLocalRoom({ contextTokens: 3_000 });
  room.put('big.txt', 'words of a file\n'.repeat(400));
  const model = await endpoint([
    (request) => {
      const text = JSON.stringify(request);
      if (!request.tools) return { text: 'big.txt holds words.' };
      if (text.includes('big.txt holds words.')) return DONE;
      const from = request.messages.length * 10;
      return { ...call('read_file', { path: 'big.txt', start_line: from }), tokens: text.length / 4 };
    },
  ]);
  const { ending, events } = await room.run(model.address, { prompt: 'Count the words of all files.' });
  expect(ending.class).toBe('ok');
  const last = JSON.stringify(model.asked.at(-1)!.messages);
  expect(last).toContain('Count the words of all files.');
  expect(last.length).toBeLessThan(3_000 * 4);
  expect(JSON.stringify(events)).toContain('its older part was summarised');
  // The summary is paid for as well.
  const told = model.asked.filter(({ tools }) => !tools).length;
  expect(told).toBe(1);
});

it('shortens a conversation that the model refuses as too long, and goes on', async () => {
  room.put('big.txt', 'words of a file\n'.repeat(400));
  const tooLong: Reply = { status: 400, error: 'the request exceeds the available context size' };
  const model = await endpoint([
    call('read_file', { path: 'big.txt' }),
    (request) => (JSON.stringify(request).length > 6_000 ? tooLong : DONE),
  ]);
  expect((await room.run(model.address)).ending.class).toBe('ok');
  expect(model.asked).toHaveLength(3);
});

it('goes on with its conversation, which lies outside of the worktree, and knows when it is gone', async () => {
  const model = await endpoint([{ text: 'The first answer.' }, DONE]);
  const first = (await room.run(model.address)).ending;
  const second = (await room.run(model.address, { sessionId: first.sessionId, prompt: 'And now?' })).ending;
  expect(second.sessionId).toBe(first.sessionId);
  expect(second.tokensIn).toBe(100);
  expect(model.asked[1]!.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
  expect(readdirSync(join(room.folder, 'conversations'))).toEqual([`${String(first.sessionId)}.json`]);
  const gone = (await room.run(model.address, { sessionId: '../../etc/passwd' })).ending;
  expect(gone.class).toBe('session_unknown');
});

it('stops at the limit on calls, and before that at a model that repeats itself', async () => {
  room.put('a.txt', 'a');
  const varied = await endpoint([
    (request) => call('search', { pattern: `x${String(request.messages.length)}` }),
  ]);
  const limited = await room.run(varied.address, { turnLimit: 5 });
  expect(limited.ending.class).toBe('turn_limit');
  expect(varied.asked).toHaveLength(5);
  const same = await endpoint([call('read_file', { path: 'a.txt' })]);
  const { ending, events } = await room.run(same.address);
  expect(ending).toMatchObject({
    class: 'no_result',
    message: expect.stringContaining('over and over') as string,
  });
  expect(results(events).slice(2, 4)).toEqual(['a', expect.stringContaining('several times in a row')]);
});

it('keeps tokens unknown when the endpoint does not tell them', async () => {
  const model = await endpoint([{ ...DONE, tokens: null }]);
  const { ending, events } = await room.run(model.address);
  expect(ending).toMatchObject({ class: 'ok', tokensIn: 0, tokensOut: 0, costMicroUsd: null });
  expect(events.some(({ type }) => type === 'usage')).toBe(false);
  expect(JSON.stringify(events)).toContain('does not tell how many tokens');
});

it('asks Ollama which model there is, how much it holds and whether it can call tools', async () => {
  const pages = (capabilities: string[]): Record<string, object> => ({
    '/api/version': { version: '0.12.6' },
    '/api/tags': { models: [{ name: 'small:latest', size: 5 }] },
    '/api/ps': { models: [{ name: 'small:latest', context_length: 4_096 }] },
    '/api/show': { capabilities },
  });
  const able = await endpoint([DONE], pages(['completion', 'tools']));
  expect((await room.run(able.address)).ending).toMatchObject({ class: 'ok', model: 'small:latest' });
  const mute = await endpoint([DONE], pages(['completion']));
  const { ending } = await room.run(mute.address, { model: 'small' });
  expect(ending).toMatchObject({
    class: 'crashed',
    message: expect.stringContaining('cannot call tools') as string,
  });
  expect(mute.asked).toHaveLength(0);
  const other = await room.run(able.address, { model: 'qwen3' });
  expect(other.ending.message).toContain('ollama pull qwen3');
});

it('says that nothing answers where no endpoint is', async () => {
  const model = await endpoint([DONE]);
  await model.close();
  servers.length = 0;
  const { ending } = await room.run(model.address);
  expect(ending).toMatchObject({
    class: 'network',
    message: expect.stringContaining('Nothing answers at') as string,
  });
});

it('asks its host what other agents ask by the MCP server, waits for the owner, and keeps the token from what it starts', async () => {
  const heard: { token: string | undefined; body: { tool: string; input: object; id?: string } }[] = [];
  const host = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      const asked = JSON.parse(body) as (typeof heard)[number]['body'];
      heard.push({ token: request.headers.authorization, body: asked });
      const waits = asked.tool === 'ask_owner' && heard.filter((one) => one.body.id === asked.id).length < 2;
      response.end(
        JSON.stringify(waits ? { state: 'waiting' } : { state: 'done', text: `Heard ${asked.tool}` }),
      );
    });
  });
  const socket = join(room.folder, 'agents.sock');
  await new Promise<void>((resolve) => host.listen(socket, resolve));
  const model = await endpoint([
    call('report_progress', { text: 'Half done' }),
    call('ask_owner', { question: 'Which colour?' }),
    call('propose_idea', { title: '' }),
    call('shell', { command: 'echo "[$HOMER_MCP_TOKEN]"' }),
    DONE,
  ]);
  const token = 'token-of-this-turn-and-no-other';
  const { ending, events } = await room.run(model.address, {
    riskProfile: 'trusted',
    mcp: { program: 'node', args: [], socket, token, digest: 'd' },
  });
  host.close();
  expect(ending.class).toBe('ok');
  const said = results(events);
  expect(said.slice(0, 2)).toEqual(['Heard report_progress', 'Heard ask_owner']);
  expect(said[2]).toMatch(/propose_idea do not fit.*title/u);
  expect(said[3]).toContain('[]');
  expect(heard.map(({ body }) => body.tool)).toEqual(['report_progress', 'ask_owner', 'ask_owner']);
  expect(heard[0]).toMatchObject({ token: `Bearer ${token}`, body: { input: { text: 'Half done' } } });
  expect(new Set(heard.slice(1).map(({ body }) => body.id)).size).toBe(1);
  const offered = (model.asked[0]?.tools ?? []).map((tool) => tool.function.name);
  expect(offered).toEqual(expect.arrayContaining(['get_goals', 'get_run_context', 'propose_idea']));
});
