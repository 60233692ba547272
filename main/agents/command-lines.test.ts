import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { unwrap } from '../shared/result.ts';
import { createDeclaredExecutor } from './declared/declared-executor.ts';
import { readForm } from './declared/read-form.ts';
import type { TurnFile } from './driver/turn-file.ts';
import type { Executor } from './executor.ts';
import { createGeminiExecutor } from './gemini/gemini-executor.ts';
import { createKimiExecutor } from './kimi/kimi-executor.ts';
import { createOpencodeExecutor } from './opencode/opencode-executor.ts';
import type { RunOrder } from './runner.ts';
import { orderIn } from './testing/test-room.ts';

let home = '';
let env: Record<string, string> = {};

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'homer agents '));
  env = { PATH: join(home, 'bin'), HOME: home, HOMER_NODE_PATH: process.execPath };
  put('bin/node', '');
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

/** A program as a package manager leaves it: a link on the PATH to a script in its package. */
function install(name: string, script: string, text = '#!/usr/bin/env node\n'): string {
  const path = put(`lib/node_modules/${script}`, text);
  mkdirSync(join(home, 'bin'), { recursive: true });
  symlinkSync(path, join(home, 'bin', name));
  return path;
}
function put(path: string, text: string): string {
  const whole = join(home, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, text);
  chmodSync(whole, 0o755);
  return whole;
}
const command = (executor: Executor, more: Partial<RunOrder> = {}) =>
  executor.command({ ...orderIn(home, ''), ...more }, { folder: '/turn', env });
const MCP = {
  program: 'node',
  args: ['homer.js', 'mcp'],
  socket: '/data/agents.sock',
  token: 'run-token-1',
  digest: 'd',
};
const qwen = () =>
  createDeclaredExecutor(
    unwrap(readForm('qwen.json', readFileSync(join(import.meta.dirname, 'declared', 'qwen.json'), 'utf8'))),
    env,
  );

it('starts Gemini CLI without its relauncher, on settings of the turn laid over the owner’s', () => {
  const script = install('gemini', '@google/gemini-cli/bundle/gemini.js');
  put('.gemini/settings.json', '{ // mine\n "ui": {"theme": "a//b"}, "general": {"vimMode": true} }');
  put('.gemini/oauth_creds.json', '{}');
  const made = unwrap(
    command(createGeminiExecutor({ env }), { model: 'm', sessionId: 's', turnLimit: 7, mcp: MCP }),
  );
  expect(made.program).toBe(process.execPath);
  expect(made.args.slice(0, 3)).toEqual([script, '--output-format', 'stream-json']);
  expect(made.args.join(' ')).toContain('--approval-mode yolo --skip-trust --model m --resume s');
  expect(made.env).toMatchObject({ GEMINI_CLI_NO_RELAUNCH: 'true', GEMINI_CLI_HOME: '/turn/home' });
  expect(made.stdin).toBe('prompt');
  expect(JSON.parse(made.files[0]?.text ?? '')).toMatchObject({
    ui: { theme: 'a//b' },
    general: { vimMode: true, enableAutoUpdate: false },
    privacy: { usageStatisticsEnabled: false },
    telemetry: { enabled: false },
    model: { maxSessionTurns: 7 },
    mcpServers: { homer: { command: 'node', args: MCP.args } },
  });
  expect(made.links?.map(({ path, to }) => [path, to])).toContainEqual([
    'home/.gemini/oauth_creds.json',
    join(home, '.gemini', 'oauth_creds.json'),
  ]);
  expect(made.links?.filter(({ folder }) => folder).map(({ path }) => path)).toEqual([
    'home/.gemini/tmp',
    'home/.gemini/history',
  ]);
  expect(unwrap(command(createGeminiExecutor({ env }), { riskProfile: 'strict' })).args.join(' ')).toContain(
    '--approval-mode auto_edit',
  );
  put('.gemini/settings.json', '{ "ui": ');
  expect(command(createGeminiExecutor({ env }))).toMatchObject({
    ok: false,
    error: { tag: 'agent_settings_unreadable' },
  });
});

