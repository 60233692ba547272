import { join } from 'node:path';
import { fail, ok } from '../../shared/result.ts';
import type { Executor } from '../executor.ts';
import { MCP_WAIT_MS } from '../runner.ts';
import { locateProgram, platformBinary } from '../locate-program.ts';
import { createClaudeParser } from './claude-parser.ts';
import { CLAUDE_TESTED, detectClaude } from './detect-claude.ts';
import { permissionArgs, READING_ARGS } from './claude-permissions.ts';

const MCP_FILE = 'mcp.json';

/** No update, no telemetry, no error reports; a refused call is tried again for some ten seconds, not for three minutes. */
const SWITCHES = {
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  DISABLE_AUTOUPDATER: '1',
  DISABLE_TELEMETRY: '1',
  DISABLE_ERROR_REPORTING: '1',
  CLAUDE_CODE_MAX_RETRIES: '4',
} as const;

/** With a tool at work it takes a second and a half to end it and to write its session down, and then ends by itself. */
const GRACE_MS = 3_000;

/** Claude Code, in its headless mode with a stream of JSON events. */
export function createClaudeExecutor(options: {
  /** The host's environment, for finding the program. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether the host is the superuser, for whom Claude Code refuses to bypass permissions. */
  readonly superuser?: boolean;
}): Executor {
  const superuser = options.superuser ?? process.getuid?.() === 0;
  return {
    name: 'claude',
    label: 'Claude Code',
    takesMcp: true,
    graceMs: GRACE_MS,
    modelPrefix: 'claude-',
    guide: {
      install: 'npm install -g @anthropic-ai/claude-code',
      signIn: 'Start claude once and log in, or give an account its key.',
      tested: CLAUDE_TESTED,
    },
    passEnv: [
      'ANTHROPIC_BASE_URL',
      'ANTHROPIC_CUSTOM_HEADERS',
      'ANTHROPIC_MODEL',
      'ANTHROPIC_SMALL_FAST_MODEL',
      'ANTHROPIC_DEFAULT_*',
      'CLAUDE_CODE_USE_*',
      'CLAUDE_CODE_SKIP_*',
      'CLOUD_ML_REGION',
      'API_TIMEOUT_MS',
      'IS_SANDBOX',
    ],
    signInEnv: [
      'ANTHROPIC_API_KEY',
      'ANTHROPIC_AUTH_TOKEN',
      'CLAUDE_CODE_OAUTH_TOKEN',
      'CLAUDE_CONFIG_DIR',
      'ANTHROPIC_VERTEX_*',
      'AWS_*',
      'GOOGLE_APPLICATION_CREDENTIALS',
      'GOOGLE_CLOUD_PROJECT',
    ],
    detect: (ask) => detectClaude(findClaude(options.env), ask),
    command(order, at) {
      const program = findClaude(options.env);
      if (program === undefined)
        return fail('program_missing', 'Claude Code was not found.', {
          hint: 'Install Claude Code, or name its program in HOMER_CLAUDE_PATH, and start the run again.',
        });
      const mcp = order.mcp;
      return ok({
        program,
        args: [
          '-p',
          '--output-format',
          'stream-json',
          '--verbose',
          ...(order.reading
            ? [...READING_ARGS, '--json-schema', JSON.stringify(order.reading.schema)]
            : permissionArgs(order.riskProfile, { superuser, mcp: mcp !== null })),
          ...(order.model === null ? [] : ['--model', order.model]),
          ...(order.sessionId === null ? [] : ['--resume', order.sessionId]),
          ...(order.turnLimit === null ? [] : ['--max-turns', String(order.turnLimit)]),
          ...(order.costLeftMicroUsd === null
            ? []
            : ['--max-budget-usd', (Math.max(1, order.costLeftMicroUsd) / 1e6).toFixed(6)]),
          ...(mcp === null
            ? []
            : [
                '--mcp-config',
                join(at.folder, MCP_FILE),
                '--permission-prompt-tool',
                'mcp__homer__permission',
              ]),
        ],
        env: {
          ...SWITCHES,
          ...(mcp === null ? {} : { MCP_TOOL_TIMEOUT: String(MCP_WAIT_MS) }),
          ...(order.account?.home ? { CLAUDE_CONFIG_DIR: order.account.home } : {}),
        },
        stdin: 'prompt',
        files:
          mcp === null
            ? []
            : [
                {
                  path: MCP_FILE,
                  text: JSON.stringify({
                    mcpServers: {
                      homer: {
                        type: 'stdio',
                        command: mcp.program,
                        args: [...mcp.args, '--permissions'],
                        env: { HOMER_MCP_TOKEN: mcp.token },
                      },
                    },
                  }),
                },
              ],
      });
    },
    createParser: createClaudeParser,
  };
}

/** The binary itself: the script that npm puts on the PATH fails where install scripts are off. */
function findClaude(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const found = locateProgram('claude', env);
  if (found === undefined) return undefined;
  const target = `${process.platform}-${process.arch}`;
  const packages = [`@anthropic-ai/claude-code-${target}`, `@anthropic-ai/claude-code-${target}-musl`];
  return platformBinary(found.real, packages, 'claude') ?? found.real;
}
