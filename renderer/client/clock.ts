/** The only module of the renderer that reads time or sets timers. */
export interface RendererClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `work` once after `ms`; call the result to cancel. */
  after(ms: number, work: () => void): () => void;
  /** Runs `work` every `ms`; call the result to end it. */
  every(ms: number, work: () => void): () => void;
}

export function createRendererClock(): RendererClock {
  return {
    now: () => Date.now(),
    after(ms, work) {
      const timer = setTimeout(work, ms);
      return () => {
        clearTimeout(timer);
      };
    },
    every(ms, work) {
      const timer = setInterval(work, ms);
      return () => {
        clearInterval(timer);
      };
    },
  };
}

/** The stored form of a time in milliseconds. */
export function formatTime(ms: number): string {
  return new Date(ms).toISOString();
}

/** Milliseconds since 1970 of a stored UTC time; NaN when it is not one. */
export function parseTime(iso: string): number {
  return Date.parse(iso);
}

/** One timer for every live time on screen; it stands still while nothing listens. */
export interface Ticker {
  readonly subscribe: (listener: () => void) => () => void;
  readonly now: () => number;
}

export function createTicker(clock: RendererClock): Ticker {
  const listeners = new Set<() => void>();
  let now = clock.now();
  let end: (() => void) | undefined;
  return {
    subscribe(listener) {
      listeners.add(listener);
      if (!end) {
        now = clock.now();
        end = clock.every(1000, () => {
          now = clock.now();
          for (const each of listeners) each();
        });
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        end?.();
        end = undefined;
      };
    },
    // While nothing listens the stored value would age, so it is read afresh.
    now: () => (end ? now : clock.now()),
  };
}
