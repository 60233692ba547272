import { formatTime, type Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import type { Meter } from '../shared/meter.ts';
import type { Scope } from '../shared/scope.ts';
import type { Store } from '../store/store.ts';
import { recordTickHour } from '../store/tick-hour-store.ts';

const HOUR_MS = 3_600_000;

/** Keeps how long ticks took: the hour that is over with the first tick after it, and the present one when the host ends. */
export function createTickHours(options: {
  store: Store;
  clock: Clock;
  meter: Meter;
  log: Log;
  scope: Scope;
}): { attend(): void } {
  const { store, clock, meter, log, scope } = options;
  const present = (): number => Math.floor(clock.now() / HOUR_MS);
  let hour = present();
  const keep = (): void => {
    const figures = meter.take('tick');
    const of = hour;
    hour = present();
    if (figures.count === 0) return;
    const kept = store.tryWrite((write) => {
      recordTickHour(write, formatTime(of * HOUR_MS), figures);
    });
    // The disk takes no writes: the runtime tells that, and these figures are not worth keeping it for.
    if (!kept.ok) log.warn('the time of ticks could not be kept', { error: kept.error.message });
  };
  scope.add('tick hours', keep);
  return {
    attend() {
      if (present() !== hour) keep();
    },
  };
}
