import { createHash } from 'node:crypto';
import type { Turn, TurnEnding } from '../agents/runner.ts';
import type { JsonObject } from '../domain/primitives.ts';
import type { TestEvidence } from '../domain/run/run.ts';
import { parseTime } from '../shared/clock.ts';
import type { Result } from '../shared/result.ts';
import { putSessionFigures } from '../store/agent-session-store.ts';
import { guardLease } from '../store/guard-lease.ts';
import { deleteChild, noteChildEnding, type StoredChild } from '../store/run-child-store.ts';
import { appendRunEvents } from '../store/run-event-store.ts';
import { usageOfTurn } from '../store/turn-use-store.ts';
import { noteStage } from '../store/run-stage-store.ts';
import { noteRunFacts } from '../store/run-facts-store.ts';
import { getRunLoopState } from '../store/run-request-store.ts';
import { settleTurnAsks, turnWaitedMs, watchWaiting } from './asks.ts';
import type { TurnKey } from '../store/run-ask-store.ts';
import type { Spending } from './budget-watch.ts';
import { watchOf, type LoopParts, type Work } from './loop-parts.ts';
import { modelOf } from './model-of.ts';
import { policyFailure } from './policy-failure.ts';
import { requeueLost } from './requeue-run.ts';
import { countRetake, mayRotate, noneRetaken, retakeOf, type Retake, type Retaken } from './retake.ts';
import { Leave, leaveFailed, leaveWaiting, need, recordOf, safePoint, turnOver } from './settle.ts';
import { startTurn, turnCallbacks } from './start-turn.ts';
import { promptOf } from './step-prompt.ts';
import { executorOf, markOf, type StepAt } from './step-at.ts';

/** A turn that is over, with all that judging it needs. */
export interface TakenTurn {
  readonly ending: TurnEnding;
  /** Where the worktree stood before it. */
  readonly mark: JsonObject;
  readonly promptDigest: string;
  readonly judged: JsonObject | null;
}

/**
 * The agent's turn of a step, from its prompt to its ending; the run is `validating` when it returns, but for a stage beside others.
 *
 * A turn that a former host started is adopted, and one whose ending is known is taken as it stands: what it used is counted once,
 * in the transaction that keeps the ending. A turn that was ended for the owner, or was gone without a result, leaves nothing but
 * its files, and those are judged before anything goes on from them; the step is then taken again with the same directives. So is one
 * that `retake.ts` takes again: with another account, after a wait for the network, or in a new session.
 */
export async function takeTurn(
  parts: LoopParts,
  work: Work,
  at: StepAt,
  left: StoredChild | null,
  lastTest: TestEvidence | null,
): Promise<TakenTurn> {
  if (left?.ending) {
    parts.store.write((write) => {
      turnOver(write, work);
    });
    const { ending, marker: mark, promptDigest, judged } = left;
    return { ending: ending as unknown as TurnEnding, mark, promptDigest, judged };
  }
  const retaken = noneRetaken();
  let now: StepAt = at;
  let child = left;
  let former: string | null = null;
  for (;;) {
    const taken = await takeOnce(parts, work, now, { left: child, lastTest, former, retaken });
    if (!('again' in taken)) return taken;
    const { ending, again } = taken;
    child = null;
    former = again.session === 'new' ? ending.message : null;
    now = { ...now, sessionId: again.session === 'new' ? null : (ending.sessionId ?? now.sessionId) };
    await waitFor(parts, work, again.afterMs);
  }
}

interface TurnOf {
  readonly left: StoredChild | null;
  readonly lastTest: TestEvidence | null;
  /** What was said last in a session that is given up. */
  readonly former: string | null;
  readonly retaken: Retaken;
}

