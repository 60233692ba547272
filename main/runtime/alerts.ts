import { toldOnce, type Alert } from '../domain/alert/alert.ts';
import { formatTime, type Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import {
  clearAlert,
  countFailures,
  lastCleared,
  listAlerts,
  listWorkingSigns,
  oldestQueuedAt,
  raiseAlert,
  type WorkingSign,
} from '../store/alert-store.ts';
import type { Trouble } from './trouble.ts';
import { accountTroubles } from './account-troubles.ts';
import { AUTO } from '../domain/run/task-type.ts';
import { listQueuedExecutors } from '../store/note-run-account.ts';
import { readClaimBlocks } from './claim-blocks.ts';
import type { Read } from '../store/database.ts';
import { readFlag } from '../store/flag-store.ts';
import { listStuckRuns } from '../store/run-child-store.ts';
import type { Store } from '../store/store.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const FAILURES = 3;
const QUEUE_MS = 5 * MINUTE_MS;
const MOST_OPEN = 100;

/**
 * Looks, at each tick, whether the runtime itself is in trouble, and keeps the alerts that stand in step with it: raised once, cleared when
 * it is over. One that the owner cleared is raised again only by what happened after. How long something lasts is counted on the monotonic
 * clock from when it was first seen, so that neither a jump of the wall clock nor a sleep of the machine is taken for a standstill.
 *
 * - `failures`: three runs failed or spent their budget within an hour.
 * - `stuck_run`: a turn whose child prints nothing for `runtime.quiet_minutes`, as its own watch found and stored; or a working run without a
 *   child, such as in set-up, tests or judging, whose timeline has stood still for as long, or for longer than its tests may take.
 * - `stuck_queue`: something has been ready for five minutes, nothing works, and neither did anyone pause it nor does it wait for an account.
 * - `restored`, `not_restored`: raised at the start that followed; only the owner clears them.
 * - `account_refused`, `budget_near`, `budget_spent`: see `account-troubles.ts`.
 */
export interface Alerts {
  /** `working`: how many runs are in hand; `claiming`: whether queued runs may start. */
  check(at: { working: number; claiming: boolean }): void;
}

export function createAlerts({ store, clock, log }: { store: Store; clock: Clock; log: Log }): Alerts {
  /** Where the timeline of each working run stood, and since when on the monotonic clock. */
  let stood = new Map<string, { seq: number; since: number }>();
  let queueSince: number | null = null;

  return {
    check(at) {
      const now = clock.iso();
      const { trouble, open } = store.read((read) => ({
        trouble: [
          ...failures(read, clock),
          ...stuckRuns(read),
          ...stuckQueue(read, at.claiming && at.working === 0 && !blocked(read, clock.iso())),
          ...accountTroubles(read, clock.iso()),
        ].filter(({ kind, subject, since }) => {
          const cleared = lastCleared(read, kind, subject);
          // One from a time to come was cleared under a clock that was ahead: it says nothing.
          return cleared === null || cleared <= since || cleared > now;
        }),
        open: listAlerts(read, { open: true, limit: MOST_OPEN }),
      }));
      const key = ({ kind, subject }: Pick<Alert, 'kind' | 'subject'>): string => `${kind}:${subject}`;
      const standing = new Set(open.map(key));
      const current = new Set(trouble.map(key));
      const raised = trouble.filter((one) => !standing.has(key(one)));
      const over = open.filter((one) => !current.has(key(one)) && !toldOnce.has(one.kind));
      if (raised.length + over.length === 0) return;
      store.write((write) => {
        for (const one of raised) raiseAlert(write, one);
        for (const { id } of over) clearAlert(write, id, 'runtime');
      });
      for (const { kind, subject, message } of raised) log.warn('alert', { kind, subject, message });
    },
  };

  function stuckRuns(read: Read): Trouble[] {
    const limit = Number(readFlag(read, 'runtime.quiet_minutes')) * MINUTE_MS;
    const quiet = new Map(listStuckRuns(read).map(({ runId, since }) => [runId, since]));
    const seen = new Map<string, { seq: number; since: number }>();
    const found = listWorkingSigns(read).flatMap((sign) => {
      const { runId, seq, inTurn, lastAt } = sign;
      if (inTurn) return { sign, since: quiet.get(runId) ?? null };
      const before = stood.get(runId);
      const it = before?.seq === seq ? before : { seq, since: clock.monotonic() };
      seen.set(runId, it);
      const still = limit > 0 && clock.monotonic() - it.since > patience(sign, limit);
      return { sign, since: still ? lastAt : null };
    });
    stood = seen;
    return found.flatMap(({ sign, since }) => (since === null ? [] : [stuckRun(sign, since)]));
  }

  function stuckQueue(read: Read, idle: boolean): Trouble[] {
    const since = idle ? oldestQueuedAt(read) : null;
    if (since === null || since > clock.iso()) {
      queueSince = null;
      return [];
    }
    queueSince ??= clock.monotonic();
    return clock.monotonic() - queueSince < QUEUE_MS
      ? []
      : [
          {
            kind: 'stuck_queue',
            subject: '',
            since,
            message: 'Runs are queued and nothing works.',
            hint: '`homer doctor` looks for the cause; a restart is safe.',
          },
        ];
  }
}

/** Whether waiting is as it should be: for an account, or for the next day. */
function blocked(read: Read, now: string): boolean {
  const { all, projects, executors } = readClaimBlocks(read, now);
  // A run for which no executor can be chosen says itself what its owner can do.
  return all !== null || projects.size + executors.size > 0 || listQueuedExecutors(read).includes(AUTO);
}

function failures(read: Read, clock: Clock): Trouble[] {
  const now = clock.iso();
  const hourAgo = formatTime(clock.now() - HOUR_MS);
  const cleared = lastCleared(read, 'failures', '') ?? '';
  const since = cleared > hourAgo && cleared <= now ? cleared : hourAgo;
  // What ended in a time to come ended under a clock that was ahead.
  return countFailures(read, since, now) < FAILURES
    ? []
    : [
        {
          kind: 'failures',
          subject: '',
          since,
          message: 'At least three runs failed within the last hour.',
          hint: 'Look at the failed runs; pause everything if they share a cause.',
        },
      ];
}

function stuckRun({ runId, number, name }: WorkingSign, since: string): Trouble {
  return {
    kind: 'stuck_run',
    subject: runId,
    since,
    message: `Run #${String(number)} (${name}) has given no sign of life since ${since.slice(0, 16).replace('T', ' ')} UTC.`,
    hint: 'Look at its output; stop it, or give it a directive.',
  };
}

/** Tests and set-up are silent in the timeline until they end; their own limit bounds them. */
function patience({ lastType, testTimeoutMs }: WorkingSign, limit: number): number {
  return lastType === 'test_started' || lastType === 'setup_started'
    ? Math.max(limit, testTimeoutMs + MINUTE_MS)
    : limit;
}
