import { z } from 'zod';
import { alertSchema } from '../../main/domain/alert/alert.ts';
import { costState } from '../../main/domain/cost/cost-state.ts';
import { idSchema, microUsdSchema, timeSchema } from '../../main/domain/primitives.ts';
import { runStatus } from '../../main/domain/run/status.ts';
import { command, query } from './operation.ts';
import { schemaOf } from '../../main/domain/list-schema.ts';

const figuresSchema = z.object({
  count: z.int(),
  p50Ms: z.number(),
  p99Ms: z.number(),
  maxMs: z.number(),
  totalMs: z.number(),
});

export const metricsSchema = z.object({
  since: timeSchema,
  /** How long this host runs, milliseconds. */
  uptimeMs: z.number(),
  runs: z.object({
    /** Runs that ended in the window, by how; a status nobody reached is left out. */
    ended: z.partialRecord(schemaOf(runStatus), z.int()),
    perHour: z.number(),
    /** Applied or completed, of those that came to an end of their own; null when none did. */
    successRate: z.number().nullable(),
  }),
  executors: z.array(
    z.object({
      executor: z.string(),
      ended: z.int(),
      succeeded: z.int(),
      p50Ms: z.int().nullable(),
      p95Ms: z.int().nullable(),
      tokens: z.int(),
      /** What is known of the cost; whether that is all, `costState` says. */
      costMicroUsd: microUsdSchema,
      costState: schemaOf(costState),
      /** Runs with a turn whose cost nobody knows. */
      runsCostUnknown: z.int(),
    }),
  ),
  hours: z.array(z.object({ hour: timeSchema, succeeded: z.int(), failed: z.int(), other: z.int() })),
  queue: z.object({
    depth: z.int(),
    oldestQueuedAt: timeSchema.nullable(),
    working: z.int(),
    needsYou: z.int(),
  }),
  /** Since this host started: ticks, and transactions of the store. */
  timings: z.object({ tick: figuresSchema, read: figuresSchema, write: figuresSchema }),
  memory: z.object({ residentBytes: z.int(), heapBytes: z.int() }),
});
export type Metrics = z.infer<typeof metricsSchema>;

export const metricsWindow = z.enum(['1h', '24h', '7d', '30d']);

export const metricsOperations = {
  'metrics.get': query(
    'GET /metrics/summary',
    'Throughput, success, durations by executor, queue, tick and query time. `GET /metrics` gives them as Prometheus text.',
    z.object({ window: metricsWindow.default('24h') }),
    metricsSchema,
  ),
  'alert.list': query(
    'GET /alerts',
    'Alerts, newest first: what keeps the runtime from its work.',
    z.object({
      open: z.boolean().default(true),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    z.array(alertSchema),
  ),
  'alert.clear': command(
    'POST /alerts/{id}/clear',
    'Takes note of an alert; only what happens after raises it again.',
    z.object({ id: idSchema }),
    alertSchema,
  ),
};
