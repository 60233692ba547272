import type { JsonObject } from '../../domain/primitives.ts';
import { isObject, textAt } from '../json-event.ts';

/** The answer to a request: what was asked for, or why not. */
export type RpcAnswer =
  | { readonly ok: true; readonly result: JsonObject }
  | { readonly ok: false; readonly code: number; readonly message: string };

/**
 * One side of JSON-RPC over lines. Written here and not taken from the protocol's library, because each agent at work pays for this process
 * (`docs/decisions/0205-a-driver-of-the-turn-speaks-the-protocol.md`). Not every program says `jsonrpc`.
 */
export interface RpcPeer {
  /** Takes a line of the other side; undefined when it is no message. */
  receive(line: string): RpcMessage | undefined;
  request(method: string, params: object): Promise<RpcAnswer>;
  notify(method: string, params?: object): void;
  /** Answers all that waits with a failure, once nobody is there any more. */
  close(why: string): void;
}

export type RpcMessage = 'answer' | { readonly method: string; readonly params: JsonObject };

/** As the specification numbers them. */
export const NO_METHOD = -32_601;
const CLOSED = -32_000;
const INTERNAL = -32_603;

export function createRpcPeer(options: {
  send: (line: string) => void;
  /** Answers a request of the other side; never rejects. */
  answer: (method: string, params: JsonObject) => Promise<RpcAnswer>;
}): RpcPeer {
  const waiting = new Map<number, (answer: RpcAnswer) => void>();
  let last = 0;
  let closed: string | undefined;
  const say = (message: object): void => {
    options.send(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  };

  return {
    receive(line) {
      const message = messageIn(line);
      if (message === undefined) return undefined;
      const { id, method } = message;
      if (typeof method !== 'string') {
        if (typeof id === 'number') {
          waiting.get(id)?.(answerIn(message));
          waiting.delete(id);
        }
        return 'answer';
      }
      const params = isObject(message['params']) ? message['params'] : {};
      if (typeof id === 'number' || typeof id === 'string')
        void options.answer(method, params).then((answer) => {
          if (closed === undefined)
            say(
              answer.ok
                ? { id, result: answer.result }
                : { id, error: { code: answer.code, message: answer.message } },
            );
        });
      return { method, params };
    },
    request(method, params) {
      if (closed !== undefined) return Promise.resolve({ ok: false, code: CLOSED, message: closed });
      last += 1;
      const id = last;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        say({ id, method, params });
      });
    },
    notify(method, params) {
      if (closed === undefined) say({ method, ...(params === undefined ? {} : { params }) });
    },
    close(why) {
      closed ??= why;
      for (const tell of waiting.values()) tell({ ok: false, code: CLOSED, message: why });
      waiting.clear();
    },
  };
}

function messageIn(line: string): JsonObject | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) && ('method' in value || 'id' in value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

function answerIn(message: JsonObject): RpcAnswer {
  const { result, error } = message;
  if (!isObject(error)) return { ok: true, result: isObject(result) ? result : {} };
  const { code } = error;
  const told = textAt(error, 'message') || 'It told an error without a word.';
  return {
    ok: false,
    code: typeof code === 'number' ? code : INTERNAL,
    message: withDetails(told, error['data']),
  };
}

/** Programs keep what went wrong in `data` where the message names its kind alone. */
function withDetails(message: string, data: unknown): string {
  const details = isObject(data) ? textAt(data, 'details') || textAt(data, 'message') : data;
  return typeof details === 'string' && details !== '' && !message.includes(details)
    ? `${message}: ${details}`
    : message;
}