it('starts the binary of opencode itself, never the script that only complains, and lets nothing be asked', () => {
  install('opencode', 'opencode-ai/bin/opencode.exe', 'echo "postinstall was not run" >&2\n');
  const name = `opencode-${process.platform}-${process.arch}`;
  const binary = put(`lib/node_modules/${name}/bin/opencode`, '\u007fELF\0');
  const made = unwrap(command(createOpencodeExecutor({ env }), { model: 'a/b' }));
  expect(made.program).toBe(binary);
  expect(made.args).toEqual([
    'run',
    '--format',
    'json',
    '--thinking',
    '--title',
    expect.stringContaining('Homer run-'),
    '--model',
    'a/b',
  ]);
  const permission = (riskProfile: RunOrder['riskProfile']) => {
    const made = unwrap(command(createOpencodeExecutor({ env }), { riskProfile }));
    return (JSON.parse(made.env['OPENCODE_CONFIG_CONTENT'] ?? '') as { permission: unknown }).permission;
  };
  expect(permission('strict')).toMatchObject({ edit: 'allow', bash: 'deny', webfetch: 'deny' });
  expect(permission('balanced')).toMatchObject({ edit: 'allow', bash: 'allow', external_directory: 'deny' });
  expect(permission('trusted')).toMatchObject({ bash: 'allow', external_directory: 'allow' });
  for (const profile of ['strict', 'balanced', 'trusted'] as const)
    expect(JSON.stringify(permission(profile))).not.toContain('ask');
  expect(unwrap(command(createOpencodeExecutor({ env }), { sessionId: 's' })).args).toContain('--session');
});

it('gives Kimi Code its prompt as an argument, and only tools that edit under the strict profile', () => {
  const script = install('kimi', '@moonshot-ai/kimi-code/dist/main.mjs');
  const kimi = createKimiExecutor({ env });
  const made = unwrap(command(kimi, { prompt: 'Do it.', turnLimit: 5 }));
  expect(made.args).toEqual([script, '--output-format', 'stream-json', '--prompt', 'Do it.']);
  expect(made).toMatchObject({ stdin: 'nothing', env: { KIMI_LOOP_MAX_STEPS_PER_TURN: '5' }, files: [] });
  const strict = unwrap(command(kimi, { riskProfile: 'strict' }));
  expect(strict.args.join(' ')).toContain('--agent-file /turn/agent.md');
  expect(strict.files[0]?.text).toContain('tools: [Read, Write, Edit, Glob, Grep, ');
  const resumed = unwrap(command(kimi, { riskProfile: 'strict', sessionId: 's' })).args.join(' ');
  expect(resumed).toContain('--session s');
  expect(resumed).not.toContain('--agent-file');
  expect(command(kimi, { prompt: 'x'.repeat(200_000) })).toMatchObject({
    ok: false,
    error: { tag: 'prompt_too_long' },
  });
});

it('gives Kimi Code the tools of Homer in a home of the turn, beside the servers of the owner', () => {
  install('kimi', '@moonshot-ai/kimi-code/dist/main.mjs');
  const kimi = createKimiExecutor({ env });
  put('.kimi-code/mcp.json', '{"mcpServers":{"mine":{"url":"http://localhost:1/mcp"}}}');
  put('.kimi-code/config.toml', '');
  const made = unwrap(command(kimi, { riskProfile: 'strict', mcp: MCP }));
  expect(made.env['KIMI_CODE_HOME']).toBe('/turn/home');
  const servers = made.files.find(({ path }) => path === 'home/mcp.json');
  expect(JSON.parse(servers?.text ?? '')).toMatchObject({
    mcpServers: {
      mine: { url: 'http://localhost:1/mcp' },
      homer: { command: 'node', args: MCP.args, env: { HOMER_MCP_TOKEN: MCP.token } },
    },
  });
  const links = new Map((made.links ?? []).map(({ path, to }) => [path, to]));
  expect(links.get('home/config.toml')).toBe(join(home, '.kimi-code/config.toml'));
  expect(links.get('home/sessions')).toBe(join(home, '.kimi-code/sessions'));
  expect(links.has('home/mcp.json')).toBe(false);
  expect(made.files.find(({ path }) => path === 'agent.md')?.text).toContain('mcp__homer__*');
  expect(made.args.join(' ')).not.toContain(MCP.token);
  put('.kimi-code/mcp.json', '{"mcpServers":[');
  expect(command(kimi, { mcp: MCP })).toMatchObject({
    ok: false,
    error: { tag: 'agent_settings_unreadable' },
  });
});

