import { randomBytes } from 'node:crypto';
import type { Runner, TurnEnding } from '../agents/runner.ts';
import { readReply, type PlannerReply } from '../domain/proposal/planner-reply.ts';
import type { Project } from '../domain/project/project.ts';
import type { Proposal } from '../domain/proposal/proposal.ts';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import { fail, ok, type Result } from '../shared/result.ts';
import { readFlag } from '../store/flag-store.ts';
import { deletePlanningChild } from '../store/planning-child-store.ts';
import { lastPlanningAttempt, notePlanningProblem } from '../store/planning-turn-store.ts';
import { listPlanVersions } from '../store/proposal-plan-store.ts';
import { listQuestions } from '../store/proposal-qa-store.ts';
import type { PlanningRequest } from '../store/proposal-store.ts';
import type { Store } from '../store/store.ts';
import { takePlanningTurn } from './planning-turn.ts';
import type { PlannerAccounts } from './planner-accounts.ts';
import type { LentPlace, PlannerPlace } from './planner-place.ts';
import { plannerPrompt, repairPrompt } from './planner-prompt.ts';

export interface ExecutorPlannerParts {
  readonly store: Store;
  readonly runner: Runner;
  readonly accounts: PlannerAccounts;
  readonly place: PlannerPlace;
  readonly clock: Clock;
  readonly log: Log;
}

export interface PlannedBy extends PlannerReply {
  readonly writtenBy: string;
  /** What the planner changed although it must not; nothing of it is kept. */
  readonly dropped: readonly string[];
}

/** An account that is refused makes room for another so often. */
const MOST_ACCOUNTS = 5;
const MOST_NAMED = 5;

/**
 * Asks an executor for a plan or for open questions, in a worktree of its own at the head of the project's branch. An answer that cannot be used
 * is sent back once with what is wrong; a second one fails. What the agent changed meanwhile goes with the worktree, and is said.
 */
export async function planByExecutor(
  parts: ExecutorPlannerParts,
  of: { request: PlanningRequest; proposal: Proposal; project: Project; executor: string },
  signal: AbortSignal,
): Promise<Result<PlannedBy>> {
  const { request, proposal, project, executor } = of;
  return parts.place.lend(
    { projectPath: project.localPath, branch: project.defaultBranch },
    async (place): Promise<Result<PlannedBy>> => {
      const asked = await ask(parts, { request, proposal, project, executor, place }, signal);
      const changed = await place.changed();
      if (!asked.ok) return asked;
      if (!changed.ok) return changed;
      return ok({ ...asked.value, dropped: changed.value });
    },
  );
}

/** A sentence on what was dropped; empty: nothing was. */
export function droppedWords(dropped: readonly string[]): string {
  if (dropped.length === 0) return '';
  const named = dropped.slice(0, MOST_NAMED).join(', ');
  const rest = dropped.length > MOST_NAMED ? ` and ${String(dropped.length - MOST_NAMED)} more` : '';
  return `The planner was to read only, and changed ${named}${rest}. That was dropped.`;
}

