import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../domain/primitives.ts';
import { objectAt, textAt } from '../json-event.ts';
import type { DriverLine, Say } from './driver-line.ts';
import { openSession } from './open-session.ts';
import { deniedWords, outcomeOf, permissionAsk } from './permission.ts';
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
  const cancelled = new AbortController();
  const calls = createToolCalls();
  let denied: string[] = [];
  let sessionId: string | null = null;
  let lastUpdate = clock.monotonic();
  /** What a session that is gone on with tells of its past is no part of the turn. */
  let listening = false;

  const permission = async (params: JsonObject): Promise<RpcAnswer> => {
    const call = calls.note(objectAt(params, 'toolCall') ?? {});
    const reply = await options.ask(
      { tool: 'permission', id: randomUUID(), input: permissionAsk(call) },
      cancelled.signal,
    );
    if (cancelled.signal.aborted) return { ok: true, result: { outcome: { outcome: 'cancelled' } } };
    const words = deniedWords(call, reply);
    if (words !== null) denied.push(words);
    return { ok: true, result: outcomeOf(params, reply) };
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
        if (denied.length === 0 || told >= MOST_TOLD || cancelled.signal.aborted) return 'done';
        text = toldOf(denied);
        denied = [];
        say({ homer: 'told', text });
      }
    },
    cancel() {
      cancelled.abort();
      if (sessionId !== null) peer.notify('session/cancel', { sessionId });
    },
    gone: (why) => peer.close(why),
  };
};

function toldOf(denied: readonly string[]): string {
  return [
    'You may not do this:',
    ...denied.map((one) => `- ${one}`),
    '',
    'Go on with the task without it, in a way that these words allow. If your work is done already, say so again, with your last line as before.',
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
