import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../domain/primitives.ts';
import { objectAt, textAt } from '../json-event.ts';
import type { DriverLine, Say } from './driver-line.ts';
import { openSession } from './open-session.ts';
import { deniedWords, isOwnTool, outcome, outcomeOf, permissionAsk } from './permission.ts';
import { answerWords, choiceOf, questionIn } from './question.ts';
import { sessionUse } from './session-use.ts';
import { createRpcPeer, NO_METHOD, type RpcAnswer, type RpcPeer } from '../driver/rpc-peer.ts';
import { createToolCalls } from './tool-calls.ts';
import type { CreateDriver } from '../driver/turn-driver.ts';

/** The only version of the protocol there is. */
const VERSION = 1;
/** What does not speak the protocol may just read on; a program on a busy machine may take a while to start. */
const BEGIN_MS = 60_000;
/** A program that asks again and again for what was denied is told so often. */
const MOST_TOLD = 5;
/** A line that is longer is not kept by the spool's reader either. */
const LONGEST_LINE = 1_000_000;
const LONGEST_TEXT = 50_000;

type FailedAt = Extract<DriverLine, { homer: 'failed' }>['at'];

/**
 * One turn over the Agent Client Protocol: initialize, session, prompt. The program is offered neither files nor terminals: it works on the
 * worktree by itself, and what it did is judged after the turn. Each question of leave goes to the host and waits there, also for another host
 * than the one that started the turn; why something was denied is told to the agent once it has ended its answer.
 */
export const createAcpDriver: CreateDriver = (options) => {
  const { turn, print, clock, scope } = options;
  const say: Say = (line) => print(JSON.stringify(line));
  const startedAt = clock.now();
  const cancelled = new AbortController();
  const calls = createToolCalls();
  /** What the agent is to be told once it has answered. */
  let untold: string[] = [];
  let sessionId: string | null = null;
  let lastUpdate = clock.monotonic();
  /** What a session that is gone on with tells of its past is no part of the turn. */
  let listening = false;

  const leave = async (params: JsonObject): Promise<JsonObject> => {
    const call = calls.note(objectAt(params, 'toolCall') ?? {});
    if (turn.server !== undefined && isOwnTool(call)) return outcomeOf(params, { state: 'allowed' });
    const id = randomUUID();
    const question = questionIn(params);
    if (question !== null) {
      const reply = await options.ask(
        { tool: 'ask_owner', id, input: { question: question.text } },
        cancelled.signal,
      );
      const chosen = choiceOf(question, reply);
      if (chosen === null) untold.push(answerWords(question, reply));
      return outcome(chosen);
    }
    const reply = await options.ask({ tool: 'permission', id, input: permissionAsk(call) }, cancelled.signal);
    const words = deniedWords(call, reply);
    if (words !== null) untold.push(words);
    return outcomeOf(params, reply);
  };
  const permission = async (params: JsonObject): Promise<RpcAnswer> => {
    const result = await leave(params);
    return { ok: true, result: cancelled.signal.aborted ? outcome(null) : result };
  };
  const peer: RpcPeer = createRpcPeer({
    send: options.send,
    answer: (method, params) =>
      method === 'session/request_permission'
        ? permission(params)
        : Promise.resolve({ ok: false, code: NO_METHOD, message: `There is no method ${method}.` }),
  });

  const begin = async (): Promise<RpcAnswer | { readonly unspoken: string }> => {
    const late = scope.child('the first answer');
    const answer = await Promise.race([
      peer.request('initialize', {
        protocolVersion: VERSION,
        clientCapabilities: { fs: { readTextFile: false, writeTextFile: false }, terminal: false },
        clientInfo: { name: 'homer', title: 'Homer', version: options.version },
      }),
      new Promise<{ unspoken: string }>((resolve) => {
        clock.after(late, BEGIN_MS, () => resolve({ unspoken: 'it gave no answer within a minute' }));
      }),
    ]);
    await late.close();
    if ('unspoken' in answer) return answer;
    if (!answer.ok) return { unspoken: answer.message };
    const spoken = answer.result['protocolVersion'];
    return spoken === VERSION
      ? answer
      : { unspoken: `it speaks version ${JSON.stringify(spoken ?? null)} of the protocol` };
  };
  const failed = (at: FailedAt, { code, message }: { code: number; message: string }): 'failed' => {
    say({ homer: 'failed', at, code, message });
    return 'failed';
  };

  return {
    receive(line) {
      const message = peer.receive(line);
      if (message === undefined) {
        print(line);
        return;
      }
      if (message === 'answer') return;
      lastUpdate = clock.monotonic();
      if (!listening) return;
      const update = objectAt(message.params, 'update');
      if (update && textAt(update, 'sessionUpdate').startsWith('tool_call')) calls.note(update);
      print(line.length > LONGEST_LINE ? shortened(line) : line);
    },
    async take(prompt) {
      const begun = await begin();
      if ('unspoken' in begun) return begun;
      if (!begun.ok) return { unspoken: begun.message };
      const opened = await openSession(
        {
          request: (method, params) => peer.request(method, params),
          quietSince: () => lastUpdate,
          clock,
          scope,
        },
        turn,
        objectAt(begun.result, 'agentCapabilities'),
        options.token,
      );
      if (!opened.ok) return failed(turn.sessionId === null ? 'session' : 'resume', opened);
      sessionId = opened.id;
      say({ homer: 'session', id: opened.id, model: opened.model });
      listening = true;
      for (let text = prompt, told = 0; ; told += 1) {
        const answer = await peer.request('session/prompt', {
          sessionId: opened.id,
          prompt: [{ type: 'text', text }],
        });
        if (!answer.ok) return failed('prompt', answer);
        say({ homer: 'answered', result: answer.result });
        if (untold.length === 0 || told >= MOST_TOLD || cancelled.signal.aborted) return 'done';
        text = toldOf(untold);
        untold = [];
        say({ homer: 'told', text });
      }
    },
    cancel() {
      cancelled.abort();
      if (sessionId !== null) peer.notify('session/cancel', { sessionId });
    },
    gone: (why) => peer.close(why),
    async ended() {
      if (sessionId === null) return;
      const of = await sessionUse(turn, { id: sessionId, sinceMs: startedAt }, { clock, scope });
      if (of) say({ homer: 'used', of });
    },
  };
};

function toldOf(words: readonly string[]): string {
  return [
    'From the owner of this work:',
    ...words.map((one) => `- ${one}`),
    '',
    'Go on with the task as these words allow. If your work is done already, say so again, with your last line as before.',
  ].join('\n');
}

/** The same message with its long texts cut, so that it is still one. */
function shortened(line: string): string {
  return JSON.stringify(JSON.parse(line), (_key, value: unknown) =>
    typeof value === 'string' && value.length > LONGEST_TEXT
      ? `${value.slice(0, LONGEST_TEXT)}… [${String(value.length)} characters]`
      : value,
  );
}
