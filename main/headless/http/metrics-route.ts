import type { Context } from 'hono';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import type { Dispatch } from '../../api/dispatch.ts';
import type { AppEnv } from './app-env.ts';
import { refuse } from './refuse.ts';

type Metrics = OutputOf<'metrics.get'>;

/** `GET /metrics`: the figures of the last hour as Prometheus text. The library that writes it is loaded by the first who asks. */
export function metricsRoute(dispatch: Dispatch): (c: Context<AppEnv>) => Promise<Response> {
  return async (c) => {
    const reply = await dispatch('metrics.get', { window: '1h' }, { actor: c.get('actor') });
    if (!reply.ok) return refuse(c, reply.error);
    const { contentType, text } = await metricsText(reply.value as Metrics);
    return c.body(text, 200, { 'Content-Type': contentType });
  };
}

async function metricsText(metrics: Metrics): Promise<{ contentType: string; text: string }> {
  const { Gauge, Registry } = await import('prom-client');
  const registry = new Registry();
  const gauge = (
    name: string,
    help: string,
    values: readonly (readonly [number | null, Record<string, string>?])[],
  ): void => {
    // A gauge nobody sets would read as 0: nothing is better.
    if (values.every(([value]) => value === null)) return;
    const labelNames = Object.keys(values[0]?.[1] ?? {});
    const made = new Gauge({ name: `homer_${name}`, help, labelNames, registers: [registry] });
    for (const [value, labels = {}] of values) if (value !== null) made.set(labels, value);
  };
  const { runs, queue, executors, timings, memory } = metrics;
  gauge('uptime_seconds', 'How long this host runs.', [[metrics.uptimeMs / 1_000]]);
  gauge(
    'runs_ended',
    'Runs that ended within the last hour, by status.',
    Object.entries(runs.ended).map(([status, count]) => [count, { status }]),
  );
  gauge('run_success_ratio', 'Applied or completed, of those that came to an end of their own, last hour.', [
    [runs.successRate],
  ]);
  gauge('queue_depth', 'Runs that wait for a worker.', [[queue.depth]]);
  gauge('runs_working', 'Runs at work now.', [[queue.working]]);
  gauge('decisions_waiting', 'What waits for the owner.', [[queue.needsYou]]);
  gauge(
    'run_duration_seconds',
    'Working time of runs that ended within the last hour.',
    executors.flatMap(({ executor, p50Ms, p95Ms }) => [
      [p50Ms === null ? null : p50Ms / 1_000, { executor, quantile: '0.5' }] as const,
      [p95Ms === null ? null : p95Ms / 1_000, { executor, quantile: '0.95' }] as const,
    ]),
  );
  // Where nothing is known of the cost there is no sum: a zero would be a lie.
  gauge(
    'run_cost_usd',
    'Known cost of runs that ended within the last hour; runs_cost_unknown says of how many it is not all.',
    executors.map(({ executor, costMicroUsd, costState }) => [
      costState === 'unknown' || costState === 'plan' ? null : costMicroUsd / 1_000_000,
      { executor },
    ]),
  );
  gauge(
    'runs_cost_unknown',
    'Runs that ended within the last hour with a turn whose cost nobody knows.',
    executors.map(({ executor, runsCostUnknown }) => [runsCostUnknown, { executor }]),
  );
  gauge(
    'operation_seconds',
    'Time of ticks and of transactions of the store, since the start.',
    Object.entries(timings).flatMap(([operation, { p50Ms, p99Ms, maxMs }]) => [
      [p50Ms / 1_000, { operation, quantile: '0.5' }] as const,
      [p99Ms / 1_000, { operation, quantile: '0.99' }] as const,
      [maxMs / 1_000, { operation, quantile: '1' }] as const,
    ]),
  );
  gauge(
    'operations',
    'How many ticks and transactions there were, since the start.',
    Object.entries(timings).map(([operation, { count }]) => [count, { operation }]),
  );
  gauge('resident_bytes', 'Resident memory of the host.', [[memory.residentBytes]]);
  return { contentType: registry.contentType, text: await registry.metrics() };
}
