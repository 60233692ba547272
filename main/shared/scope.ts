/**
 * A scope owns everything that must end: timers, children, listeners, subscriptions, servers.
 *
 * - what was added last is disposed first;
 * - a child scope is disposed with its parent;
 * - adding to a closed scope disposes at once, so nothing can slip in during shutdown;
 * - every disposal is awaited; one that throws does not keep the others from running, and the first error is rethrown.
 */
export interface Scope {
  readonly label: string;
  readonly closed: boolean;
  /** Labels of what is still held, for leak tests. */
  held(): string[];
  /** Registers a disposer; returns a function that disposes it early. */
  add(label: string, dispose: () => void | Promise<void>): () => Promise<void>;
  child(label: string): Scope;
  close(): Promise<void>;
}

export function createScope(label: string): Scope {
  const entries: { label: string; dispose: () => void | Promise<void> }[] = [];
  let closed = false;
  let closing: Promise<void> | undefined;

  const scope: Scope = {
    label,
    get closed() {
      return closed;
    },
    held: () => entries.map((entry) => `${label}/${entry.label}`),
    add(entryLabel, dispose) {
      if (closed) {
        void dispose();
        return () => Promise.resolve();
      }
      const entry = { label: entryLabel, dispose };
      entries.push(entry);
      return async () => {
        const index = entries.indexOf(entry);
        if (index < 0) return;
        entries.splice(index, 1);
        await dispose();
      };
    },
    child(childLabel) {
      const child = createScope(`${label}/${childLabel}`);
      const forget = scope.add(childLabel, () => child.close());
      const closeChild = child.close.bind(child);
      child.close = async () => {
        await closeChild();
        await forget();
      };
      return child;
    },
    close() {
      closing ??= (async () => {
        closed = true;
        let first: unknown;
        let failed = false;
        for (let entry = entries.pop(); entry; entry = entries.pop()) {
          try {
            await entry.dispose();
          } catch (error) {
            if (!failed) first = error;
            failed = true;
          }
        }
        if (failed) throw first;
      })();
      return closing;
    },
  };
  return scope;
}
