import { redact } from '../agents/redact.ts';
import type { AccountGrant, McpGrant, Turn, TurnCallbacks } from '../agents/runner.ts';
import type { JsonObject } from '../domain/primitives.ts';
import { formatTime, parseTime } from '../shared/clock.ts';
import type { NewRunEvent } from '../domain/run/run-event.ts';
import { fail, type Result } from '../shared/result.ts';
import { findSessionFigures } from '../store/agent-session-store.ts';
import { readFlag } from '../store/flag-store.ts';
import { noteChildOffsets, noteChildQuiet, putChild } from '../store/run-child-store.ts';
import { markDelivered } from '../store/run-directive-store.ts';
import { appendRunEvents } from '../store/run-event-store.ts';
import { noteRunFacts } from '../store/run-facts-store.ts';
import { announceRun } from '../store/announce-run.ts';
import { guardLease } from '../store/guard-lease.ts';
import { getAttemptSpent } from '../store/run-attempt-store.ts';
import type { Store } from '../store/store.ts';
import type { LoopParts } from './loop-parts.ts';
import type { Spending } from './budget-watch.ts';
import type { StageRef } from './ports.ts';
import { modelOf } from './model-of.ts';
import { executorOf, markOf, shellCommandOf, testCommandOf, titleOf, type StepAt } from './step-at.ts';
import type { StepPrompt } from './step-prompt.ts';

/** Characters of a prompt that a verbose run keeps in its timeline. */
const PROMPT_SHOWN = 16_000;

/**
 * Starts the agent on one step. That the step began, who the child is and that its directives are delivered is one transaction,
 * committed before the child passes its gate: either all of it stands and the child runs, or none of it does.
 */
export async function startTurn(
  { store, runner }: LoopParts,
  at: StepAt,
  prompt: StepPrompt,
  promptDigest: string,
  marker: JsonObject,
  limit: {
    timeLimitMs: number;
    spending: () => Spending | null;
    account: AccountGrant | null;
    mcp: McpGrant | null;
  },
): Promise<Result<Turn>> {
  const { current, place, project, step } = at;
  const { budget } = current.execution;
  const executor = executorOf(at);
  const mark = markOf(at);
  const { reported, costLeftMicroUsd, turnLimit } = store.read((read) => ({
    reported: at.sessionId === null ? null : findSessionFigures(read, executor, at.sessionId),
    costLeftMicroUsd:
      budget.costMicroUsd === 0
        ? null
        : Math.max(0, budget.costMicroUsd - getAttemptSpent(read, current.id).costMicroUsd),
    turnLimit: Number(readFlag(read, 'agents.turn_limit')) || null,
  }));
  const shellCommand = shellCommandOf(at);
  if (executor === 'shell' && shellCommand === '')
    return fail('no_shell_command', 'The shell executor has no command to run.', {
      hint: 'Give the run a command, or set one in the project.',
    });
  let refused: { error: unknown } | null = null;
  const started = await runner.start(
    {
      runId: current.id,
      step,
      attempt: current.attempt,
      runKey: `${current.intentId}:${String(current.attempt)}`,
      executor,
      shellCommand: executor === 'shell' ? shellCommand : null,
      testCommand: testCommandOf(current, project) || null,
      model: modelOf(store, at),
      worktree: place.worktree,
      projectPath: place.projectPath,
      baseCommit: place.baseCommit,
      prompt: prompt.text,
      sessionId: at.sessionId,
      reported,
      policy: project.pathPolicy,
      riskProfile: project.riskProfile,
      budget,
      costLeftMicroUsd,
      turnLimit,
      account: limit.account,
      mcp: limit.mcp,
      timeLimitMs: limit.timeLimitMs,
      verbose: current.execution.verbose,
    },
    {
      recordChild({ identity, spool, deadline }) {
        try {
          store.write((write) => {
            guardLease(write, current.id);
            putChild(write, {
              runId: current.id,
              stage: place.stage,
              step,
              attempt: current.attempt,
              pid: identity.pid,
              group: identity.group,
              startTime: identity.startTime,
              bootId: identity.bootId,
              spool,
              executor,
              accountId: limit.account?.id ?? null,
              deadline,
              marker,
              promptDigest,
              doorDigest: limit.mcp?.digest ?? '',
            });
            noteRunFacts(write, current.id, { step });
            appendRunEvents(write, current.id, [
              { type: 'step_started', payload: { ...mark, of: budget.steps, title: titleOf(at) } },
              {
                type: 'child_started',
                payload: {
                  ...mark,
                  pid: identity.pid,
                  // An owner's command may hold a token; a timeline is shown and exported.
                  program: executor === 'shell' ? redact(shellCommand) : executor,
                  ...(limit.account === null ? {} : { account: limit.account.label }),
                },
              },
              ...(current.execution.verbose
                ? [
                    {
                      type: 'message' as const,
                      payload: {
                        ...mark,
                        text: `What the agent is told:\n\n${prompt.text.slice(0, PROMPT_SHOWN)}`,
                      },
                    },
                  ]
                : []),
            ]);
            markDelivered(write, prompt.directiveIds, step);
            announceRun(write, current.id);
          });
        } catch (error) {
          refused = { error };
          throw error;
        }
      },
      ...turnCallbacks(store, place, at, limit.spending),
    },
  );
  // The runner tells that nothing was started; why is the store's to say.
  const why = refused as { error: unknown } | null;
  if (!started.ok && why !== null) throw why.error;
  return started;
}

/** Keeps a turn's events together with how far its output was read, and whether it prints at all; tells the budget what was used. */
export function turnCallbacks(
  store: Store,
  ref: StageRef,
  at: Pick<StepAt, 'step' | 'stage'>,
  spending: () => Spending | null,
): Required<Pick<TurnCallbacks, 'events' | 'quiet'>> {
  const mark = markOf(at);
  return {
    events(events, offsets) {
      store.writeOutput((write) => {
        if (events.length > 0)
          appendRunEvents(
            write,
            ref.runId,
            at.stage === null
              ? events
              : events.map((event) => ({ ...event, payload: { ...event.payload, ...mark } }) as NewRunEvent),
          );
        noteChildOffsets(write, ref, offsets.stdout, offsets.stderr);
      });
      spending()?.used(events);
    },
    quiet(ms) {
      store.write((write) => {
        const since = ms === null ? null : formatTime(parseTime(write.now) - ms);
        if (!noteChildQuiet(write, ref, since) || ms === null) return;
        appendRunEvents(write, ref.runId, [
          { type: 'quiet', payload: { ...mark, minutes: Math.round(ms / 6_000) / 10 } },
        ]);
      });
    },
  };
}