async function ask(
  parts: ExecutorPlannerParts,
  of: {
    request: PlanningRequest;
    proposal: Proposal;
    project: Project;
    executor: string;
    place: LentPlace;
  },
  signal: AbortSignal,
): Promise<Result<PlannerReply & { writtenBy: string }>> {
  const { store, accounts, clock } = parts;
  const { request, proposal, project, executor, place } = of;
  const task = request.stage === 'research' ? 'research' : 'plan';
  const fence = randomBytes(12).toString('hex');
  const { questions, versions, model, limitMs, most, attempt } = store.read((read) => ({
    questions: listQuestions(read, proposal.id),
    versions: listPlanVersions(read, proposal.id),
    model: readFlag(read, 'planner.model').trim() || null,
    limitMs: Number(readFlag(read, 'planner.minutes')) * 60_000,
    most: Math.round(Number(readFlag(read, 'planner.max_cost_usd')) * 1e6),
    attempt: lastPlanningAttempt(read, proposal.id) + 1,
  }));
  const prompt = plannerPrompt({
    task,
    proposal,
    project,
    questions,
    previous: task === 'plan' ? (versions.at(-1)?.plan ?? null) : null,
    feedback: [...versions.map(({ feedback }) => feedback), request.feedback].filter((words) => words !== ''),
    fence,
  });
  const began = clock.monotonic();
  let text = prompt;
  let step = 0;
  let repaired = false;
  let rotations = 0;
  let spent = 0;
  let sessionId: string | null = null;
  let keep: string | null = null;
  for (;;) {
    if (isOff(signal)) return cancelled();
    const leftMs = limitMs - (clock.monotonic() - began);
    if (leftMs < 1_000) return fail('planner_timed_out', outOfTime(limitMs));
    if (most > 0 && spent >= most) return tooDear(most);
    const granted = await accounts.grant({ executor, projectId: project.id, keep });
    if (granted.waits !== null)
      return fail('planner_waits', `No plan now: ${granted.waits.why}`, {
        hint: 'Plan again when that is over, choose another planner, or write the plan by hand.',
      });
    step += 1;
    const turn = await takePlanningTurn(
      parts,
      {
        proposalId: proposal.id,
        attempt,
        step,
        executor,
        model,
        project,
        place,
        prompt: text,
        sessionId,
        account: granted.account,
        timeLimitMs: Math.ceil(leftMs),
        costLeftMicroUsd: most === 0 ? null : most - spent,
      },
      signal,
    );
    if (!turn.ok) return turn;
    const { ending, requests } = turn.value;
    const counted = store.write((write) => {
      deletePlanningChild(write, proposal.id);
      return accounts.ended(
        write,
        {
          proposalId: proposal.id,
          attempt,
          step,
          projectId: project.id,
          goalId: proposal.goalId,
          executor,
          accountId: granted.account?.id ?? null,
          model,
          requests,
          reply: ending.message,
          problem: ending.class === 'ok' ? '' : endingWords(ending, limitMs),
        },
        ending,
      );
    });
    spent += counted.costMicroUsd ?? 0;
    if (isOff(signal)) return cancelled();
    if (turn.value.tooDear) return tooDear(most);
    if (ending.class !== 'ok') {
      if (counted.then === 'again' && rotations < MOST_ACCOUNTS && granted.account !== null) {
        rotations += 1;
        sessionId = null;
        text = prompt;
        continue;
      }
      return fail(`planner_${ending.class}`, endingWords(ending, limitMs));
    }
    const reply = readReply(ending.message, { testCommand: project.testCommand, task });
    if (reply.ok)
      return ok({ ...reply.value, writtenBy: [executor, ending.model ?? model].filter(Boolean).join(', ') });
    store.write((write) => {
      notePlanningProblem(write, counted.id, reply.error.message);
    });
    if (repaired) return fail(reply.error.tag, `${reply.error.message} It was asked twice.`);
    repaired = true;
    sessionId = ending.sessionId;
    keep = granted.account?.id ?? null;
    text = repairPrompt({
      problem: reply.error.message,
      reply: ending.message,
      prompt,
      session: sessionId !== null,
      fence,
    });
  }
}

const ENDED: Partial<Record<TurnEnding['class'], string>> = {
  rate_limited: 'The planner is rate limited.',
  auth: 'The planner is not signed in, or its key was refused.',
  refused: 'The planner refused.',
  network: 'The planner could not reach its model.',
  context_overflow: 'The proposal is too long for the planner.',
  turn_limit: 'The planner reached its limit of model calls.',
  no_result: 'The planner ended without an answer.',
  crashed: 'The planner crashed.',
  cancelled: 'The planner was ended by something outside Homer.',
  no_output: 'The planner printed nothing for too long.',
  flooded: 'The planner printed more than Homer keeps.',
  lost: 'The planner is gone without an answer.',
};

function endingWords(ending: TurnEnding, limitMs: number): string {
  if (ending.class === 'timed_out') return outOfTime(limitMs);
  const last = ending.message.trim().split('\n').at(-1)?.slice(0, 300) ?? '';
  return `${ENDED[ending.class] ?? 'The planner failed.'}${last === '' ? '' : ` ${last}`}`;
}

function outOfTime(limitMs: number): string {
  return `The planner was not done after ${String(Math.round(limitMs / 60_000))} minutes and was ended.`;
}

function tooDear(most: number): Result<never> {
  return fail(
    'planner_too_dear',
    `The plan came to cost more than $${(most / 1e6).toFixed(2)} and was ended.`,
  );
}

/** Asked anew each time: it changes while others work. */
function isOff(signal: AbortSignal): boolean {
  return signal.aborted;
}

function cancelled(): Result<never> {
  return fail('planner_cancelled', 'Planning was cancelled.');
}
