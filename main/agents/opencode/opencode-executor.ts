import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { JsonObject } from '../../domain/primitives.ts';
import type { SignedIn } from '../../domain/account/signed-in.ts';
import { ok } from '../../shared/result.ts';
import { acpCommand } from '../acp/acp-command.ts';
import { createAcpParser } from '../acp/acp-parser.ts';
import { asksOwner } from '../acp/asks-owner.ts';
import { createSpokenParser } from '../driver/spoken-parser.ts';
import type { DetectionRoom, Executor, ExecutorCommand } from '../executor.ts';
import { foundInfo, notFoundInfo } from '../found-info.ts';
import { locateProgram, platformBinary } from '../locate-program.ts';
import type { Launch } from '../node-program.ts';
import { programMissing } from '../program-missing.ts';
import { headOf } from '../read-head.ts';
import { MCP_WAIT_MS, type RunOrder } from '../runner.ts';
import { versionIn } from '../version-range.ts';
import { opencodeModels, QUIET_ENV } from './opencode-models.ts';
import { createOpencodeParser } from './opencode-parser.ts';

const NAME = 'opencode';
const LABEL = 'opencode';
const TESTED = { from: '1.10.0', below: '2.0.0' };
/** Keys of the providers people use most; others are given by its own sign-in, which is a file. */
const SIGN_IN_ENV = [
  'ANTHROPIC_API_KEY',
  'OPENAI_API_KEY',
  'OPENROUTER_API_KEY',
  'GEMINI_API_KEY',
  'GOOGLE_GENERATIVE_AI_API_KEY',
  'GROQ_API_KEY',
  'MISTRAL_API_KEY',
  'DEEPSEEK_API_KEY',
  'XAI_API_KEY',
  'MOONSHOT_API_KEY',
  'ZAI_API_KEY',
  'OPENCODE_API_KEY',
];

/** opencode, `opencode-ai`: one run, with its events as JSON lines. */
export function createOpencodeExecutor(options: {
  /** The host's environment: where programs are looked for. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How the driver of the Agent Client Protocol is started; null: it is not, and nothing is asked. */
  readonly driver?: () => Launch | null;
}): Executor {
  return {
    name: NAME,
    label: LABEL,
    takesMcp: true,
    guide: {
      install: 'npm install -g opencode-ai',
      signIn: 'Run opencode auth login, or set the key of your provider.',
      tested: TESTED,
    },
    passEnv: ['OPENCODE_CONFIG', 'OPENCODE_CONFIG_DIR'],
    signInEnv: SIGN_IN_ENV,
    async detect(room) {
      const path = locate(room.env);
      if (path === undefined) return notFoundInfo(NAME, LABEL);
      const answer = await room.ask(path, ['--version']);
      const version = answer?.exitCode === 0 ? versionIn(answer.output) : null;
      const trouble = version === null ? 'Found, but it did not tell its version.' : '';
      return foundInfo(NAME, LABEL, { path, version, trouble }, TESTED, signedIn(room));
    },
    models: (room) => opencodeModels(locate(room.env), room),
    command(order, at) {
      const program = locate(options.env);
      if (program === undefined) return programMissing(NAME, LABEL);
      const { sessionId, model, account } = order;
      const plain: ExecutorCommand = {
        program,
        args: [
          'run',
          '--format',
          'json',
          '--thinking',
          // Without a title it pays a second model call for one.
          ...(sessionId === null ? ['--title', `Homer ${order.runId}`] : ['--session', sessionId]),
          ...(model === null ? [] : ['--model', model]),
        ],
        env: {
          OPENCODE_CONFIG_CONTENT: JSON.stringify(configOf(order)),
          ...QUIET_ENV,
          ...(account?.home ? homeOf(account.home) : {}),
        },
        stdin: 'prompt',
        files: [],
      };
      const driver = asksOwner(order) ? (options.driver?.() ?? null) : null;
      if (driver === null || order.mcp === null) return ok(plain);
      return ok(
        acpCommand(driver, plain, at, {
          args: ['acp'],
          worktree: order.worktree,
          sessionId,
          model,
          mcp: order.mcp,
          useArgs: ['export', '{session}'],
          env: {
            OPENCODE_CONFIG_CONTENT: JSON.stringify(askingConfigOf(order)),
            // It listens on this machine while it speaks the protocol; nobody else is to speak to it.
            OPENCODE_SERVER_PASSWORD: randomUUID(),
          },
        }),
      );
    },
    createParser: (turn) =>
      createSpokenParser(turn, LABEL, {
        acp: () => createAcpParser(turn, LABEL, { useComes: true, turnLimit: turn.turnLimit }),
        plain: () => createOpencodeParser(turn),
      }),
  };
}

/** What its package manager put on the PATH may be a script that only complains; the program lies beside it. */
function locate(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const located = locateProgram(NAME, env);
  if (!located) return undefined;
  if (!/opencode-ai/u.test(located.real) || isBinary(located.real)) return located.path;
  const base = `opencode-${process.platform}-${process.arch}`;
  const packages = [base, `${base}-baseline`, `${base}-musl`, `${base}-baseline-musl`];
  return platformBinary(located.real, packages, join('bin', 'opencode')) ?? located.path;
}

function isBinary(path: string): boolean {
  return headOf(path, 64).includes('\0');
}

/**
 * Laid over the owner's own configuration. Nothing is ever asked, because nobody is there: what a profile does not allow is refused, and the
 * agent goes on without it.
 */
function configOf({ riskProfile, mcp, reading }: RunOrder): JsonObject & { permission: JsonObject } {
  const unlessStrict = reading || riskProfile === 'strict' ? 'deny' : 'allow';
  return {
    autoupdate: false,
    share: 'disabled',
    permission: {
      edit: reading ? 'deny' : 'allow',
      bash: unlessStrict,
      webfetch: unlessStrict,
      external_directory: riskProfile === 'trusted' && !reading ? 'allow' : 'deny',
      doom_loop: 'deny',
    },
    ...(mcp === null
      ? {}
      : {
          mcp: {
            homer: {
              type: 'local',
              command: [mcp.program, ...mcp.args],
              enabled: true,
              timeout: MCP_WAIT_MS,
              environment: { HOMER_MCP_TOKEN: mcp.token },
            },
          },
        }),
  };
}

/** Commands are asked for; the protocol has no arguments for model and steps. */
function askingConfigOf(order: RunOrder): object {
  const { permission, ...config } = configOf(order);
  return {
    ...config,
    ...(order.model === null ? {} : { model: order.model }),
    // A title is a second model call.
    agent: { title: { disable: true } },
    permission: { ...permission, bash: 'ask' },
  };
}

/** An account's sign-in and sessions; its configuration stays the owner's. */
function homeOf(home: string): Record<string, string> {
  return {
    XDG_DATA_HOME: join(home, 'data'),
    XDG_STATE_HOME: join(home, 'state'),
    XDG_CACHE_HOME: join(home, 'cache'),
  };
}

function signedIn({ env }: DetectionRoom): SignedIn {
  if (SIGN_IN_ENV.some((name) => env[name])) return 'yes';
  const home = env['HOME'];
  const data = env['XDG_DATA_HOME'] ?? (home ? join(home, '.local', 'share') : undefined);
  if (data === undefined) return 'unknown';
  // Without any it may still use a model of this machine, or one that its own service gives away.
  return headOf(join(data, 'opencode', 'auth.json')).includes('"type"') ? 'yes' : 'unknown';
}
