import type { ContractFailure, Reply } from '../../preload/contract/errors.ts';
import type { Bridge } from '../../preload/contract/live.ts';
import type { Call, InputOf, OperationName, OutputOf } from '../../preload/contract/operations.ts';

/** Carries one call and answers with whatever came back; throws only when nothing did. */
export type Carrier = (name: OperationName, input: unknown) => Promise<unknown>;

/** The desktop host: over the one function the preload script exposes. */
export function createBridgeCarrier(bridge: Bridge): Carrier {
  return (name, input) => bridge.call(name, input);
}

/** The headless host: `POST api/<operation>` beside the document, with the cookie of the page. What a page sends while it goes arrives all the same. */
export function createHttpCarrier(
  fetch: typeof globalThis.fetch,
  base: string,
  leaving: () => boolean = () => false,
): Carrier {
  return async (name, input) => {
    const response = await fetch(new URL(`api/${name}`, base), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      credentials: 'same-origin',
      keepalive: leaving(),
      body: JSON.stringify(input),
    });
    return (await response.json()) as unknown;
  };
}

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

/** The host holds every answer to the contract before it leaves; here only that it is one of Homer's is looked at. */
export function isReply(answer: unknown): answer is Reply<unknown> {
  if (typeof answer !== 'object' || answer === null || !('ok' in answer)) return false;
  return answer.ok === true ? 'value' in answer : isRefusal(answer);
}

export function isRefusal(answer: unknown): answer is { error: ContractFailure } {
  if (typeof answer !== 'object' || answer === null || !('error' in answer)) return false;
  const { error } = answer;
  return (
    typeof error === 'object' &&
    error !== null &&
    'tag' in error &&
    typeof error.tag === 'string' &&
    'message' in error &&
    typeof error.message === 'string'
  );
}

/** The typed client: failures are values. */
export function createCall(carry: Carrier): Call {
  return async <N extends OperationName>(name: N, input: InputOf<N>): Promise<Reply<OutputOf<N>>> => {
    let answer: unknown;
    try {
      answer = await carry(name, input);
    } catch {
      // Nothing came back, or nothing that is JSON: from here that is the same as nobody being there.
      return { ok: false, error: unreachable };
    }
    return isReply(answer) ? (answer as Reply<OutputOf<N>>) : { ok: false, error: malformed(name) };
  };
}
