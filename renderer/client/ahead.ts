import type { Reply } from '../../preload/contract/errors.ts';
import type { Call, InputOf, OperationName, OutputOf } from '../../preload/contract/operations.ts';
import type { RendererClock } from './clock.ts';

/** An answer that nobody has come for by then is too old to be given. */
const keptMs = 5_000;

export interface Ahead {
  readonly call: Call;
  /** Asks once `ready` is there; the first call of the same within five seconds gets that answer, and none after it. */
  ahead<N extends OperationName>(name: N, input: InputOf<N>, ready: Promise<unknown>): void;
  /** Something has changed: what was asked before that is old. */
  forget(): void;
}

export function createAhead(send: Call, clock: RendererClock): Ahead {
  const waiting = new Map<string, Promise<Reply<unknown>>>();
  const keyOf = (name: string, input: unknown): string => `${name} ${JSON.stringify(input)}`;
  return {
    call<N extends OperationName>(name: N, input: InputOf<N>) {
      const key = keyOf(name, input);
      const asked = waiting.get(key);
      if (!asked) return send(name, input);
      waiting.delete(key);
      return asked as Promise<Reply<OutputOf<N>>>;
    },
    ahead(name, input, ready) {
      const key = keyOf(name, input);
      waiting.set(
        key,
        ready.then(() => send(name, input)),
      );
      clock.after(keptMs, () => waiting.delete(key));
    },
    forget: () => {
      waiting.clear();
    },
  };
}
