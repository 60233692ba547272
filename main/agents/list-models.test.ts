import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ModelList } from '../domain/agent/model-list.ts';
import { builtInPrices } from '../domain/cost/price-table.ts';
import { createSystemClock } from '../shared/clock.ts';
import { createSilentLog } from '../shared/log.ts';
import { unwrap } from '../shared/result.ts';
import { createExecutors } from './create-executors.ts';
import { createModelLists, type ListModels, type ModelPlace } from './list-models.ts';
import { createRunCommand } from './process/run-command.ts';
import { createTestRoom, type TestRoom } from './testing/test-room.ts';

let room: TestRoom;
let bin: string;
let lists: ListModels;
beforeEach(() => {
  room = createTestRoom();
  bin = join(room.folder, 'bin');
  mkdirSync(bin);
  const clock = createSystemClock();
  const log = createSilentLog();
  const env = { PATH: `${bin}:/usr/bin:/bin`, HOME: room.folder, HOMER_LOCAL_API_KEY: 'of the owner' };
  const local = {
    settings: () => ({ baseUrl: 'http://127.0.0.1:9', model: '', contextTokens: 0 }),
    launch: () => ({ ok: true as const, value: { program: '/bin/true', args: [] } }),
    sessions: room.folder,
  };
  lists = createModelLists({
    env,
    executors: createExecutors({
      env,
      clock,
      log,
      folder: join(room.folder, 'agents'),
      driver: () => null,
      local,
    }),
    run: createRunCommand({ clock, log }),
    scope: room.scope,
    cwd: room.worktree,
    clock,
    prices: () => builtInPrices,
  });
});
afterEach(() => room.dispose());

const list = async (name: string, places: ModelPlace[] = [], fresh = false): Promise<ModelList> =>
  unwrap(await lists(name, places, fresh));
const names = ({ models }: ModelList): string[] => models.map(({ name }) => name);

function install(name: string, script: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, name), 0o755);
}

it('asks codex for its catalog, without what it hides, and believes what it last had from its provider', async () => {
  const catalog = (...slugs: string[]): string =>
    JSON.stringify({
      models: slugs.map((slug, nth) => ({
        slug,
        priority: 9 - nth,
        visibility: slug.includes('review') ? 'hide' : 'list',
        context_window: 272_000,
      })),
    });
  install(
    'codex',
    `echo 'WARNING: no aliases' >&2\n[ "$1" = debug ] && echo '${catalog('gpt-a', 'gpt-review', 'gpt-b')}'`,
  );
  const built = await list('codex');
  expect(built).toMatchObject({ source: 'program', endpoints: [], note: '' });
  expect(built.models).toEqual([
    { name: 'gpt-b', contextTokens: 272_000, tools: null, loaded: null },
    { name: 'gpt-a', contextTokens: 272_000, tools: null, loaded: null },
  ]);
  mkdirSync(join(room.folder, '.codex'));
  writeFileSync(join(room.folder, '.codex', 'models_cache.json'), catalog('gpt-new'));
  // A list is kept for a while, unless it is asked for anew.
  expect(names(await list('codex'))).toEqual(['gpt-b', 'gpt-a']);
  expect(names(await list('codex', [], true))).toEqual(['gpt-new']);
});

it('asks codex for each account by its own folder, and says which of them has a model that not all have', async () => {
  install('codex', '[ "$1" = debug ] && cat "$CODEX_HOME/bundled" 2>/dev/null || exit 1');
  const account = (label: string, file: string, slugs: readonly string[], key?: string): ModelPlace => {
    const home = join(room.folder, label);
    mkdirSync(home);
    const models = slugs.map((slug) => ({ slug, supported_in_api: !slug.endsWith('-plan') }));
    writeFileSync(join(home, file), JSON.stringify({ models }));
    const env = { CODEX_HOME: home, ...(key === undefined ? {} : { CODEX_API_KEY: key }) };
    return { accountId: label, label, version: 1, env };
  };
  const found = await list('codex', [
    account('work', 'models_cache.json', ['gpt-a', 'gpt-b-plan']),
    // What it has not had from its provider yet is built in.
    account('spare', 'bundled', ['gpt-a', 'gpt-c']),
    account('keyed', 'models_cache.json', ['gpt-a', 'gpt-b-plan'], 'sk-1'),
  ]);
  expect(found.models.map(({ name, accounts }) => [name, accounts])).toEqual([
    ['gpt-a', undefined],
    ['gpt-b-plan', ['work']],
    ['gpt-c', ['spare']],
  ]);
});

it('takes the names of the price table where a program has no list, or does not tell it', async () => {
  const claude = await list('claude');
  expect(claude.source).toBe('prices');
  expect(names(claude)).toContain('claude-opus-5-5');
  expect(names(claude).every((name) => name.startsWith('claude-') && !name.endsWith('*'))).toBe(true);
  install('codex', 'echo "error: unrecognized subcommand"; exit 2');
  expect(await list('codex')).toMatchObject({
    source: 'prices',
    note: 'This version of Codex does not tell its models.',
  });
  expect(await list('shell')).toMatchObject({ source: 'none', models: [] });
  expect(await lists('nobody', [], false)).toMatchObject({ ok: false, error: { tag: 'executor_unknown' } });
});

it('reads the lines of opencode and the configuration of kimi', async () => {
  install(
    'opencode',
    'echo "Performing one time migration..."; echo opencode/big-pickle; echo openrouter/qwen/qwen3:free',
  );
  expect(names(await list('opencode'))).toEqual(['opencode/big-pickle', 'openrouter/qwen/qwen3:free']);
  mkdirSync(join(room.folder, '.kimi-code'));
  writeFileSync(
    join(room.folder, '.kimi-code', 'config.toml'),
    'default_model = "kimi-code/k3"\n[providers.x]\napi_key = "k"\n[models.plain]\nmodel = "p"\n[models."kimi-code/k3"]\nmax_context_size = 1_048_576\n',
  );
  expect((await list('kimi')).models).toMatchObject([
    { name: 'kimi-code/k3', contextTokens: 1_048_576 },
    { name: 'plain', contextTokens: null },
  ]);
});

it('joins the models of several endpoints, and says which of them does not answer', async () => {
  const keys: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    if (request.url === '/v1/models') keys.push(request.headers.authorization);
    response.statusCode = request.url === '/v1/models' ? 200 : 404;
    response.end(JSON.stringify({ data: [{ id: 'qwen3', context_length: 32_768 }] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/v1`;
  const place = (label: string, url: string, key?: string): ModelPlace => ({
    accountId: label,
    label,
    version: 1,
    env: { HOMER_LOCAL_BASE_URL: url, ...(key === undefined ? {} : { HOMER_LOCAL_API_KEY: key }) },
  });
  const found = await list('local', [
    place('desk', address, 'secret'),
    place('twin', address),
    place('rack', 'http://127.0.0.1:9'),
  ]);
  server.close();
  expect(found).toMatchObject({ source: 'endpoint', models: [{ name: 'qwen3', contextTokens: 32_768 }] });
  expect(found.endpoints).toMatchObject([
    { accountId: 'desk', address, state: 'ready', models: 1, problem: '' },
    { accountId: 'twin', state: 'ready' },
    { accountId: 'rack', state: 'unreachable', models: 0 },
  ]);
  expect(found.endpoints[2]?.problem).toContain('Nothing answers');
  // The owner's own key goes to no account's address.
  expect(keys).toEqual(['Bearer secret', undefined]);
  expect(JSON.stringify(found)).not.toContain('secret');
});
