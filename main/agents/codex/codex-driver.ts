import type { JsonObject } from '../../domain/primitives.ts';
import { objectAt, textAt } from '../json-event.ts';
import { createRpcPeer, NO_METHOD, type RpcAnswer, type RpcPeer } from '../driver/rpc-peer.ts';
import type { CreateDriver } from '../driver/turn-driver.ts';
import { createCodexApprovals } from './codex-approvals.ts';

/** What is wanted of a thread and of its turn, in the words of the app server. */
export type CodexWish = Readonly<Record<'thread' | 'turn', JsonObject>>;

/** A start takes a second or two, more on a busy machine. */
const BEGIN_MS = 60_000;

/** Told again at the end as a whole, or of no use to a turn: with each word of the model a line, the spool would fill with them. */
const UNHEARD = [
  'command/exec/outputDelta',
  'item/agentMessage/delta',
  'item/commandExecution/outputDelta',
  'item/fileChange/outputDelta',
  'item/fileChange/patchUpdated',
  'item/mcpToolCall/progress',
  'item/plan/delta',
  'item/reasoning/summaryPartAdded',
  'item/reasoning/summaryTextDelta',
  'item/reasoning/textDelta',
  'process/outputDelta',
  'remoteControl/status/changed',
  'thread/started',
  'turn/diff/updated',
];

/**
 * One turn of Codex by its app server: a thread is begun or gone on with, the prompt is its turn, and what its sandbox keeps back it asks here.
 * A stop interrupts the turn, so that the thread knows of it when it is gone on with.
 */
export const createCodexDriver: CreateDriver = ({ turn: of, send, print, ask, version, clock, scope }) => {
  const cancelled = new AbortController();
  let thread = '';
  let turn = '';
  let over: (status: string) => void = () => undefined;
  const ended = new Promise<string>((resolve) => {
    over = resolve;
  });
  const approvals = createCodexApprovals({
    ask,
    cancelled: cancelled.signal,
    tell: (text) =>
      peer.request('turn/steer', { threadId: thread, expectedTurnId: turn, input: [said(text)] }),
  });
  const peer: RpcPeer = createRpcPeer({
    send,
    async answer(method, params) {
      const result = await approvals.answer(method, params);
      return result === undefined
        ? { ok: false, code: NO_METHOD, message: `There is no method ${method}.` }
        : { ok: true, result };
    },
  });
  const partOf = (name: keyof CodexWish): JsonObject => objectAt(of.wish, name) ?? {};
  const interrupt = (): void => {
    if (turn !== '') void peer.request('turn/interrupt', { threadId: thread, turnId: turn });
  };

  const begin = async (): Promise<RpcAnswer | null> => {
    const late = scope.child('the first answer');
    const answer = await Promise.race([
      peer.request('initialize', {
        clientInfo: { name: 'homer', title: 'Homer', version },
        capabilities: {
          experimentalApi: false,
          requestAttestation: false,
          optOutNotificationMethods: UNHEARD,
        },
      }),
      clock.sleep(late, BEGIN_MS).then(() => null),
    ]);
    await late.close();
    return answer;
  };
  const heed = (method: string, params: JsonObject): void => {
    approvals.heed(method, params);
    // Agents of its own have threads of their own.
    if (thread !== '' && textAt(params, 'threadId') !== thread) return;
    if (method === 'turn/started') turn = textAt(objectAt(params, 'turn'), 'id');
    if (method === 'turn/completed') over(textAt(objectAt(params, 'turn'), 'status'));
  };

  return {
    receive(line) {
      print(line);
      const message = peer.receive(line);
      if (typeof message === 'object') heed(message.method, message.params);
    },
    async take(prompt) {
      const begun = await begin();
      if (begun?.ok !== true)
        return { unspoken: begun?.message ?? 'its app server gave no answer within a minute' };
      peer.notify('initialized');
      const opened =
        of.sessionId === null
          ? await peer.request('thread/start', partOf('thread'))
          : await peer.request('thread/resume', {
              ...partOf('thread'),
              threadId: of.sessionId,
              excludeTurns: true,
            });
      // Of an older version that has no such threads; a thread that is not there is no matter of how it is asked for.
      if (!opened.ok) return of.sessionId === null ? { unspoken: opened.message } : 'failed';
      thread = textAt(objectAt(opened.result, 'thread'), 'id');
      const started = await peer.request('turn/start', {
        ...partOf('turn'),
        threadId: thread,
        input: [said(prompt)],
      });
      if (!started.ok) return 'failed';
      turn ||= textAt(objectAt(started.result, 'turn'), 'id');
      if (cancelled.signal.aborted) interrupt();
      return (await ended) === 'completed' ? 'done' : 'failed';
    },
    cancel() {
      cancelled.abort();
      interrupt();
    },
    gone(why) {
      peer.close(why);
      over('gone');
    },
  };
};

function said(text: string): JsonObject {
  return { type: 'text', text, text_elements: [] };
}
