import { z } from 'zod';
import { failureSchema, type ContractFailure, type Reply } from '../../preload/contract/errors.ts';
import type { Bridge } from '../../preload/contract/live.ts';
import {
  operations,
  type Call,
  type InputOf,
  type OperationName,
  type OutputOf,
} from '../../preload/contract/operations.ts';

/** Carries one call and answers with whatever came back; throws only when nothing did. */
export type Carrier = (name: OperationName, input: unknown) => Promise<unknown>;

/** The desktop host: over the one function the preload script exposes. */
export function createBridgeCarrier(bridge: Bridge): Carrier {
  return (name, input) => bridge.call(name, input);
}

/** The headless host: `POST api/<operation>` beside the document, with the cookie of the page. */
export function createHttpCarrier(fetch: typeof globalThis.fetch, base: string): Carrier {
  return async (name, input) => {
    const response = await fetch(new URL(`api/${name}`, base), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      credentials: 'same-origin',
      body: JSON.stringify(input),
    });
    return (await response.json()) as unknown;
  };
}

const replySchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: failureSchema }),
]);

const unreachable: ContractFailure = {
  tag: 'unreachable',
  message: 'Homer did not answer.',
  hint: 'It keeps trying; if it stays away, start Homer again.',
};

function malformed(name: string): ContractFailure {
  return {
    tag: 'invalid_output',
    message: `Homer answered ${name} in a way this window does not understand.`,
    hint: 'Reload the window: it may be older than the runtime.',
  };
}

/** The typed client: failures are values, answers are what the contract says or a failure. */
export function createCall(carry: Carrier): Call {
  return async <N extends OperationName>(name: N, input: InputOf<N>): Promise<Reply<OutputOf<N>>> => {
    let answer: unknown;
    try {
      answer = await carry(name, input);
    } catch {
      // Nothing came back, or nothing that is JSON: from here that is the same as nobody being there.
      return { ok: false, error: unreachable };
    }
    const reply = replySchema.safeParse(answer);
    if (!reply.success) return { ok: false, error: malformed(name) };
    if (!reply.data.ok) return reply.data;
    const value = operations[name].output.safeParse(reply.data.value);
    return value.success
      ? { ok: true, value: value.data as OutputOf<N> }
      : { ok: false, error: malformed(name) };
  };
}
