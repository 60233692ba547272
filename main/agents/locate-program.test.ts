import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createManualClock } from '../shared/clock.ts';
import { unwrap } from '../shared/result.ts';
import { createClaudeExecutor } from './claude/claude-executor.ts';
import { createCodexExecutor } from './codex/codex-executor.ts';
import { locateProgram } from './locate-program.ts';
import type { RunOrder } from './runner.ts';
import type { TurnFile } from './driver/turn-file.ts';
import { orderIn } from './testing/test-room.ts';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'homer-locate-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function program(path: string): string {
  const whole = join(folder, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, '#!/bin/sh\n');
  chmodSync(whole, 0o755);
  return whole;
}

/** As npm leaves a package: a link on the PATH to a script, and the binary in a package beside it. */
function installed(name: string, script: string, binary: string): { PATH: string; binary: string } {
  const to = program(`lib/node_modules/${script}`);
  mkdirSync(join(folder, 'bin'), { recursive: true });
  symlinkSync(to, join(folder, 'bin', name));
  return { PATH: join(folder, 'bin'), binary: program(`lib/node_modules/${binary}`) };
}

const place = { folder: '/turn/private', env: {} };
const order = (more: Partial<RunOrder>): RunOrder => ({ ...orderIn('/work', ''), ...more });
const target = `${process.platform}-${process.arch}`;

it('finds a program where the owner says, on the PATH, or where installers put it, in this order', () => {
  const env = { HOME: folder, PATH: join(folder, 'bin') };
  const usual = program('.local/bin/claude');
  expect(locateProgram('claude', env)?.path).toBe(usual);
  const onPath = program('bin/claude');
  expect(locateProgram('claude', env)?.path).toBe(onPath);
  const chosen = program('elsewhere/claude');
  expect(locateProgram('claude', { ...env, HOMER_CLAUDE_PATH: chosen })?.path).toBe(chosen);
  expect(locateProgram('claude', { ...env, HOMER_CLAUDE_PATH: '/not/there' })).toBeUndefined();
});

it('starts the binary of Claude Code instead of the script of its package, and holds it to the risk profile', () => {
  const found = installed(
    'claude',
    '@anthropic-ai/claude-code/bin/claude.exe',
    `@anthropic-ai/claude-code-${target}/claude`,
  );
  const claude = createClaudeExecutor({ env: found, superuser: false });
  const made = (more: Partial<RunOrder>) => unwrap(claude.command(order(more), place));
  expect(made({}).program).toBe(found.binary);
  const strict = made({
    riskProfile: 'strict',
    sessionId: 's-1',
    model: 'opus',
    turnLimit: 3,
    costLeftMicroUsd: 1_500_000,
  });
  expect(strict.args).toEqual(expect.arrayContaining(['acceptEdits', '--resume', 's-1', '--model', 'opus']));
  expect(strict.args.join(' ')).toContain('--max-turns 3 --max-budget-usd 1.500000');
  expect(strict.args.join(' ')).not.toContain('Bash');
  expect(made({ riskProfile: 'balanced' }).args.join(' ')).toContain('--allowedTools Bash');
  expect(made({ riskProfile: 'trusted' }).args).toContain('bypassPermissions');
  const root = createClaudeExecutor({ env: found, superuser: true });
  const trusted = unwrap(root.command(order({ riskProfile: 'trusted' }), place)).args;
  expect(trusted).not.toContain('bypassPermissions');
});