it('starts by its form the script of Qwen Code that does not start itself anew', () => {
  install('qwen', '@qwen-code/qwen-code/cli-entry.js');
  const entry = put('lib/node_modules/@qwen-code/qwen-code/cli.js', '');
  const made = unwrap(command(qwen(), { model: 'm', turnLimit: 9, riskProfile: 'strict' }));
  expect(made.args[0]).toBe(entry);
  expect(made.args.join(' ')).toContain('--approval-mode auto-edit --model m --max-session-turns 9');
  expect(made.env['QWEN_CODE_SYSTEM_SETTINGS_PATH']).toBe('/turn/settings.json');
  expect(made.args).not.toContain('--mcp-config');
  const given = unwrap(command(qwen(), { mcp: MCP }));
  expect(given.args.join(' ')).toContain('--mcp-config /turn/mcp.json');
  const servers = given.files.find(({ path }) => path === 'mcp.json');
  expect(JSON.parse(servers?.text ?? '')).toMatchObject({
    mcpServers: { homer: { command: 'node', trust: true, env: { HOMER_MCP_TOKEN: MCP.token } } },
  });
  expect(unwrap(command(qwen(), { sessionId: 's' })).args.join(' ')).toContain(
    '--approval-mode yolo --resume s',
  );
});

it('gives each program the folder of an account, and no key of the owner’s', () => {
  install('gemini', '@google/gemini-cli/bundle/gemini.js');
  install('kimi', '@moonshot-ai/kimi-code/dist/main.mjs');
  install('opencode', 'opencode-ai/bin/opencode', '\u007fELF\0');
  install('qwen', '@qwen-code/qwen-code/cli-entry.js');
  const account = { id: 'a', label: 'Second', env: {}, home: '/accounts/second' };
  expect(unwrap(command(createKimiExecutor({ env }), { account })).env['KIMI_CODE_HOME']).toBe(account.home);
  expect(unwrap(command(createOpencodeExecutor({ env }), { account })).env['XDG_DATA_HOME']).toBe(
    '/accounts/second/data',
  );
  expect(unwrap(command(createGeminiExecutor({ env }), { account })).links?.[0]?.to).toBe(
    '/accounts/second/.gemini/tmp',
  );
  expect(unwrap(command(qwen(), { account })).env['QWEN_HOME']).toBe(account.home);
  for (const executor of [
    createGeminiExecutor({ env }),
    createKimiExecutor({ env }),
    createOpencodeExecutor({ env }),
    qwen(),
  ])
    expect(executor.passEnv.filter((name) => executor.signInEnv.includes(name))).toEqual([]);
});

it('says what to install when the program, or a Node that is new enough for it, is not there', () => {
  for (const executor of [
    createGeminiExecutor({ env }),
    createKimiExecutor({ env }),
    createOpencodeExecutor({ env }),
    qwen(),
  ])
    expect(command(executor)).toMatchObject({ ok: false, error: { tag: 'program_missing' } });
  install('kimi', '@moonshot-ai/kimi-code/dist/main.mjs');
  put('old/bin/node', '');
  put(
    'old/include/node/node_version.h',
    '#define NODE_MAJOR_VERSION 20\n#define NODE_MINOR_VERSION 1\n#define NODE_PATCH_VERSION 0\n',
  );
  env = { PATH: `${join(home, 'bin')}:${join(home, 'old/bin')}`, HOME: home };
  rmSync(join(home, 'bin/node'));
  const made = command(createKimiExecutor({ env }));
  // The old one is passed over; what Homer itself runs on is new enough.
  expect(made).toMatchObject({ ok: true, value: { program: process.execPath } });
});

it('tells found programs from missing ones, with their version and sign-in, and asks no network', async () => {
  install('kimi', '@moonshot-ai/kimi-code/dist/main.mjs');
  const asked: (readonly string[])[] = [];
  const room = {
    env,
    ask: async (program: string, args: readonly string[]) => {
      asked.push([program, ...args]);
      return { exitCode: 0, output: 'kimi version 2.1.0\n' };
    },
  };
  const kimi = createKimiExecutor({ env });
  expect(await kimi.detect(room)).toMatchObject({
    found: true,
    usable: true,
    version: '2.1.0',
    signedIn: 'no',
  });
  put('.kimi-code/credentials/kimi-code.json', '{}');
  expect(await kimi.detect(room)).toMatchObject({ signedIn: 'yes', note: 'Ready.' });
  expect(asked[0]?.slice(-1)).toEqual(['--version']);
  expect(await createGeminiExecutor({ env }).detect(room)).toMatchObject({ found: false, usable: false });
  expect(await kimi.detect({ env, ask: async () => null })).toMatchObject({
    usable: false,
    note: expect.stringContaining('did not tell its version'),
  });
});

