import type { ChildRecord } from '../agents/runner.ts';
import type { Unfree } from '../domain/account/choose.ts';
import type { Spent } from '../domain/run/budget.ts';
import type { TestEvidence } from '../domain/run/run.ts';
import { formatTime } from '../shared/clock.ts';
import type { Failure, Result } from '../shared/result.ts';
import { endRun } from '../store/end-run.ts';
import type { Write } from '../store/database.ts';
import { deleteChild, deleteChildrenOf, findChild, type StoredChild } from '../store/run-child-store.ts';
import { getRunLoopState } from '../store/run-request-store.ts';
import { transitionRun } from '../store/transition-run.ts';
import type { LoopParts, Work } from './loop-parts.ts';
import type { StageRef } from './ports.ts';
import { exitWords, minutes } from './words.ts';

/**
 * How a run leaves the loop before its step is through: at the owner's wish, because it cannot go on, or because the host closes.
 * No status here is written while something of the run is alive.
 */

/** Thrown inside a step to leave the loop with the run's state already settled. */
export class Leave extends Error {}

/** How a stage that works beside others comes to an end, or stops for now; its run goes on from there. */
export type StageOutcome =
  | { readonly kind: 'passed' | 'blocked' | 'conflict' }
  /** For a wish of the owner, or because its child was lost: it is taken up again where it stands. */
  | { readonly kind: 'interrupted' | 'lost' }
  | { readonly kind: 'spent'; readonly spent: SpentFigure }
  /** For an account: its run goes back to the queue, and it is taken up again where it stands. */
  | { readonly kind: 'waiting'; readonly waits: Unfree; readonly notBefore: string | null }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** Thrown inside a step of such a stage to leave it, with nothing of it alive. */
export class StageEnd extends Error {
  readonly outcome: StageOutcome;
  constructor(outcome: StageOutcome) {
    super(`the stage ended: ${outcome.kind}`);
    this.outcome = outcome;
  }
}

/** A run whose turn is over is validated; stages side by side leave the status to their run. */
export function turnOver(write: Write, ref: StageRef): void {
  if (ref.stage === '') transitionRun(write, ref.runId, 'end_turn', 'runtime');
}

/** Pause and stop, where they may happen. A turn that is not over yet goes first; `interrupted`: it was just ended for this. */
export async function safePoint(parts: LoopParts, ref: StageRef, interrupted = false): Promise<void> {
  const { store, scope } = parts;
  const { runId } = ref;
  if (scope.closed) throw new Leave();
  const { requested, child } = store.read((read) => ({
    requested: getRunLoopState(read, runId).requested,
    child: findChild(read, ref),
  }));
  if (requested === '') return;
  if (child !== null && child.ending === null) return;
  if (ref.stage !== '') throw new StageEnd({ kind: 'interrupted' });
  store.write((write) => {
    if (requested === 'stop') {
      deleteChildrenOf(write, runId);
      endRun(write, runId, 'stop', 'owner');
    } else
      transitionRun(write, runId, 'pause', 'owner', {
        reason: interrupted ? 'at once; what was interrupted is taken again' : 'at a safe point',
      });
  });
  throw new Leave();
}

/** After a command that may have been ended for a wish of the owner or because the host closes: its outcome then counts for nothing. */
export async function leaveIfAborted(parts: LoopParts, work: Work): Promise<void> {
  if (!work.abort.signal.aborted && !parts.scope.closed) return;
  await safePoint(parts, work, true);
  throw work.stage === '' ? new Leave() : new StageEnd({ kind: 'interrupted' });
}

/** The value, or the end of the run, or of its stage, with what went wrong. */
export async function need<T>(parts: LoopParts, ref: StageRef, result: Result<T>): Promise<T> {
  if (result.ok) return result.value;
  await safePoint(parts, ref, true);
  return leaveFailed(parts, ref, result.error);
}

export async function leaveFailed(parts: LoopParts, ref: StageRef, failure: Failure): Promise<never> {
  const { store, scope } = parts;
  await endOpenTurn(parts, ref);
  if (scope.closed) throw new Leave();
  store.write((write) => {
    deleteChild(write, ref);
    if (ref.stage === '') endRun(write, ref.runId, 'fail', 'runtime', { changes: failureChanges(failure) });
  });
  throw ref.stage === '' ? new Leave() : new StageEnd({ kind: 'failed', failure });
}

/** Back to the queue, with nothing alive, until an account is free or the next day begins. */
export async function leaveWaiting(
  parts: LoopParts,
  ref: StageRef,
  { waits, notBefore }: { readonly waits: Unfree; readonly notBefore: string | null },
): Promise<never> {
  await safePoint(parts, ref, true);
  if (ref.stage !== '') throw new StageEnd({ kind: 'waiting', waits, notBefore });
  parts.store.write((write) => {
    waitInQueue(write, ref.runId, waits, notBefore);
  });
  throw new Leave();
}

export function waitInQueue(write: Write, runId: string, waits: Unfree, notBefore: string | null): void {
  transitionRun(write, runId, 'wait', 'runtime', {
    reason: waits.until === null ? waits.why : `${waits.why} Goes on at ${formatTime(waits.until)}.`,
    ...(notBefore === null ? {} : { notBefore }),
  });
}

export function failureChanges(failure: Failure): { errorTag: string; error: string } {
  return {
    errorTag: failure.tag,
    error: failure.hint ? `${failure.message} ${failure.hint}` : failure.message,
  };
}

/** Ends whatever is alive of a recorded turn that was not seen to end. */
export async function endOpenTurn(parts: LoopParts, ref: StageRef): Promise<void> {
  const child = parts.store.read((read) => findChild(read, ref));
  if (child === null || child.ending !== null) return;
  const ended = await parts.runner.sweep(recordOf(child));
  if (ended > 0)
    parts.log.warn('stragglers of a run were ended', { runId: ref.runId, stage: ref.stage, ended });
}

export interface SpentFigure {
  readonly figure: keyof Spent;
  readonly limit: number;
  readonly used: number;
}

export function endSpent(
  { store }: LoopParts,
  runId: string,
  spent: SpentFigure,
  test: TestEvidence | null,
): void {
  store.write((write) => {
    deleteChildrenOf(write, runId);
    endRun(write, runId, 'time_out', 'runtime', { changes: spentChanges(spent, test) });
  });
}

export function spentChanges(
  { figure, limit, used }: SpentFigure,
  test: TestEvidence | null,
): { errorTag: string; error: string } {
  const words: Record<keyof Spent, string> = {
    steps: `all ${String(limit)} steps are taken`,
    durationMs: `${minutes(used)} of ${minutes(limit)} are used`,
    tokens: `${String(used)} of ${String(limit)} tokens are used`,
    costMicroUsd: `$${(used / 1e6).toFixed(2)} of $${(limit / 1e6).toFixed(2)} is spent`,
  };
  const tags: Record<keyof Spent, string> = {
    steps: 'budget_steps',
    durationMs: 'budget_time',
    tokens: 'budget_tokens',
    costMicroUsd: 'budget_cost',
  };
  const failing =
    test && test.exitCode !== 0 ? `, and the tests still fail (${exitWords(test.exitCode)})` : '';
  return { errorTag: tags[figure], error: `The budget is spent: ${words[figure]}${failing}.` };
}

export function recordOf(child: StoredChild): ChildRecord {
  return {
    runId: child.runId,
    step: child.step,
    attempt: child.attempt,
    identity: { pid: child.pid, group: child.group, startTime: child.startTime, bootId: child.bootId },
    spool: child.spool,
    executor: child.executor,
    deadline: child.deadline,
  };
}