it('hands Claude Code its servers in a private file, and an account by its folder', () => {
  const found = installed(
    'claude',
    '@anthropic-ai/claude-code/bin/claude.exe',
    `@anthropic-ai/claude-code-${target}/claude`,
  );
  const command = unwrap(
    createClaudeExecutor({ env: found }).command(
      order({
        mcp: {
          program: '/usr/bin/node',
          args: ['homer.js', 'mcp'],
          socket: '/data/agents.sock',
          token: 'of-this-run',
          digest: 'd',
        },
        account: { id: 'a', label: 'A', env: { ANTHROPIC_API_KEY: 'k' }, home: '/homes/a' },
      }),
      place,
    ),
  );
  expect(command.args.join(' ')).toContain('--mcp-config /turn/private/mcp.json');
  expect(command.args.join(' ')).not.toContain('of-this-run');
  expect(command.files[0]?.text).toContain('"HOMER_MCP_TOKEN":"of-this-run"');
  expect(command.env).toMatchObject({ CLAUDE_CONFIG_DIR: '/homes/a', DISABLE_AUTOUPDATER: '1' });
});

it.runIf(process.platform === 'linux' && process.arch === 'x64')(
  'starts the binary of Codex instead of its launcher, in the sandbox of the risk profile',
  () => {
    const found = installed(
      'codex',
      '@openai/codex/bin/codex.js',
      '@openai/codex-linux-x64/vendor/x86_64-unknown-linux-musl/bin/codex',
    );
    const codex = createCodexExecutor({
      env: found,
      clock: createManualClock(),
      driver: () => ({ program: 'node24', args: ['/driver.js'] }),
    });
    const made = (more: Partial<RunOrder>) => unwrap(codex.command(order(more), place));
    expect(made({}).program).toBe(found.binary);
    expect(made({ riskProfile: 'strict' }).args).toEqual(
      expect.arrayContaining([
        'sandbox_mode="workspace-write"',
        'sandbox_workspace_write.network_access=false',
      ]),
    );
    expect(made({ riskProfile: 'trusted' }).args).toContain('sandbox_mode="danger-full-access"');
    expect(made({ sessionId: 't-1' }).args.slice(-3)).toEqual(['resume', 't-1', '-']);
    const mcp = {
      program: '/usr/bin/node',
      args: ['homer.js', 'mcp'],
      socket: '/data/agents.sock',
      token: 'of-this-run',
      digest: 'd',
    };
    const trusted = made({ mcp, riskProfile: 'trusted' });
    expect(JSON.stringify(trusted)).not.toContain('of-this-run');
    expect(trusted.args).toContain('mcp_servers.homer.command="/usr/bin/node"');
    expect(made({ mcp, riskProfile: 'strict', reading: { schema: {} } }).args[0]).toBe('exec');

    // Where its owner can be asked, it is spoken to, and a way without stands ready.
    for (const [riskProfile, networkAccess] of [
      ['strict', false],
      ['balanced', true],
    ] as const) {
      const asking = made({ mcp, riskProfile, sessionId: 't-1' });
      expect([asking.program, ...asking.args]).toEqual([
        'node24',
        '/driver.js',
        join(place.folder, 'turn.json'),
      ]);
      expect(JSON.stringify(asking)).not.toContain('of-this-run');
      const turn = JSON.parse(asking.files[0]?.text ?? '') as TurnFile;
      expect(turn).toMatchObject({ protocol: 'codex', program: found.binary, sessionId: 't-1' });
      expect([turn.args[0], turn.plain.args[0], turn.plain.args.at(-2)]).toEqual([
        'app-server',
        'exec',
        't-1',
      ]);
      expect(turn.wish).toMatchObject({
        thread: { sandbox: 'read-only', approvalPolicy: 'on-request' },
        turn: { sandboxPolicy: { type: 'workspaceWrite', networkAccess } },
      });
    }
  },
);

it('says how to help when a program is missing', () => {
  const env = { PATH: folder, HOME: folder, HOMER_CLAUDE_PATH: '/no', HOMER_CODEX_PATH: '/no' };
  for (const executor of [
    createClaudeExecutor({ env }),
    createCodexExecutor({ env, clock: createManualClock() }),
  ])
    expect(executor.command(order({}), place)).toMatchObject({
      ok: false,
      error: { tag: 'program_missing' },
    });
});
