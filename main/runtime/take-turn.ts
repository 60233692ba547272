import { createHash } from 'node:crypto';
import type { Turn, TurnEnding } from '../agents/runner.ts';
import type { JsonObject } from '../domain/primitives.ts';
import type { TestEvidence } from '../domain/run/run.ts';
import type { Result } from '../shared/result.ts';
import { deleteChild, noteChildEnding, type StoredChild } from '../store/run-child-store.ts';
import { appendRunEvents } from '../store/run-event-store.ts';
import { noteRunFacts } from '../store/run-facts-store.ts';
import { getRunLoopState, transitionRun } from '../store/run-store.ts';
import type { LoopParts, Work } from './loop-parts.ts';
import { policyFailure } from './policy-failure.ts';
import { requeueRun } from './requeue-run.ts';
import { Leave, leaveFailed, need, safePoint } from './settle.ts';
import { startTurn, turnCallbacks } from './start-turn.ts';
import { promptOf } from './step-prompt.ts';
import { recordOf } from './settle.ts';
import type { StepAt } from './step-at.ts';

/** A turn that is over, with all that judging it needs. */
export interface TakenTurn {
  readonly ending: TurnEnding;
  /** Where the worktree stood before it. */
  readonly mark: JsonObject;
  readonly promptDigest: string;
  readonly judged: JsonObject | null;
}

/**
 * The agent's turn of a step, from its prompt to its ending; the run is `validating` when it returns.
 *
 * A turn that a former host started is adopted, and one whose ending is known is taken as it stands: what it used is counted once,
 * in the transaction that keeps the ending. A turn that was ended for the owner, or was gone without a result, leaves nothing but
 * its files, and those are judged before anything goes on from them; the step is then taken again with the same directives.
 */
export async function takeTurn(
  parts: LoopParts,
  work: Work,
  at: StepAt,
  left: StoredChild | null,
  lastTest: TestEvidence | null,
): Promise<TakenTurn> {
  const { store, scope } = parts;
  const { runId } = work;
  if (left?.ending) {
    store.write((write) => transitionRun(write, runId, 'end_turn', 'runtime'));
    const { ending, marker: mark, promptDigest, judged } = left;
    return { ending: ending as unknown as TurnEnding, mark, promptDigest, judged };
  }
  const began = await (left ? adopted(parts, at, left) : started(parts, work, at, lastTest));
  if (began === 'gone') return requeueLost(parts, at, left?.marker ?? {});
  const { turn, mark, promptDigest } = began;
  work.turn = turn;
  // Asked for while the turn was being started or adopted.
  const { requested } = store.read((read) => getRunLoopState(read, runId));
  if (work.abort.signal.aborted || requested === 'stop' || requested === 'pause_now')
    await turn.end('cancelled');
  const ending = await Promise.race([turn.ended, work.letGo]);
  work.turn = null;
  if (ending === null || scope.closed) throw new Leave();
  const kept = JSON.parse(JSON.stringify(ending)) as JsonObject;
  const over = ending.class === 'cancelled' || ending.class === 'lost';
  store.write((write) => {
    const { exitCode, signal, durationMs, class: classified } = ending;
    appendRunEvents(write, runId, [
      {
        type: 'child_ended',
        payload: { step: at.step, exitCode, signal, durationMs: Math.round(durationMs), classified },
      },
    ]);
    noteRunFacts(write, runId, {
      addActiveMs: durationMs,
      addTokensIn: ending.tokensIn,
      addTokensOut: ending.tokensOut,
      addTokensCached: ending.tokensCached,
      addCostMicroUsd: ending.costMicroUsd,
      sessionId: ending.sessionId,
    });
    if (over) deleteChild(write, runId);
    else {
      noteChildEnding(write, runId, kept);
      transitionRun(write, runId, 'end_turn', 'runtime');
    }
  });
  if (ending.class === 'lost') return requeueLost(parts, at, mark);
  if (ending.class !== 'cancelled') return { ending, mark, promptDigest, judged: null };
  await judgeInterrupted(parts, at, mark);
  await safePoint(parts, runId, true);
  return leaveFailed(parts, runId, {
    tag: 'agent_cancelled',
    message: 'The agent was ended by something outside Homer.',
    hint: 'Retry the run.',
  });
}

type Begun = { turn: Turn; mark: JsonObject; promptDigest: string };

async function started(
  parts: LoopParts,
  work: Work,
  at: StepAt,
  lastTest: TestEvidence | null,
): Promise<Begun> {
  const { runId } = work;
  const mark = await need(
    parts,
    runId,
    await parts.workspace.mark(at.place, at.current.headCommit ?? at.place.baseCommit),
  );
  if (work.abort.signal.aborted) await safePoint(parts, runId, true);
  const prompt = promptOf(parts.store, at, lastTest);
  const promptDigest = createHash('sha256').update(prompt.text).digest('hex');
  const turn = await need(parts, runId, await startTurn(parts, at, prompt, promptDigest, mark));
  return { turn, mark, promptDigest };
}

async function adopted(parts: LoopParts, at: StepAt, left: StoredChild): Promise<Begun | 'gone'> {
  const { store, runner } = parts;
  const runId = at.current.id;
  const result: Result<Turn> = await runner.adopt(
    recordOf(left),
    { stdout: left.stdoutOffset, stderr: left.stderrOffset },
    { recordChild: () => undefined, ...turnCallbacks(store, runId, at.step) },
  );
  if (!result.ok && result.error.tag === 'child_gone') {
    await runner.sweep(recordOf(left));
    if (parts.scope.closed) throw new Leave();
    store.write((write) => {
      deleteChild(write, runId);
    });
    return 'gone';
  }
  const turn = await need(parts, runId, result);
  store.write((write) =>
    appendRunEvents(write, runId, [
      {
        type: 'recovered',
        payload: { how: 'adopted', note: 'Homer was restarted; the agent was taken up where it was.' },
      },
    ]),
  );
  return { turn, mark: left.marker, promptDigest: left.promptDigest };
}

/** A turn that is gone without a result: the run goes back to the queue and takes the step again, counted. */
async function requeueLost(parts: LoopParts, at: StepAt, mark: JsonObject): Promise<never> {
  const runId = at.current.id;
  await judgeInterrupted(parts, at, mark);
  parts.store.write((write) => {
    appendRunEvents(write, runId, [
      {
        type: 'recovered',
        payload: {
          how: 'requeued',
          note: 'The process was gone without a result; the step is taken again.',
        },
      },
    ]);
    requeueRun(write, runId, {
      counted: true,
      reason: 'The agent was gone without a result; it goes on from the last checkpoint',
    });
  });
  throw new Leave();
}

/** What an interrupted turn left behind is judged before anything goes on from it. */
async function judgeInterrupted(parts: LoopParts, at: StepAt, mark: JsonObject): Promise<void> {
  const runId = at.current.id;
  const verdict = await need(
    parts,
    runId,
    await parts.workspace.judge(at.place, mark, at.project.pathPolicy),
  );
  if (!verdict.ok) await leaveFailed(parts, runId, policyFailure(verdict.violations));
}
