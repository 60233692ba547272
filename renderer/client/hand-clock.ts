import type { RendererClock } from './clock.ts';

/** A clock for tests: time stands still until `advance`, and then what is due runs in order. */
export function createHandClock(): RendererClock & { advance(ms: number): Promise<void> } {
  let now = 1_700_000_000_000;
  let timers: { at: number; every: number | undefined; work: () => void }[] = [];
  const add = (ms: number, every: number | undefined, work: () => void): (() => void) => {
    const timer = { at: now + ms, every, work };
    timers.push(timer);
    return () => {
      timers = timers.filter((each) => each !== timer);
    };
  };
  return {
    now: () => now,
    after: (ms, work) => add(ms, undefined, work),
    every: (ms, work) => add(ms, ms, work),
    async advance(ms) {
      const end = now + ms;
      for (;;) {
        const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        now = next.at;
        if (next.every === undefined) timers = timers.filter((each) => each !== next);
        else next.at += next.every;
        next.work();
        await settle();
      }
      now = end;
      await settle();
    },
  };
}

/** Lets answers that are already there arrive. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
