import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { createSystemClock } from '../../../shared/clock.ts';
import { createSilentLog } from '../../../shared/log.ts';
import { createScope } from '../../../shared/scope.ts';
import { createRunCommand } from '../../process/run-command.ts';
import type { OpenDoor } from '../../open-door.ts';
import { createHttpFetch } from '../http-fetch.ts';
import type { LoopLine } from '../loop-line.ts';
import { createTools } from '../tools/create-tools.ts';
import { homerTools } from '../tools/homer-tools.ts';
import { createPathGate } from '../tools/path-gate.ts';
import type { RunHere } from '../tools/run-command-tool.ts';
import { KEY_VARIABLE, TOKEN_VARIABLE, turnFileSchema } from '../turn-file.ts';
import { chooseModel } from './choose-model.ts';
import { beginWith, goOnWith } from './conversation.ts';
import { runTurn } from './run-turn.ts';
import { createSessionFiles } from './session-file.ts';

/** Variables that what a tool starts has no business with. */
const OWN = [KEY_VARIABLE, TOKEN_VARIABLE, 'HOMER_PROMPT_FILE', 'HOMER_LOCAL_BASE_URL'];

/**
 * The program of the executor `local`: one turn, told by a file and the prompt on standard input, printed as lines of `loop-line.ts`. It is a
 * child like every other agent's program: ended by SIGTERM, and it takes what its tools started with it.
 */
export async function runLoop(turnFile: string, openDoor: OpenDoor): Promise<number> {
  const turn = turnFileSchema.parse(JSON.parse(readFileSync(turnFile, 'utf8')));
  const prompt = readFileSync(turn.promptFile ?? process.stdin.fd, 'utf8');
  const say = (line: LoopLine): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
  const end = (of: Omit<Extract<LoopLine, { type: 'end' }>, 'type'>): number => {
    say({ type: 'end', ...of });
    return of.class === 'ok' ? 0 : 1;
  };
  const clock = createSystemClock();
  const scope = createScope('agent loop');
  const cancelled = new AbortController();
  const cancel = (): void => {
    cancelled.abort();
    void scope.close().then(() => process.exit(143));
  };
  process.once('SIGTERM', cancel);
  process.once('SIGINT', cancel);

  const key = process.env[KEY_VARIABLE]?.trim() || null;
  const given = Object.entries(process.env).filter(([name]) => !OWN.includes(name));
  const env = Object.fromEntries(
    given.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  const fetch = createHttpFetch(process.env);
  const sessions = createSessionFiles(turn.sessions);
  sessions.prune(clock.now());
  const before = turn.sessionId === null ? undefined : sessions.load(turn.sessionId);
  if (turn.sessionId !== null && before === undefined)
    return end({
      class: 'session_unknown',
      message: `The conversation ${turn.sessionId} is not there any more.`,
      resetsAt: null,
    });

  const asking = { fetch, clock, address: turn.baseUrl, key };
  const chosen = await chooseModel(asking, turn.model);
  if (!chosen.ok) {
    const { tag, message, hint } = chosen.error;
    const kind = tag === 'endpoint_unreachable' ? 'network' : tag === 'endpoint_auth' ? 'auth' : 'crashed';
    return end({ class: kind, message: hint === undefined ? message : `${message} ${hint}`, resetsAt: null });
  }
  const { name: model, kind } = chosen.value;
  const id = turn.sessionId ?? randomUUID();
  say({ type: 'session', id, model });

  const runCommand = createRunCommand({ clock, log: createSilentLog() });
  const gate = await createPathGate(turn.worktree, turn.policy);
  const run: RunHere = (command, timeoutMs, outputLimit) =>
    runCommand({
      command,
      cwd: gate.root,
      timeoutMs,
      env,
      // The turn's own: whatever a tool leaves behind is found by it. Tools run one after the other.
      tag: turn.tag,
      scope,
      graceMs: 500,
      ...(outputLimit === undefined ? {} : { outputLimit }),
    });
  const token = process.env[TOKEN_VARIABLE];
  const homers =
    turn.door === null || !token
      ? []
      : homerTools(openDoor({ socket: turn.door, token, clock, scope }), cancelled.signal);
  let known = turn.contextTokens ?? chosen.value.contextTokens;
  let asks = 0;
  const provider = createOpenAICompatible({
    name: 'local',
    baseURL: turn.baseUrl,
    includeUsage: true,
    fetch,
    ...(key === null ? {} : { apiKey: key }),
  });
  const ending = await runTurn(
    {
      model: provider.chatModel(model),
      tools: [...createTools(turn, gate, run), ...homers],
      callLimit: turn.callLimit,
      // Ollama tells how much a model holds once it is loaded, which is after the first answer.
      contextTokens: async () => {
        if (known !== null || kind !== 'ollama' || asks === 3) return known;
        asks += 1;
        const again = await chooseModel(asking, model);
        known = again.ok ? again.value.contextTokens : null;
        return known;
      },
      clock,
      scope,
      signal: cancelled.signal,
      say,
      save: (talk) => {
        sessions.save(id, talk);
      },
    },
    before === undefined ? beginWith(prompt) : goOnWith(before, prompt),
  );
  await scope.close();
  return end(ending);
}