async function takeOnce(
  parts: LoopParts,
  work: Work,
  at: StepAt,
  of: TurnOf,
): Promise<TakenTurn | { ending: TurnEnding; again: Retake }> {
  const { store, scope } = parts;
  const { runId } = work;
  const { left } = of;
  const spend: { now: Spending | null } = { now: null };
  const began = await (left
    ? adopted(parts, at, left, () => spend.now)
    : started(parts, work, at, of, () => spend.now));
  if (began === 'gone') {
    await judgeInterrupted(parts, at, left?.marker ?? {});
    return requeueLost(parts, at.place);
  }
  const { turn, mark, promptDigest } = began;
  work.turn = turn;
  const spending = watchOf(work).begin(
    () => {
      turn.end('timed_out').catch((error: unknown) => {
        parts.log.error('a turn could not be ended', { runId, error: String(error) });
      });
    },
    left ? spentBefore(parts, at, left) : undefined,
  );
  spend.now = spending;
  const unwatch = watchWaiting(parts, turnKey(at), (waiting) => {
    turn.hold(waiting);
    spending.hold(waiting);
  });
  try {
    // Asked for while the turn was being started or adopted.
    const { requested } = store.read((read) => getRunLoopState(read, runId));
    if (work.abort.signal.aborted || requested === 'stop' || requested === 'pause_now')
      await turn.end('cancelled');
    const ending = await Promise.race([turn.ended, work.letGo]);
    work.turn = null;
    if (ending === null || scope.closed) throw new Leave();
    const again = keepEnding(parts, work, at, ending, of.retaken);
    if (again !== null) {
      await judgeInterrupted(parts, at, mark);
      return { ending, again };
    }
    if (ending.class === 'lost') {
      await judgeInterrupted(parts, at, mark);
      return await requeueLost(parts, at.place);
    }
    if (ending.class !== 'cancelled') return { ending, mark, promptDigest, judged: null };
  } finally {
    unwatch();
    spending.end();
    parts.door.attend();
  }
  await judgeInterrupted(parts, at, mark);
  await safePoint(parts, work, true);
  return leaveFailed(parts, work, {
    tag: 'agent_cancelled',
    message: 'The agent was ended by something outside Homer.',
    hint: 'Retry the run.',
  });
}

function turnKey({ place, step, current }: StepAt): TurnKey {
  return { runId: place.runId, stage: place.stage, step, attempt: current.attempt };
}

/** A wait between two turns of a step, which the owner's wish and the end of the host cut short. */
async function waitFor(parts: LoopParts, work: Work, ms: number): Promise<void> {
  const { signal } = work.abort;
  const wait = parts.scope.child('wait before a turn');
  try {
    if (ms > 0 && !signal.aborted)
      await Promise.race([
        parts.clock.sleep(wait, ms),
        new Promise<void>((resolve) => {
          signal.addEventListener('abort', () => resolve(), { once: true });
        }),
      ]);
  } finally {
    await wait.close();
  }
  if (parts.scope.closed || (await Promise.race([work.letGo, Promise.resolve('held')])) === null)
    throw new Leave();
  // A wish that was told while nothing worked.
  await safePoint(parts, work, true);
}

/** What a turn used is counted once, in the transaction that keeps how it ended; gives how the turn is taken again, if it is. */
function keepEnding(
  { store, accounts }: LoopParts,
  work: Work,
  at: StepAt,
  ending: TurnEnding,
  retaken: Retaken,
): Retake | null {
  const { place, current } = at;
  const leftMs = watchOf(work).leftMs();
  const ref = {
    runId: place.runId,
    stage: place.stage,
    executor: executorOf(at),
    step: at.step,
    attempt: current.attempt,
    model: modelOf(store, at),
  };
  const { sessionId, reported } = ending;
  const { exitCode, signal, durationMs, class: classified } = ending;
  return store.write((write) => {
    const { then, costMicroUsd } = accounts.ended(write, ref, ending);
    const rotated = then === 'again' && mayRotate(ending, retaken);
    const wanted = retakeOf(ending, { retaken, rotated, resumed: at.sessionId !== null });
    const again = wanted === null || leftMs <= wanted.afterMs ? null : wanted;
    if (again !== null) countRetake(retaken, ending);
    const worked = Math.max(0, durationMs - turnWaitedMs(write, turnKey(at), write.now));
    const asked = settleTurnAsks(write, turnKey(at), again !== null);
    const kept = JSON.parse(
      JSON.stringify(
        asked === null || ending.class !== 'ok'
          ? ending
          : { ...ending, taskState: 'blocked', message: asked },
      ),
    ) as JsonObject;
    appendRunEvents(write, place.runId, [
      {
        type: 'child_ended',
        payload: { ...markOf(at), exitCode, signal, durationMs: Math.round(durationMs), classified },
      },
      ...(again === null
        ? []
        : [
            {
              type: 'retry' as const,
              payload: { ...markOf(at), reason: again.reason, afterMs: again.afterMs },
            },
          ]),
    ]);
    if (sessionId !== null && reported !== null)
      putSessionFigures(write, { executor: executorOf(at), sessionId, runId: place.runId }, reported);
    noteRunFacts(write, place.runId, {
      addActiveMs: worked,
      addTokensIn: ending.tokensIn,
      addTokensOut: ending.tokensOut,
      addTokensCached: ending.tokensCached,
      addCostMicroUsd: costMicroUsd,
      ...(at.stage === null ? { sessionId } : {}),
    });
    if (at.stage !== null)
      noteStage(
        write,
        { ...place, attempt: current.attempt, stage: at.stage.id },
        {
          addActiveMs: worked,
          addTokens: ending.tokensIn + ending.tokensOut,
          addCostMicroUsd: costMicroUsd,
          sessionId,
        },
      );
    if (again !== null || classified === 'cancelled' || classified === 'lost') deleteChild(write, place);
    else {
      noteChildEnding(write, place, kept);
      turnOver(write, place);
    }
    return again;
  });
}

