import { join } from 'node:path';
import type { Clock } from '../../shared/clock.ts';
import { fail, ok } from '../../shared/result.ts';
import type { RiskProfile } from '../../domain/risk/gate.ts';
import type { Executor } from '../executor.ts';
import { MCP_WAIT_MS } from '../runner.ts';
import { locateProgram, platformBinary } from '../locate-program.ts';
import { codexModels } from './codex-models.ts';
import { createCodexParser } from './codex-parser.ts';
import { CODEX_TESTED, detectCodex } from './detect-codex.ts';

/** No look for updates, no analytics, no list of plugins from the network; it never asks, for nobody would answer. */
const SWITCHES = [
  '-c',
  'check_for_update_on_startup=false',
  '-c',
  'analytics.enabled=false',
  '-c',
  'approval_policy="never"',
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

/** Codex, in its `exec` mode with JSON events. It has no limit on turns or cost of its own. */
export function createCodexExecutor(options: {
  /** The host's environment, for finding the program. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
}): Executor {
  return {
    name: 'codex',
    label: 'Codex',
    takesMcp: true,
    modelPrefix: 'gpt-',
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
      const mcp =
        order.mcp === null
          ? []
          : [
              '-c',
              `mcp_servers.homer.command=${JSON.stringify(order.mcp.program)}`,
              '-c',
              `mcp_servers.homer.args=${JSON.stringify(order.mcp.args)}`,
              '-c',
              // By name: the value is in no command line.
              'mcp_servers.homer.env_vars=["HOMER_MCP_TOKEN"]',
              '-c',
              `mcp_servers.homer.tool_timeout_sec=${String(MCP_WAIT_MS / 1_000)}`,
              '-c',
              'mcp_servers.homer.default_tools_approval_mode="approve"',
            ];
      return ok({
        program,
        args: [
          'exec',
          '--json',
          '--skip-git-repo-check',
          ...SWITCHES,
          ...(order.reading ? READING : SANDBOX[order.riskProfile]),
          ...(order.reading ? ['--output-schema', join(at.folder, SCHEMA_FILE)] : []),
          ...mcp,
          ...(order.model === null ? [] : ['-m', order.model]),
          ...(order.sessionId === null ? [] : ['resume', order.sessionId]),
          '-',
        ],
        env: order.account?.home ? { CODEX_HOME: order.account.home } : {},
        stdin: 'prompt',
        files: order.reading ? [{ path: SCHEMA_FILE, text: JSON.stringify(order.reading.schema) }] : [],
      });
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