it('holds every program to reading while it plans, whatever the profile of the project', () => {
  install('kimi', '@moonshot-ai/kimi-code/dist/main.mjs');
  install('gemini', '@google/gemini-cli/bundle/gemini.js');
  install('opencode', 'opencode-ai/bin/opencode.exe');
  put(`lib/node_modules/opencode-${process.platform}-${process.arch}/bin/opencode`, '\u007fELF\0');
  const order = { riskProfile: 'trusted', reading: { schema: { type: 'object' } } } as const;
  const kimi = unwrap(command(createKimiExecutor({ env }), order));
  expect(kimi.files[0]?.text).toContain('tools: [Read, Glob, Grep]');
  expect(unwrap(command(createGeminiExecutor({ env }), order)).args.join(' ')).toContain(
    '--approval-mode default',
  );
  const { env: given } = unwrap(command(createOpencodeExecutor({ env }), order));
  expect(JSON.parse(given['OPENCODE_CONFIG_CONTENT'] ?? '')).toMatchObject({
    permission: { edit: 'deny', bash: 'deny', webfetch: 'deny', external_directory: 'deny' },
  });
});

it('has a strict turn of Gemini CLI taken by the driver, told of both ways, and no other turn', () => {
  const script = install('gemini', '@google/gemini-cli/bundle/gemini.js');
  const gemini = createGeminiExecutor({ env, driver: () => ({ program: 'node24', args: ['/driver.js'] }) });
  const strict = { riskProfile: 'strict', mcp: MCP, sessionId: 's', model: 'm' } as const;
  const made = unwrap(command(gemini, strict));
  expect([made.program, ...made.args]).toEqual(['node24', '/driver.js', '/turn/turn.json']);
  expect(made.stdin).toBe('prompt');
  const turn = JSON.parse(made.files.find(({ path }) => path === 'turn.json')?.text ?? '') as TurnFile;
  expect(turn).toMatchObject({ program: process.execPath, sessionId: 's', socket: MCP.socket });
  expect(turn.args).toEqual([
    script,
    '--acp',
    '--approval-mode',
    'auto_edit',
    '--skip-trust',
    '--model',
    'm',
  ]);
  expect(turn.plain.args).toEqual(expect.arrayContaining(['--resume', 's']));
  expect(JSON.stringify(turn)).not.toContain(MCP.token);
  for (const other of [
    { ...strict, riskProfile: 'balanced' },
    { ...strict, mcp: null },
    { ...strict, reading: { schema: {} } },
  ] as const)
    expect(unwrap(command(gemini, other)).program).toBe(process.execPath);
});

it('has strict turns of opencode and Qwen Code asked for as well, each in its own way', () => {
  const driver = () => ({ program: 'node24', args: ['/driver.js'] });
  install('opencode', 'opencode/bin/opencode', '\u007fELF\0');
  const qwenScript = install('qwen', '@qwen-code/qwen-code/cli.js');
  const turnOf = (executor: Executor) => {
    const made = unwrap(command(executor, { riskProfile: 'strict', mcp: MCP, model: 'a/b', sessionId: 's' }));
    expect(made.program).toBe('node24');
    const turn = JSON.parse(made.files.find(({ path }) => path === 'turn.json')?.text ?? '') as TurnFile;
    return { made, turn };
  };
  const opencode = turnOf(createOpencodeExecutor({ env, driver }));
  expect(opencode.turn).toMatchObject({ protocol: 'acp', args: ['acp'], model: 'a/b' });
  const asking = opencode.made.env['OPENCODE_CONFIG_CONTENT'] ?? '';
  expect(JSON.parse(asking)).toMatchObject({
    model: 'a/b',
    permission: { edit: 'allow', bash: 'ask', webfetch: 'deny', external_directory: 'deny' },
  });
  expect(opencode.made.env['OPENCODE_SERVER_PASSWORD']).toMatch(/^[0-9a-f-]{36}$/u);
  // Without the protocol it must not ask: it would stop there.
  expect(opencode.turn.plain.env['OPENCODE_CONFIG_CONTENT']).toContain('"bash":"deny"');

  const form = unwrap(
    readForm('qwen.json', readFileSync(join(import.meta.dirname, 'declared', 'qwen.json'), 'utf8')),
  );
  expect(turnOf(createDeclaredExecutor(form, env, null, driver)).turn).toMatchObject({
    args: [qwenScript, '--acp', '--approval-mode', 'auto-edit', '--model', 'a/b'],
    server: { command: MCP.program, args: MCP.args },
  });
});