/** What a turn that is taken up had used when its former host went. */
function spentBefore(
  { store, clock }: LoopParts,
  at: StepAt,
  left: StoredChild,
): { elapsedMs: number; tokens: number; costMicroUsd: number } {
  return {
    elapsedMs: Math.max(
      0,
      clock.now() -
        parseTime(left.createdAt) -
        store.read((read) => turnWaitedMs(read, turnKey(at), clock.iso())),
    ),
    ...store.read((read) => usageOfTurn(read, turnKey(at))),
  };
}

/** A turn that begins gets at least this, in milliseconds; the budget was not spent when it was looked at. */
const MIN_TURN_MS = 1_000;

type Begun = { turn: Turn; mark: JsonObject; promptDigest: string };

async function started(
  parts: LoopParts,
  work: Work,
  at: StepAt,
  of: TurnOf,
  spending: () => Spending | null,
): Promise<Begun> {
  const mark = await need(parts, work, await parts.workspace.mark(at.place, at.head));
  if (work.abort.signal.aborted) await safePoint(parts, work, true);
  const { runId, stage } = at.place;
  const granted = await need(
    parts,
    work,
    await parts.accounts.grant({
      runId,
      stage,
      executor: executorOf(at),
      model: modelOf(parts.store, at),
      sessionId: at.sessionId,
    }),
  );
  if (!('account' in granted)) return leaveWaiting(parts, work, granted);
  if (work.abort.signal.aborted) await safePoint(parts, work, true);
  const { account } = granted;
  const fresh = granted.session === 'new';
  const now = fresh ? { ...at, sessionId: null } : at;
  const prompt = promptOf(parts.store, now, of.lastTest, of.former ?? (fresh ? '' : null));
  const promptDigest = createHash('sha256').update(prompt.text).digest('hex');
  const mcp = await parts.door.grant({ runId, stage, executor: executorOf(at) });
  try {
    const timeLimitMs = Math.ceil(Math.max(MIN_TURN_MS, watchOf(work).leftMs()));
    const turn = await need(
      parts,
      work,
      await startTurn(parts, now, prompt, promptDigest, mark, { timeLimitMs, spending, account, mcp }),
    );
    return { turn, mark, promptDigest };
  } finally {
    parts.door.release();
  }
}

async function adopted(
  parts: LoopParts,
  at: StepAt,
  left: StoredChild,
  spending: () => Spending | null,
): Promise<Begun | 'gone'> {
  const { store, runner } = parts;
  const waited = store.read((read) => turnWaitedMs(read, turnKey(at), parts.clock.iso()));
  const record = recordOf(left);
  const result: Result<Turn> = await runner.adopt(
    { ...record, deadline: record.deadline + waited },
    { stdout: left.stdoutOffset, stderr: left.stderrOffset },
    { recordChild: () => undefined, ...turnCallbacks(store, at.place, at, spending) },
  );
  if (!result.ok && result.error.tag === 'child_gone') {
    await runner.sweep(recordOf(left));
    if (parts.scope.closed) throw new Leave();
    store.write((write) => {
      guardLease(write, at.current.id);
      deleteChild(write, at.place);
    });
    return 'gone';
  }
  const turn = await need(parts, at.place, result);
  store.write((write) =>
    appendRunEvents(write, at.current.id, [
      {
        type: 'recovered',
        payload: {
          ...(at.stage === null ? {} : { stage: at.stage.id }),
          how: 'adopted',
          note: 'Homer was restarted; the agent was taken up where it was.',
        },
      },
    ]),
  );
  return { turn, mark: left.marker, promptDigest: left.promptDigest };
}

/** What an interrupted turn left behind is judged before anything goes on from it. */
async function judgeInterrupted(parts: LoopParts, at: StepAt, mark: JsonObject): Promise<void> {
  const verdict = await need(
    parts,
    at.place,
    await parts.workspace.judge(at.place, mark, at.project.pathPolicy),
  );
  if (!verdict.ok) await leaveFailed(parts, at.place, policyFailure(verdict.violations));
}
