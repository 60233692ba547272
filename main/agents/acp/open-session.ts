import type { JsonObject } from '../../domain/primitives.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Scope } from '../../shared/scope.ts';
import { objectAt, objectsAt, textAt, textOrNullAt } from '../json-event.ts';
import type { RpcAnswer } from '../driver/rpc-peer.ts';
import { TOKEN_VARIABLE, type TurnFile } from '../driver/turn-file.ts';

export type OpenedSession =
  | { readonly ok: true; readonly id: string; readonly model: string | null }
  | { readonly ok: false; readonly code: number; readonly message: string };

/** A program that tells the past of a session does so without a pause. */
const QUIET_MS = 300;
const MOST_PAST_MS = 10_000;
/** Tools that are handed over come while the first answer is made; a model that was asked at once would not see them. */
const TOOLS_MS = 2_000;

/**
 * Begins a session, or goes on with one: by `session/resume`, which is silent, or else by `session/load`, after which some programs still tell its
 * past when they have answered. Asks for the model of the turn where the session lists it and has another.
 */
export async function openSession(
  at: {
    request: (method: string, params: object) => Promise<RpcAnswer>;
    /** When the program told something last, on the monotonic clock. */
    quietSince: () => number;
    clock: Clock;
    scope: Scope;
  },
  turn: TurnFile,
  capabilities: JsonObject | undefined,
  /** For Homer's tools. */
  token: string,
): Promise<OpenedSession> {
  const { worktree: cwd, server } = turn;
  const env = [{ name: TOKEN_VARIABLE, value: token }];
  const mcpServers = server === undefined ? [] : [{ name: 'homer', ...server, env }];
  const before = turn.sessionId;
  const resumes = objectAt(objectAt(capabilities, 'sessionCapabilities'), 'resume') !== undefined;
  if (before !== null && !resumes && capabilities?.['loadSession'] !== true)
    return { ok: false, code: 0, message: `The session ${before} was not found: sessions are not kept.` };
  const answer =
    before === null
      ? await at.request('session/new', { cwd, mcpServers })
      : await at.request(resumes ? 'session/resume' : 'session/load', { sessionId: before, cwd, mcpServers });
  if (!answer.ok) return answer;
  const id = before ?? textAt(answer.result, 'sessionId');
  if (id === '') return { ok: false, code: 0, message: 'The program began a session without a name.' };
  if (before !== null && !resumes) await pastIsTold(at);
  if (server !== undefined) await at.clock.sleep(at.scope, TOOLS_MS);
  return { ok: true, id, model: await chooseModel(at.request, id, turn.model, answer.result) };
}

async function pastIsTold({
  quietSince,
  clock,
  scope,
}: {
  quietSince: () => number;
  clock: Clock;
  scope: Scope;
}): Promise<void> {
  const since = clock.monotonic();
  for (;;) {
    const now = clock.monotonic();
    const left = Math.max(since, quietSince()) + QUIET_MS - now;
    if (left <= 0 || now - since > MOST_PAST_MS || scope.closed) return;
    await clock.sleep(scope, left);
  }
}

/** What the session works with, as the program names it; null when it does not tell. */
async function chooseModel(
  request: (method: string, params: object) => Promise<RpcAnswer>,
  sessionId: string,
  wanted: string | null,
  session: JsonObject,
): Promise<string | null> {
  const option = objectsAt(session, 'configOptions').find((one) => one['id'] === 'model');
  const told =
    textOrNullAt(option, 'currentValue') ?? textOrNullAt(objectAt(session, 'models'), 'currentModelId');
  // A name of the program's own making, such as for a model that variables name, is none that a price is known by.
  const current = told?.startsWith('$') === true ? null : told;
  if (wanted === null || current === wanted) return current;
  if (!objectsAt(option, 'options').some((one) => one['value'] === wanted)) return current;
  const set = await request('session/set_config_option', { sessionId, configId: 'model', value: wanted });
  return set.ok ? wanted : current;
}
