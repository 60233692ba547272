import type { Clock } from '../shared/clock.ts';
import { toldOnce } from '../domain/alert/alert.ts';
import { clearAlert, listAlerts, raiseAlert, type NewAlert } from '../store/alert-store.ts';
import type { Write } from '../store/database.ts';
import { skipEventsTo } from '../store/domain-event-store.ts';
import { listDueIntents, setNextDue } from '../store/intent-store.ts';
import { listWaitingIntents, recordMissed, settleAllWaiting } from '../store/missed-time-store.ts';
import { listMoved } from '../store/moved-time-store.ts';
import { endPlanning, listPlanningRequests } from '../store/proposal-store.ts';
import type { Replacement } from '../store/replace-database.ts';
import { deleteChildrenOf } from '../store/run-child-store.ts';
import { takeLease } from '../store/run-claim-store.ts';
import { listRunIdsByStatus } from '../store/run-store.ts';
import { transitionRun } from '../store/transition-run.ts';
import type { Store } from '../store/store.ts';
import { nextPlanned } from './planned-times.ts';

export interface Settled {
  /** Runs that were waiting or working when the backup was made. */
  readonly paused: number;
  /** Schedules that go on from now. */
  readonly rescheduled: number;
  readonly plansEnded: number;
}

const MANY = 1_000_000;

/**
 * Makes a database from elsewhere, a backup or an export, safe to go on with: what it believes to wait or to work may long have been
 * done, so nothing of it starts by itself. Runs that were queued or working are paused with a word on where they come from, and their
 * records of children go (whoever calls has ended those); times that lie behind are skipped, visibly; plans that were being written have
 * failed. All in one transaction, and harmless to repeat. A database that was put back is only told of: it knows its own work.
 */
export function settleReplaced(store: Store, replacement: Replacement, clock: Clock): Settled {
  const source = replacement.kind === 'import' ? 'imported from an export' : 'restored from a backup';
  const reason = `${source}${replacement.madeAt === null ? '' : ` of ${replacement.madeAt}`}; look whether it was done since, then resume or stop it`;
  return store.write((write) => {
    if (replacement.kind === 'back') {
      tell(write, notRestored(replacement));
      return { paused: 0, rescheduled: 0, plansEnded: 0 };
    }
    // Whoever had read the former database finds a gap after what it knew, and reads everything again.
    if (replacement.formerSeq !== null) skipEventsTo(write, replacement.formerSeq + 1);
    const waiting = listRunIdsByStatus(write, ['queued', 'running', 'validating']);
    for (const id of waiting) {
      deleteChildrenOf(write, id);
      // Whoever had it worked on the database that is set aside.
      takeLease(write, id, write.now);
      transitionRun(write, id, 'pause', 'runtime', { reason });
    }
    const due = listDueIntents(write, write.now, MANY);
    for (const intent of due) {
      const moved = listMoved(write, intent.id);
      const next = nextPlanned(intent.trigger, clock.now(), intent.nextDueAt ?? write.now, moved);
      setNextDue(write, intent.id, next.ok ? next.value : null);
      if (intent.nextDueAt !== null)
        recordMissed(write, intent.id, [
          {
            nominalAt: intent.nextDueAt,
            range: { lastNominalAt: intent.nextDueAt, count: 1, atLeast: true },
            outcome: 'skipped',
            reason: source,
          },
        ]);
    }
    for (const id of listWaitingIntents(write))
      settleAllWaiting(write, id, { outcome: 'skipped', reason: source });
    const plans = listPlanningRequests(write);
    for (const { id } of plans)
      endPlanning(write, id, `The database was ${source}. Ask for the plan again.`, 'runtime');
    const settled = { paused: waiting.length, rescheduled: due.length, plansEnded: plans.length };
    if (replacement.kind === 'restore') tell(write, restored(replacement, settled));
    return settled;
  });
}

/** In the place of what an earlier restore told, which may stand in the backup still. */
function tell(write: Write, alert: NewAlert): void {
  for (const { id, kind } of listAlerts(write, { open: true, limit: MANY }))
    if (toldOnce.has(kind)) clearAlert(write, id, 'runtime');
  raiseAlert(write, alert);
}

function restored({ madeAt, setAside }: Replacement, { paused, rescheduled }: Settled): NewAlert {
  const waits = [
    ...(paused > 0 ? [`${String(paused)} ${paused === 1 ? 'run that was' : 'runs that were'} at work`] : []),
    ...(rescheduled > 0
      ? [`${String(rescheduled)} ${rescheduled === 1 ? 'schedule that was' : 'schedules that were'} due`]
      : []),
  ];
  return {
    kind: 'restored',
    subject: '',
    message: `Homer went back to a backup${madeAt === null ? '' : ` of ${plainTime(madeAt)}`}.`,
    hint: [
      ...(waits.length > 0 ? [`Nothing started by itself: look at ${waits.join(' and ')}.`] : []),
      ...(setAside === null ? [] : ['The former database is kept in the data folder.']),
    ].join(' '),
  };
}

function notRestored({ madeAt, why }: Replacement): NewAlert {
  return {
    kind: 'not_restored',
    subject: '',
    message: `The backup${madeAt === null ? '' : ` of ${plainTime(madeAt)}`} could not be restored, and Homer went on with the database it had.`,
    hint: `${why ?? 'Homer could not start with it.'} Choose another backup in Settings, Data and backups.`,
  };
}

/** To the minute, in UTC: a sentence that is kept knows nothing of where it will be read. */
function plainTime(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
