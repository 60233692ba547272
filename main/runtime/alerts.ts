import type { Alert } from '../domain/alert/alert.ts';
import { formatTime, parseTime, type Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import {
  clearAlert,
  countFailuresSince,
  lastCleared,
  listAlerts,
  listWorkingSigns,
  oldestQueuedAt,
  raiseAlert,
  type WorkingSign,
} from '../store/alert-store.ts';
import type { Read } from '../store/database.ts';
import { readFlag } from '../store/flag-store.ts';
import type { Store } from '../store/store.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const FAILURES = 3;
const QUEUE_MS = 5 * MINUTE_MS;
const MOST_OPEN = 100;

type Trouble = Pick<Alert, 'kind' | 'subject' | 'message' | 'hint'> & {
  /** Since when; an alert cleared later has told of it. */
  readonly since: string;
};

/**
 * Looks, at each tick, whether the runtime itself is in trouble, and keeps the alerts that stand in step with it: raised once, cleared when
 * it is over. One that the owner cleared is raised again only by what happened after.
 *
 * - `failures`: three runs failed or spent their budget within an hour.
 * - `stuck_run`: a working run whose timeline has stood still for longer than `runtime.stuck_minutes`, or than its tests may take.
 * - `stuck_queue`: something has been ready for five minutes, nothing works, and nobody paused it.
 */
export function checkAlerts(
  store: Store,
  at: { clock: Clock; log: Log; working: number; claiming: boolean },
): void {
  const { clock } = at;
  const { trouble, open } = store.read((read) => ({
    trouble: [
      ...failures(read, clock),
      ...stuckRuns(read, clock),
      ...(at.claiming && at.working === 0 ? stuckQueue(read, clock) : []),
    ].filter(({ kind, subject, since }) => (lastCleared(read, kind, subject) ?? '') <= since),
    open: listAlerts(read, { open: true, limit: MOST_OPEN }),
  }));
  const key = ({ kind, subject }: Pick<Alert, 'kind' | 'subject'>): string => `${kind}:${subject}`;
  const standing = new Set(open.map(key));
  const current = new Set(trouble.map(key));
  const raised = trouble.filter((one) => !standing.has(key(one)));
  const over = open.filter((one) => !current.has(key(one)));
  if (raised.length + over.length === 0) return;
  store.write((write) => {
    for (const one of raised) raiseAlert(write, one);
    for (const { id } of over) clearAlert(write, id, 'runtime');
  });
  for (const { kind, subject, message } of raised) at.log.warn('alert', { kind, subject, message });
}

function failures(read: Read, clock: Clock): Trouble[] {
  const hourAgo = formatTime(clock.now() - HOUR_MS);
  const cleared = lastCleared(read, 'failures', '') ?? '';
  const since = cleared > hourAgo ? cleared : hourAgo;
  const count = countFailuresSince(read, since);
  return count < FAILURES
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

function stuckRuns(read: Read, clock: Clock): Trouble[] {
  const limit = Number(readFlag(read, 'runtime.stuck_minutes')) * MINUTE_MS;
  return listWorkingSigns(read)
    .filter((sign) => clock.now() - parseTime(sign.lastAt) > patience(sign, limit))
    .map(({ runId, number, name, lastAt }) => ({
      kind: 'stuck_run',
      subject: runId,
      since: lastAt,
      message: `Run #${String(number)} (${name}) has given no sign of life since ${lastAt.slice(0, 16).replace('T', ' ')} UTC.`,
      hint: 'Look at its output; stop it, or give it a directive.',
    }));
}

/** Tests and set-up are silent in the timeline until they end; their own limit bounds them. */
function patience({ lastType, testTimeoutMs }: WorkingSign, limit: number): number {
  return lastType === 'test_started' || lastType === 'setup_started'
    ? Math.max(limit, testTimeoutMs + MINUTE_MS)
    : limit;
}

function stuckQueue(read: Read, clock: Clock): Trouble[] {
  const since = oldestQueuedAt(read);
  return since === null || clock.now() - parseTime(since) < QUEUE_MS
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
