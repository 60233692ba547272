import { join } from 'node:path';
import type { Clock } from '../../shared/clock.ts';
import { ok, type Result } from '../../shared/result.ts';
import { groupTag } from '../process/child-environment.ts';
import type { Executor, ExecutorInfo } from '../executor.ts';
import type { Launch } from '../node-program.ts';
import { endpointAddress, isLoopback, OLLAMA } from './endpoint-address.ts';
import { endpointModels } from './endpoint-models.ts';
import { stateOf, toldBy, troubled } from './endpoint-health.ts';
import { createHttpFetch } from './http-fetch.ts';
import { createLocalParser } from './local-parser.ts';
import { KEY_VARIABLE, type TurnFile } from './turn-file.ts';

const NAME = 'local';
const LABEL = 'Local model';
/** Where the models are, before what the settings say. */
const ADDRESS_VARIABLE = 'HOMER_LOCAL_BASE_URL';
const TURN_FILE = 'turn.json';
const DETECTION_MS = 1_000;
/** A small model that has not come to an end by then will not. */
const CALLS = 100;
const COMMAND_LIMIT_MS = 600_000;

/** What the owner set for this executor; empty texts: nothing. */
export interface LocalSettings {
  readonly baseUrl: string;
  readonly model: string;
  /** 0: as the endpoint tells. */
  readonly contextTokens: number;
  /** Addresses of accounts, which turns are taken at instead. */
  readonly endpoints?: readonly string[];
}

/** A model behind any endpoint that speaks as OpenAI's does, worked with by Homer's own loop, which is a child like other agents'. */
export function createLocalExecutor(options: {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly settings: () => LocalSettings;
  /** How the loop is started: a program and the arguments before its own. */
  readonly launch: () => Result<Launch>;
  /** Folder for conversations. */
  readonly sessions: string;
}): Executor {
  const addressIn = (env: Readonly<Record<string, string | undefined>>): string =>
    env[ADDRESS_VARIABLE] || options.settings().baseUrl || OLLAMA;

  return {
    name: NAME,
    label: LABEL,
    takesMcp: true,
    addressVariable: ADDRESS_VARIABLE,
    passEnv: [ADDRESS_VARIABLE, 'HOMER_LOCAL_MODEL'],
    signInEnv: [KEY_VARIABLE],
    async detect({ env }) {
      const info = (
        more: Pick<ExecutorInfo, 'found' | 'usable' | 'note'> & Partial<ExecutorInfo>,
      ): ExecutorInfo => ({
        name: NAME,
        label: LABEL,
        path: null,
        version: null,
        signedIn: 'unknown',
        ...more,
      });
      const launch = options.launch();
      if (!launch.ok) return info({ found: false, usable: false, note: launch.error.message });
      const own = options.settings().endpoints ?? [];
      // Turns are taken by accounts once there are any; how each is doing is asked for by whoever wants to know.
      if (own.length > 0)
        return info({
          path: own[0] ?? null,
          found: true,
          usable: true,
          note: `${own.length === 1 ? 'An account with an endpoint' : `${String(own.length)} accounts with endpoints`} of its own.`,
        });
      const address = endpointAddress(addressIn(env));
      if (!address.ok) return info({ found: false, usable: false, note: address.error.message });
      const at = { path: address.value, signedIn: env[KEY_VARIABLE] ? 'yes' : 'unknown' } as const;
      // Only this machine is asked without being told to.
      if (!isLoopback(address.value))
        return info({
          ...at,
          found: true,
          usable: true,
          note: 'Another machine: it is not asked before a run uses it.',
        });
      const found = await endpointModels({
        fetch: createHttpFetch({}),
        clock: options.clock,
        address: address.value,
        key: env[KEY_VARIABLE] || null,
        limitMs: DETECTION_MS,
        only: '',
      });
      if (!found.ok) return info({ ...at, found: false, usable: false, note: found.error.message });
      const { models, kind, version } = found.value;
      return info({
        ...at,
        found: true,
        usable: models.length > 0,
        version,
        note:
          models.length === 0
            ? 'It has no model. With Ollama, fetch one: ollama pull qwen3'
            : `${kind === 'ollama' ? 'Ollama' : 'An endpoint'} with ${String(models.length)} ${models.length === 1 ? 'model' : 'models'}.`,
      });
    },
    async models({ env }) {
      const given = addressIn(env);
      const address = endpointAddress(given);
      if (!address.ok)
        return ok(troubled(given, 'wrong', `${address.error.message} ${address.error.hint ?? ''}`));
      const found = await endpointModels({
        fetch: createHttpFetch(env),
        clock: options.clock,
        address: address.value,
        key: env[KEY_VARIABLE] || null,
      });
      return ok(
        found.ok
          ? toldBy(found.value)
          : troubled(address.value, stateOf(found.error.tag), found.error.message),
      );
    },
    command(order, at) {
      const launch = options.launch();
      if (!launch.ok) return launch;
      const address = endpointAddress(order.account?.baseUrl ?? addressIn(at.env));
      if (!address.ok) return address;
      const settings = options.settings();
      const turn: TurnFile = {
        version: 1,
        worktree: order.worktree,
        promptFile: null,
        baseUrl: address.value,
        model: order.model ?? (at.env['HOMER_LOCAL_MODEL'] || settings.model || null),
        contextTokens: settings.contextTokens || null,
        sessionId: order.sessionId,
        sessions: order.account?.home ? join(order.account.home, 'sessions') : options.sessions,
        policy: order.policy,
        riskProfile: order.riskProfile,
        reading: (order.reading ?? null) !== null,
        testCommand: order.testCommand,
        callLimit: order.turnLimit ?? CALLS,
        commandLimitMs: Math.min(COMMAND_LIMIT_MS, order.timeLimitMs),
        tag: groupTag(order),
        door: order.mcp?.socket ?? null,
      };
      return ok({
        program: launch.value.program,
        args: [...launch.value.args, join(at.folder, TURN_FILE)],
        env: {},
        stdin: 'prompt',
        files: [{ path: TURN_FILE, text: JSON.stringify(turn) }],
      });
    },
    createParser: (turn) => createLocalParser(turn),
  };
}
