import type { Scope } from './scope.ts';

/** The only source of time. Wall time in milliseconds since 1970 UTC; `monotonic` never jumps. */
export interface Clock {
  now(): number;
  /** UTC ISO-8601 with milliseconds, as stored. */
  iso(): string;
  /** Milliseconds since the machine started, time asleep left out; for durations. The same for every process until it starts again. */
  monotonic(): number;
  /** Runs `work` once after `ms`; belongs to `scope`, and the returned function cancels it. */
  after(scope: Scope, ms: number, work: () => void): () => void;
  /** Resolves after `ms`, or at once when the scope closes. */
  sleep(scope: Scope, ms: number): Promise<void>;
}

const MAX_TIMEOUT = 2_147_483_647;

export function createSystemClock(): Clock {
  // Both count alike from different starts; the cheap one is asked, the shared one tells where it began.
  const origin = Number(process.hrtime.bigint()) / 1e6 - performance.now();
  const clock: Clock = {
    now: () => Date.now(),
    iso: () => new Date().toISOString(),
    monotonic: () => origin + performance.now(),
    after(scope, ms, work) {
      const timer = setTimeout(
        () => {
          void forget();
          work();
        },
        Math.min(Math.max(0, ms), MAX_TIMEOUT),
      );
      const forget = scope.add(`timer ${String(ms)} ms`, () => {
        clearTimeout(timer);
      });
      return () => void forget();
    },
    sleep: (scope, ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => void forget(), Math.min(Math.max(0, ms), MAX_TIMEOUT));
        const forget = scope.add(`sleep ${String(ms)} ms`, () => {
          clearTimeout(timer);
          resolve();
        });
      }),
  };
  return clock;
}

/** Milliseconds since 1970 of a stored time. */
export function parseTime(iso: string): number {
  return Date.parse(iso);
}

/** The stored form of a time in milliseconds. */
export function formatTime(ms: number): string {
  return new Date(ms).toISOString();
}

/** A clock that stands still until told: timers fire in order as `advance` passes them. */
export interface ManualClock extends Clock {
  advance(ms: number): void;
  /** Moves wall time alone, as a clock jump does; timers do not move. */
  jump(ms: number): void;
}

export function createManualClock(startIso = '2026-01-01T00:00:00.000Z'): ManualClock {
  let wall = parseTime(startIso);
  let mono = 0;
  const timers: { at: number; run: () => void }[] = [];
  const drop = (timer: { at: number; run: () => void }): void => {
    const index = timers.indexOf(timer);
    if (index >= 0) timers.splice(index, 1);
  };
  const clock: ManualClock = {
    now: () => wall,
    iso: () => formatTime(wall),
    monotonic: () => mono,
    after(scope, ms, work) {
      const timer = {
        at: mono + Math.max(0, ms),
        run: () => {
          void forget();
          work();
        },
      };
      timers.push(timer);
      const forget = scope.add(`timer ${String(ms)} ms`, () => {
        drop(timer);
      });
      return () => void forget();
    },
    sleep: (scope, ms) =>
      new Promise((resolve) => {
        const timer = { at: mono + Math.max(0, ms), run: () => void forget() };
        timers.push(timer);
        const forget = scope.add(`sleep ${String(ms)} ms`, () => {
          drop(timer);
          resolve();
        });
      }),
    advance(ms) {
      const end = mono + ms;
      for (;;) {
        const due = timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        drop(due);
        wall += due.at - mono;
        mono = due.at;
        due.run();
      }
      wall += end - mono;
      mono = end;
    },
    jump(ms) {
      wall += ms;
    },
  };
  return clock;
}
