import type { Scope } from '../shared/scope.ts';

interface Emitter {
  // Electron types each event by its own overload; the caller's listener is checked where it is written.
  on(event: never, listener: never): unknown;
  removeListener(event: never, listener: never): unknown;
}

/** Listens until the scope closes; the returned function stops earlier. */
export function listen<Args extends readonly unknown[]>(
  scope: Scope,
  emitter: Emitter,
  event: string,
  listener: (...args: Args) => void,
): () => void {
  emitter.on(event as never, listener as never);
  const forget = scope.add(`listener ${event}`, () => {
    emitter.removeListener(event as never, listener as never);
  });
  return () => void forget();
}
