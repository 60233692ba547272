import { join } from 'node:path';
import type { Clock } from '../../shared/clock.ts';
import { fail, ok } from '../../shared/result.ts';
import type { RiskProfile } from '../../domain/risk/gate.ts';
import { driverCommand } from '../driver/driver-command.ts';
import type { Executor, ExecutorCommand } from '../executor.ts';
import { MCP_WAIT_MS, type McpGrant, type RunOrder } from '../runner.ts';
import type { Launch } from '../node-program.ts';
import { locateProgram, platformBinary } from '../locate-program.ts';
import { codexModels } from './codex-models.ts';
import { createCodexParser } from './codex-parser.ts';
import { CODEX_TESTED, detectCodex } from './detect-codex.ts';
import type { CodexWish } from './codex-driver.ts';

/** No look for updates, no analytics, no list of plugins from the network. */
const SWITCHES = [
  '-c',
  'check_for_update_on_startup=false',
  '-c',
  'analytics.enabled=false',
  '--disable',
  'plugins',
] as const;

/**
 * What Codex may do, by its own sandbox: write in the worktree alone; with `balanced` also reach the network, as installing a package
 * does; with `trusted` whatever it wants.
 */
const SANDBOX: Readonly<Record<RiskProfile, readonly string[]>> = {
  strict: ['-c', 'sandbox_mode="workspace-write"', '-c', 'sandbox_workspace_write.network_access=false'],
  balanced: ['-c', 'sandbox_mode="workspace-write"', '-c', 'sandbox_workspace_write.network_access=true'],
  trusted: ['-c', 'sandbox_mode="danger-full-access"'],
};

const READING = ['-c', 'sandbox_mode="read-only"'] as const;
const SCHEMA_FILE = 'reply-schema.json';

/**
 * How a turn is asked for by the app server. The thread begins as one that only reads and each turn says what it may: a thread that may write
 * has Codex note its folder, which is gone after the run, as trusted in the owner's configuration.
 */
function wishOf({ worktree, model, riskProfile }: RunOrder): CodexWish {
  const approval = { approvalPolicy: 'on-request', approvalsReviewer: 'user' };
  return {
    thread: { cwd: worktree, sandbox: 'read-only', ...approval, ...(model === null ? {} : { model }) },
    turn: {
      ...approval,
      sandboxPolicy: {
        type: 'workspaceWrite',
        writableRoots: [],
        networkAccess: riskProfile === 'balanced',
        excludeTmpdirEnvVar: false,
        excludeSlashTmp: false,
      },
    },
  };
}

function homerTools(mcp: McpGrant): string[] {
  return [
    '-c',
    `mcp_servers.homer.command=${JSON.stringify(mcp.program)}`,
    '-c',
    `mcp_servers.homer.args=${JSON.stringify(mcp.args)}`,
    '-c',
    // By name: the value is in no command line.
    'mcp_servers.homer.env_vars=["HOMER_MCP_TOKEN"]',
    '-c',
    `mcp_servers.homer.tool_timeout_sec=${String(MCP_WAIT_MS / 1_000)}`,
    '-c',
    'mcp_servers.homer.default_tools_approval_mode="approve"',
  ];
}

/**
 * Codex: by its app server where it may ask its owner, else in its `exec` mode with JSON events. It has no limit on turns or cost of its own.
 */
export function createCodexExecutor(options: {
  /** The host's environment, for finding the program. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** How the driver of its app server is started; null: it is not, and nothing is asked. */
  readonly driver?: () => Launch | null;
}): Executor {
  return {
    name: 'codex',
    label: 'Codex',
    takesMcp: true,
    modelPrefix: 'gpt-',
    homeVariable: 'CODEX_HOME',
    guide: {
      install: 'npm install -g @openai/codex',
      signIn: 'Run codex login, or give an account its key.',
      tested: CODEX_TESTED,
    },
    passEnv: ['OPENAI_BASE_URL', 'OPENAI_ORGANIZATION', 'OPENAI_PROJECT'],
    signInEnv: ['CODEX_HOME', 'CODEX_API_KEY', 'OPENAI_API_KEY', 'CODEX_ACCESS_TOKEN'],
    detect: (room) => detectCodex(findCodex(options.env), room),
    models: (room) => codexModels(findCodex(options.env), room),
    command(order, at) {
      const program = findCodex(options.env);
      if (program === undefined)
        return fail('program_missing', 'Codex was not found.', {
          hint: 'Install Codex, or name its program in HOMER_CODEX_PATH, and start the run again.',
        });
      const { mcp } = order;
      const settings = [...SWITCHES, ...(mcp === null ? [] : homerTools(mcp))];
      const sandbox = order.reading ? READING : SANDBOX[order.riskProfile];
      const exec = [
        'exec',
        '--json',
        '--skip-git-repo-check',
        ...settings,
        '-c',
        'approval_policy="never"',
        ...sandbox,
        ...(order.reading ? ['--output-schema', join(at.folder, SCHEMA_FILE)] : []),
        ...(order.model === null ? [] : ['-m', order.model]),
        ...(order.sessionId === null ? [] : ['resume', order.sessionId]),
        '-',
      ];
      const env = order.account?.home ? { CODEX_HOME: order.account.home } : {};
      const plain: ExecutorCommand = {
        program,
        args: exec,
        env,
        stdin: 'prompt',
        files: order.reading ? [{ path: SCHEMA_FILE, text: JSON.stringify(order.reading.schema) }] : [],
      };
      // Where nothing is kept back, or nobody can be asked, the simpler way does.
      const asks = mcp !== null && !order.reading && order.riskProfile !== 'trusted';
      const driver = asks ? (options.driver?.() ?? null) : null;
      if (driver === null || mcp === null) return ok(plain);
      return ok(
        driverCommand(driver, plain, at, {
          protocol: 'codex',
          args: ['app-server', ...settings],
          worktree: order.worktree,
          sessionId: order.sessionId,
          model: order.model,
          wish: wishOf(order),
          mcp,
        }),
      );
    },
    createParser: (turn) => createCodexParser(turn, options.clock),
  };
}

/** The binary itself: the script that npm puts on the PATH only starts it as a child, which signals do not reach. */
function findCodex(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const found = locateProgram('codex', env);
  if (found === undefined) return undefined;
  const target = `${process.platform}-${process.arch}`;
  const triple = TRIPLES[target];
  const inside = triple === undefined ? undefined : `vendor/${triple}/bin/codex`;
  if (inside === undefined) return found.real;
  return platformBinary(found.real, [`@openai/codex-${target}`, '@openai/codex'], inside) ?? found.real;
}

const TRIPLES: Readonly<Record<string, string>> = {
  'linux-x64': 'x86_64-unknown-linux-musl',
  'linux-arm64': 'aarch64-unknown-linux-musl',
  'darwin-x64': 'x86_64-apple-darwin',
  'darwin-arm64': 'aarch64-apple-darwin',
};
