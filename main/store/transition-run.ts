import type { DomainEventType } from '../domain/event.ts';
import { step as stepMachine } from '../domain/machine.ts';
import type { JsonObject } from '../domain/primitives.ts';
import { runEnded, runMachine, type RunAction, type RunStatus } from '../domain/run/status.ts';
import { unwrap } from '../shared/result.ts';
import type { Write } from './database.ts';
import { leaseLost } from './guard-lease.ts';
import { int, staleVersion } from './row.ts';
import { insertRunEvents } from './run-event-store.ts';
import { getRunStanding } from './run-standing.ts';

const eventOf: Record<RunAction, DomainEventType> = {
  approve: 'runQueued',
  reject: 'runRejected',
  claim: 'runStarted',
  end_turn: 'runTurnEnded',
  next_step: 'stepValidated',
  offer_review: 'runReadyToReview',
  complete: 'runCompleted',
  apply: 'runApplied',
  discard: 'runDiscarded',
  request_changes: 'runQueued',
  block: 'runBlocked',
  answer: 'runQueued',
  go_on: 'runWentOn',
  time_out: 'runTimedOut',
  fail: 'runFailed',
  pause: 'runPaused',
  resume: 'runQueued',
  stop: 'runStopped',
  wait: 'runQueued',
  adopt: 'runRecovered',
  recover: 'runRecovered',
};

/** Columns that may change together with a status. */
export interface RunChanges {
  readonly errorTag?: string | null;
  readonly error?: string | null;
  readonly question?: string | null;
  readonly appliedCommit?: string;
  readonly exitCode?: number | null;
}

/**
 * Moves a run by one row of its machine, with its event in the timeline and in the stream, in this transaction.
 * Throws `illegal_transition`, `stale_version` when it moved on meanwhile, or `lease_lost` when another host has it.
 */
export function transitionRun(
  write: Write,
  id: string,
  on: RunAction,
  actor: string,
  options: {
    version?: number | undefined;
    reason?: string;
    changes?: RunChanges;
    payload?: JsonObject;
    /** Of a run that goes back to the queue to wait: when it may be claimed again, where that is its own. */
    notBefore?: string;
    /** A recovery that is nobody's fault, such as after an orderly quit, does not count. */
    counted?: boolean;
  } = {},
): RunStatus {
  const run = getRunStanding(write, id);
  if (options.version !== undefined && run.version !== options.version) throw staleVersion('run');
  if (run.leaseOwner !== null && run.leaseOwner !== write.owner) throw leaseLost(run.number);
  const to = unwrap(stepMachine(runMachine, run.status, on));
  const ended = runEnded(to);
  const working = to === 'running' || to === 'validating';
  const set = { errorTag: null, error: null, question: null, exitCode: run.exitCode, ...options.changes };
  const moved = write
    .prepare(
      `UPDATE run SET status = :to, version = version + 1, updated_at = :now, event_seq = event_seq + 1,
         error_tag = :errorTag, error = :error, question = :question, exit_code = :exitCode,
         applied_commit = COALESCE(:appliedCommit, applied_commit),
         requested = CASE WHEN :working THEN requested ELSE '' END,
         queued_at = CASE WHEN :to = 'queued' AND :on <> 'wait' THEN :now ELSE queued_at END,
         executor_account_id = CASE WHEN :to = 'queued' THEN NULL ELSE executor_account_id END,
         not_before = CASE WHEN :on = 'wait' THEN :notBefore ELSE not_before END,
         started_at = CASE WHEN :on = 'claim' AND started_at IS NULL THEN :now ELSE started_at END,
         ended_at = CASE WHEN :ended THEN :now ELSE NULL END,
         lease_owner = CASE WHEN :working THEN lease_owner ELSE NULL END,
         lease_until = CASE WHEN :working THEN lease_until ELSE NULL END,
         recoveries = recoveries + CASE WHEN :on = 'recover' AND :counted THEN 1 ELSE 0 END,
         by_hold = CASE WHEN :working OR :to = 'paused' THEN by_hold ELSE 0 END
       WHERE id = :id AND status = :from RETURNING event_seq`,
    )
    .get({
      id,
      on,
      from: run.status,
      to,
      now: write.now,
      working: working ? 1 : 0,
      ended: ended ? 1 : 0,
      counted: options.counted === false ? 0 : 1,
      errorTag: set.errorTag,
      error: set.error,
      question: set.question,
      exitCode: set.exitCode,
      notBefore: options.notBefore ?? null,
      appliedCommit: options.changes?.appliedCommit ?? null,
    });
  if (!moved) throw staleVersion('run');
  insertRunEvents(write, id, int(moved, 'event_seq'), [
    {
      type: 'status_changed',
      payload: {
        from: run.status,
        to,
        on,
        actor,
        ...(options.reason === undefined ? {} : { reason: options.reason }),
      },
    },
  ]);
  write.emit({
    type: eventOf[on],
    entity: 'run',
    entityId: id,
    actor,
    payload: { from: run.status, to, number: run.number, proposalId: run.proposalId, ...options.payload },
  });
  return to;
}
