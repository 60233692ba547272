import { homedir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '../../domain/primitives.ts';
import { ok } from '../../shared/result.ts';
import { acpCommand } from '../acp/acp-command.ts';
import { createAcpParser } from '../acp/acp-parser.ts';
import { asksOwner } from '../acp/asks-owner.ts';
import { createSpokenParser } from '../driver/spoken-parser.ts';
import type { DetectionRoom, Executor, ExecutorCommand } from '../executor.ts';
import { foundInfo, notFoundInfo } from '../found-info.ts';
import { askVersion, launchOf, type Launch, type NodeNeed } from '../node-program.ts';
import { programMissing } from '../program-missing.ts';
import { headOf, isFile } from '../read-head.ts';
import { MCP_WAIT_MS, type RunOrder } from '../runner.ts';
import type { SignedIn } from '../../domain/account/signed-in.ts';
import { locateProgram } from '../locate-program.ts';
import { geminiHome } from './gemini-home.ts';
import { createGeminiParser } from './gemini-parser.ts';

const NAME = 'gemini';
const LABEL = 'Gemini CLI';
const NEED: NodeNeed = { label: LABEL, node: '20.0.0' };
const TESTED = { from: '0.55.0', below: '0.70.0' };
const SIGN_IN_ENV = [
  'GEMINI_API_KEY',
  'GOOGLE_API_KEY',
  'GOOGLE_GENAI_USE_VERTEXAI',
  'GOOGLE_GENAI_USE_GCA',
  'GOOGLE_APPLICATION_CREDENTIALS',
];
/** A limit is for Homer to wait for: with its own waits the program stands still for four minutes before it says so. */
const MOST_ATTEMPTS = 3;

/** With a tool at work it takes up to two seconds on a busy machine to end that and itself. */
const GRACE_MS = 3_000;

/** Gemini CLI, `@google/gemini-cli`: headless, with its events as JSON lines. */
export function createGeminiExecutor(options: {
  /** The host's environment: where programs are looked for. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How the driver of the Agent Client Protocol is started; null: it is not, and nothing is asked. */
  readonly driver?: () => Launch | null;
}): Executor {
  return {
    name: NAME,
    label: LABEL,
    takesMcp: true,
    graceMs: GRACE_MS,
    modelPrefix: 'gemini-',
    guide: {
      install: 'npm install -g @google/gemini-cli',
      signIn: 'Start gemini once and log in, or set GEMINI_API_KEY.',
      tested: TESTED,
    },
    passEnv: ['GOOGLE_CLOUD_*', 'GOOGLE_GEMINI_BASE_URL', 'GOOGLE_VERTEX_BASE_URL', 'GEMINI_CLI_HOME'],
    signInEnv: SIGN_IN_ENV,
    async detect(room) {
      const found = await askVersion([NAME], NEED, room);
      if (!found) return notFoundInfo(NAME, LABEL);
      return foundInfo(NAME, LABEL, found, TESTED, signedIn(room));
    },
    command(order, at) {
      const located = locateProgram(NAME, options.env);
      if (!located) return programMissing(NAME, LABEL);
      const launch = launchOf(located, NEED, options.env);
      if (!launch.ok) return launch;
      const asking = asksOwner(order) ? (options.driver?.() ?? null) : null;
      const home = geminiHome(
        order.account?.home ?? at.env['GEMINI_CLI_HOME'] ?? at.env['HOME'] ?? homedir(),
        settingsOf(order),
        asking === null ? {} : signInOf(at.env),
      );
      if (!home.ok) return home;
      const plain: ExecutorCommand = {
        program: launch.value.program,
        args: [...launch.value.args, ...argumentsOf(order)],
        env: {
          // It would start itself anew as a child of a parent that no signal stops.
          GEMINI_CLI_NO_RELAUNCH: 'true',
          GEMINI_CLI_HOME: join(at.folder, 'home'),
          NO_BROWSER: 'true',
        },
        stdin: 'prompt',
        ...home.value,
      };
      if (asking === null || order.mcp === null) return ok(plain);
      return ok(
        acpCommand(asking, plain, at, {
          args: [...launch.value.args, ...acpArguments(order)],
          worktree: order.worktree,
          sessionId: order.sessionId,
          model: null,
          mcp: order.mcp,
        }),
      );
    },
    createParser: (turn) =>
      createSpokenParser(turn, LABEL, {
        acp: () => createAcpParser(turn, LABEL),
        plain: () => createGeminiParser(turn),
      }),
  };
}

function argumentsOf({ riskProfile, model, sessionId, reading }: RunOrder): string[] {
  return [
    '--output-format',
    'stream-json',
    // Without a person to ask, the shell is not even offered to the model under auto_edit.
    '--approval-mode',
    // With the mode that asks, nothing that writes is offered.
    reading ? 'default' : riskProfile === 'strict' ? 'auto_edit' : 'yolo',
    '--skip-trust',
    ...(model === null ? [] : ['--model', model]),
    ...(sessionId === null ? [] : ['--resume', sessionId]),
  ];
}

/** What the mode does not allow is asked for, and the model and the mode are the session's. */
function acpArguments({ model }: RunOrder): string[] {
  return [
    '--acp',
    '--approval-mode',
    'auto_edit',
    '--skip-trust',
    ...(model === null ? [] : ['--model', model]),
  ];
}

/** A session of the protocol looks for how it is signed in in the settings alone; without it does by these variables as well. */
function signInOf(env: Readonly<Record<string, string>>): JsonObject {
  const is = (name: string): boolean => env[name] === 'true';
  const selectedType = is('GOOGLE_GENAI_USE_GCA')
    ? 'oauth-personal'
    : is('GOOGLE_GENAI_USE_VERTEXAI')
      ? 'vertex-ai'
      : env['GEMINI_API_KEY']
        ? 'gemini-api-key'
        : null;
  return selectedType === null ? {} : { security: { auth: { selectedType } } };
}

/** These are laid over the owner's own settings. */
function settingsOf({ turnLimit, mcp }: RunOrder): JsonObject {
  return {
    privacy: { usageStatisticsEnabled: false },
    telemetry: { enabled: false },
    general: {
      enableAutoUpdate: false,
      enableAutoUpdateNotification: false,
      maxAttempts: MOST_ATTEMPTS,
    },
    ...(turnLimit === null ? {} : { model: { maxSessionTurns: turnLimit } }),
    ...(mcp === null
      ? {}
      : {
          mcpServers: {
            homer: {
              command: mcp.program,
              args: [...mcp.args],
              env: { HOMER_MCP_TOKEN: mcp.token },
              timeout: MCP_WAIT_MS,
              trust: true,
            },
          },
        }),
  };
}

function signedIn({ env }: DetectionRoom): SignedIn {
  if (SIGN_IN_ENV.some((name) => env[name])) return 'yes';
  const home = env['GEMINI_CLI_HOME'] ?? env['HOME'];
  if (!home) return 'unknown';
  if (isFile(join(home, '.gemini', 'oauth_creds.json'))) return 'yes';
  if (isFile(join(home, '.gemini', '.env'))) return 'unknown';
  // A key that was typed in is in the system's keychain, which only the program itself asks.
  return headOf(join(home, '.gemini', 'settings.json'), 65_536).includes('"selectedType"') ? 'unknown' : 'no';
}
