import { costStateOf, type CostState } from '../domain/cost/cost-state.ts';
import { runMachine, type RunStatus } from '../domain/run/status.ts';
import type { Read } from './database.ts';
import { int, text } from './row.ts';

/** How many of the newest ended runs a duration is taken from. */
const MOST_DURATIONS = 5_000;

export interface ExecutorFigures {
  readonly executor: string;
  readonly ended: number;
  /** Applied, completed, or ready to review. */
  readonly succeeded: number;
  /** Working time of ended runs, milliseconds; null when none ended. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly tokens: number;
  /** What is known of the cost. */
  readonly costMicroUsd: number;
  readonly costState: CostState;
  /** Runs with a turn whose cost nobody knows. */
  readonly runsCostUnknown: number;
}

export interface RunFigures {
  readonly ended: Partial<Record<RunStatus, number>>;
  readonly executors: ExecutorFigures[];
  /** One entry for each hour in which something ended, oldest first. */
  readonly hours: { hour: string; succeeded: number; failed: number; other: number }[];
}

const SUCCEEDED: readonly RunStatus[] = ['applied', 'completed', 'review'];
const FAILED: readonly RunStatus[] = ['failed', 'timeout'];

/** What became of the runs that ended since a time; by index, whatever else the database holds. */
export function readRunFigures(read: Read, since: string): RunFigures {
  const rows = read
    .prepare(
      `SELECT executor, status, substr(ended_at, 1, 13) AS hour, COUNT(*) AS total, SUM(tokens_in + tokens_out) AS tokens, SUM(cost_micro_usd) AS cost,
         SUM(cost_known_turns) AS known, SUM(cost_unknown_turns) AS unknown, SUM(cost_plan_turns) AS plan,
         SUM(cost_unknown_turns > 0) AS runs_unknown
       FROM run WHERE ended_at > ? GROUP BY executor, status, hour ORDER BY hour`,
    )
    .all(since)
    .map((row) => ({
      executor: text(row, 'executor'),
      status: text(row, 'status') as RunStatus,
      hour: `${text(row, 'hour')}:00:00.000Z`,
      total: int(row, 'total'),
      tokens: int(row, 'tokens'),
      cost: int(row, 'cost'),
      known: int(row, 'known'),
      unknown: int(row, 'unknown'),
      plan: int(row, 'plan'),
      runsUnknown: int(row, 'runs_unknown'),
    }));
  const durations = read
    .prepare(
      `SELECT executor, active_ms FROM run WHERE ended_at > ? AND started_at IS NOT NULL ORDER BY ended_at DESC LIMIT ${String(MOST_DURATIONS)}`,
    )
    .all(since);
  const ended: Partial<Record<RunStatus, number>> = {};
  const hours = new Map<string, { hour: string; succeeded: number; failed: number; other: number }>();
  for (const { status, hour, total } of rows) {
    ended[status] = (ended[status] ?? 0) + total;
    const entry = hours.get(hour) ?? { hour, succeeded: 0, failed: 0, other: 0 };
    entry[SUCCEEDED.includes(status) ? 'succeeded' : FAILED.includes(status) ? 'failed' : 'other'] += total;
    hours.set(hour, entry);
  }
  const executors = [...new Set(rows.map(({ executor }) => executor))].sort().map((executor) => {
    const own = rows.filter((row) => row.executor === executor);
    const sum = (of: (row: (typeof rows)[number]) => number): number =>
      own.reduce((total, row) => total + of(row), 0);
    const times = durations
      .filter((row) => text(row, 'executor') === executor)
      .map((row) => int(row, 'active_ms'))
      .sort((a, b) => a - b);
    const costMicroUsd = sum((row) => row.cost);
    const state = costStateOf({
      known: sum((row) => row.known),
      unknown: sum((row) => row.unknown),
      plan: sum((row) => row.plan),
    });
    return {
      executor,
      ended: sum((row) => row.total),
      succeeded: sum((row) => (SUCCEEDED.includes(row.status) ? row.total : 0)),
      p50Ms: at(times, 0.5),
      p95Ms: at(times, 0.95),
      tokens: sum((row) => row.tokens),
      costMicroUsd,
      // Of runs that ended before turns were counted, what was told of them.
      costState: state === 'none' && costMicroUsd > 0 ? 'known' : state,
      runsCostUnknown: sum((row) => row.runsUnknown),
    };
  });
  return { ended, executors, hours: [...hours.values()] };
}

/** How many runs are in each status that is not an end. */
export function countOpenRuns(read: Read): Partial<Record<RunStatus, number>> {
  const open = runMachine.states.filter((status) => !(runMachine.ends as readonly string[]).includes(status));
  return Object.fromEntries(
    read
      .prepare(
        'SELECT status, COUNT(*) AS total FROM run WHERE status IN (SELECT value FROM json_each(?)) GROUP BY status',
      )
      .all(JSON.stringify(open))
      .map((row) => [text(row, 'status'), int(row, 'total')]),
  );
}

function at(sorted: readonly number[], quantile: number): number | null {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * quantile))] ?? null;
}
