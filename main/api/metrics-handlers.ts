import { formatTime } from '../shared/clock.ts';
import { ok } from '../shared/result.ts';
import { clearAlert, listAlerts, oldestQueuedAt } from '../store/alert-store.ts';
import { countInbox } from '../store/inbox-store.ts';
import { countOpenRuns, readRunFigures } from '../store/metrics-store.ts';
import type { ApiOptions } from './api-options.ts';
import type { Handlers } from './dispatch.ts';

const HOUR_MS = 3_600_000;
const WINDOW_MS = { '1h': HOUR_MS, '24h': 24 * HOUR_MS, '7d': 7 * 24 * HOUR_MS, '30d': 30 * 24 * HOUR_MS };

export function metricsHandlers({
  store,
  clock,
  meter,
}: ApiOptions): Pick<Handlers, (`metrics.${string}` | `alert.${string}`) & keyof Handlers> {
  const startedAt = clock.monotonic();
  return {
    'metrics.get': ({ window }) => {
      const since = formatTime(clock.now() - WINDOW_MS[window]);
      return ok(
        store.read((read) => {
          const figures = readRunFigures(read, since);
          const open = countOpenRuns(read);
          const { ended } = figures;
          const good = (ended.applied ?? 0) + (ended.completed ?? 0);
          const bad = (ended.failed ?? 0) + (ended.timeout ?? 0);
          const total = Object.values(ended).reduce((sum, count) => sum + count, 0);
          const { rss, heapUsed } = process.memoryUsage();
          return {
            since,
            uptimeMs: clock.monotonic() - startedAt,
            runs: {
              ended,
              perHour: total / (WINDOW_MS[window] / HOUR_MS),
              successRate: good + bad === 0 ? null : good / (good + bad),
            },
            executors: figures.executors,
            hours: figures.hours,
            queue: {
              depth: open.queued ?? 0,
              oldestQueuedAt: oldestQueuedAt(read),
              working: (open.running ?? 0) + (open.validating ?? 0),
              needsYou: countInbox(read),
            },
            timings: {
              tick: meter.figures('tick'),
              read: meter.figures('read'),
              write: meter.figures('write'),
            },
            memory: { residentBytes: rss, heapBytes: heapUsed },
          };
        }),
      );
    },
    'alert.list': ({ open, limit }) => ok(store.read((read) => listAlerts(read, { open, limit }))),
    'alert.clear': ({ id }, { actor }) => store.tryWrite((write) => clearAlert(write, id, actor.name)),
  };
}
