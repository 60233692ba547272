import { runOwnerAction, type RunDetail } from '../../preload/contract/run.ts';
import { decideRun, recordRunDecision } from '../approvals/decide-run.ts';
import type { Actor } from '../domain/decision/decision.ts';
import { actionsFrom, step } from '../domain/machine.ts';
import type { Run } from '../domain/run/run.ts';
import { runMachine, runStatus } from '../domain/run/status.ts';
import { beingApplied } from '../runtime/review.ts';
import { choicesOf, whatIsAsked } from '../runtime/settle-answers.ts';
import { fail, FailureError, ok, type Result } from '../shared/result.ts';
import type { Read, Write } from '../store/database.ts';
import { listDecisions } from '../store/decision-store.ts';
import { lastEventSeq } from '../store/domain-event-store.ts';
import { createIntentWithRun } from '../store/enqueue-run.ts';
import { endRun } from '../store/end-run.ts';
import { getGoal } from '../store/goal-store.ts';
import { getIntent } from '../store/intent-store.ts';
import { getProject } from '../store/project-store.ts';
import { staleVersion } from '../store/row.ts';
import { insertDirective } from '../store/run-directive-store.ts';
import { lastRunEventSeq, listRunEvents } from '../store/run-event-store.ts';
import {
  countRunFilters,
  listAttempts,
  listRunRows,
  listRunRowsById,
  runFilterStatuses,
} from '../store/run-row-store.ts';
import { listOpenAsks } from '../store/run-ask-store.ts';
import { deleteChildrenOf } from '../store/run-child-store.ts';
import { listCheckpoints } from '../store/run-step-store.ts';
import { pauseWaits, requestOfRun } from '../store/run-request-store.ts';
import { getRun } from '../store/run-store.ts';
import { transitionRun } from '../store/transition-run.ts';
import type { ApiOptions } from './api-options.ts';
import type { Handlers } from './dispatch.ts';
import { evidenceHandlers } from './evidence-handlers.ts';
import { firstLine } from './first-line.ts';
import { findWaitingRetry, needWaitingRetry, retryNow } from '../store/run-retry-store.ts';
import { newIntent } from './new-intent.ts';
import { stagesAndSpending } from './run-progress.ts';
import { shownAsk } from './permission-handlers.ts';
import { reviewHandlers } from './review-handlers.ts';
import { retryWords } from './retry-words.ts';
import { waitingFor, waitingOf, withWaiting } from './waiting.ts';
import { DEMO_AGENT_LABEL } from './execute-plan.ts';

export function runHandlers(options: ApiOptions): Pick<Handlers, `run.${string}` & keyof Handlers> {
  const { store, loop, review, tidy, ports, clock } = options;
  const detail = (read: Read, id: string): RunDetail => {
    const run = getRun(read, id);
    const attempts = listAttempts(read, run.intentId);
    const intent = getIntent(read, run.intentId);
    const newest = attempts.at(-1)?.id === id;
    const retry = findWaitingRetry(read, id);
    const possible: RunDetail['possible'] = actionsFrom(runMachine, run.status).flatMap((action) => {
      const known = runOwnerAction.safeParse(action);
      return known.success ? [known.data] : [];
    });
    const pausing = pauseWaits(read, run);
    if (pausing) possible.push('resume');
    if (newest && (intent.status === 'failed' || intent.status === 'timeout')) possible.push('retry');
    if (['queued', 'running', 'validating', 'paused', 'blocked'].includes(run.status))
      possible.push('directive');
    if (run.status === 'applied') possible.push(run.rolledBackCommit === null ? 'roll_back' : 'apply_again');
    const waiting = waitingOf(read, [id], clock.iso()).get(id);
    const delayed =
      retryWords(retry, id, clock) ??
      (run.status === 'queued' ? options.custodian.shortage()?.message : undefined) ??
      null;
    return {
      run,
      checkpoints: listCheckpoints(read, id),
      decisions: listDecisions(read, 'run', id),
      ...stagesAndSpending(read, run),
      attempts,
      pausing,
      possible,
      choices: run.status === 'blocked' ? choicesOf(whatIsAsked(read, run)) : [],
      asks: listOpenAsks(read, id).map(shownAsk),
      lastSeq: lastRunEventSeq(read, id),
      waiting: delayed ?? waiting?.words ?? null,
      startsAbout: delayed === null ? (waiting?.startsAbout ?? null) : null,
      retry,
    };
  };
  const answer = (id: string): Result<RunDetail> => ok(store.read((read) => detail(read, id)));
  const change = (
    id: string,
    version: number | undefined,
    work: (write: Write, run: Run) => void,
  ): Result<RunDetail> =>
    store.tryWrite((write) => {
      const run = getRun(write, id);
      if (version !== undefined && run.version !== version) throw staleVersion('run');
      work(write, run);
      return detail(write, id);
    });
  /** Asks a working run for something, ends its turn when it must be at once, and waits until the loop has settled it. */
  const ask = async (id: string, requested: 'pause' | 'pause_now' | 'stop', actor: Actor): Promise<void> => {
    store.write((write) => {
      requestOfRun(write, id, requested, actor.name);
    });
    if (requested !== 'pause') await loop.interrupt(id);
  };

  return {
    ...evidenceHandlers(options),
    ...reviewHandlers(options),
    'run.list': ({ filter, before, limit, behind, from, to, key, ...wanted }) => {
      if ((behind === undefined) !== (from === undefined) || (from === undefined) !== (to === undefined))
        return fail('invalid_input', 'The runs behind a point need `behind`, `from` and `to` together.');
      return ok(
        store.read((read) => {
          const where = { ...wanted, waitingFor: waitingFor(read, wanted.search, clock.iso()) };
          return {
            seq: lastEventSeq(read),
            rows: withWaiting(
              read,
              listRunRows(read, {
                ...where,
                statuses: runFilterStatuses[filter],
                before,
                limit,
                ...(behind && from && to ? { behind: { measure: behind, from, to, key: key ?? '' } } : {}),
              }),
              clock.iso(),
            ),
            counts: countRunFilters(read, where),
          };
        }),
      );
    },
    'run.rows': ({ ids }) =>
      ok(store.read((read) => withWaiting(read, listRunRowsById(read, ids), clock.iso()))),
    'run.get': ({ id }) => answer(id),
    'run.create': (input, { actor }) =>
      store.tryWrite((write) => {
        const project = getProject(write, input.projectId);
        if (input.goalId !== null) getGoal(write, input.goalId);
        const made = newIntent(write, project, {
          name: input.name ?? firstLine(input.query),
          description: '',
          query: input.query,
          runType: input.runType,
          executor: input.executor,
          shellCommand: input.shellCommand,
          executorLabel:
            input.executorLabel ?? (project.demo && !input.shellCommand ? DEMO_AGENT_LABEL : undefined),
          maxSteps: input.maxSteps,
          choices: input,
          knownExecutors: ports.executorNames(),
          dryRun: input.dryRun,
          verbose: input.verbose,
          metadata: input.metadata,
          testCommand: null,
          source: actor.channel === 'api' ? 'api' : 'user',
          sourceProposalId: null,
          goalId: input.goalId,
          approvedByOwner: false,
        });
        const run = createIntentWithRun(write, made.intent, {
          gate: made.gate,
          triggeredBy: actor.channel === 'api' ? 'api' : 'owner',
          executorLabel: made.executorLabel,
          actor: actor.name,
        });
        return detail(write, run.id);
      }),
    'run.events': ({ id, after, before, limit, types }) =>
      ok(
        store.read((read) => ({
          lastSeq: lastRunEventSeq(read, id),
          events: listRunEvents(read, id, { after, before, limit, types }),
        })),
      ),
    'run.output': ({ id, ...request }) => {
      const run = store.read((read) => getRun(read, id));
      const checkpoint = store
        .read((read) => listCheckpoints(read, id))
        .find((entry) => entry.step === request.step);
      return ports.output(id, { ...request, attempt: checkpoint?.attempt ?? run.attempt });
    },
    'run.approve': ({ id, version }, { actor }) =>
      change(id, version, (write, run) => {
        decideRun.approve(write, run, actor);
      }),
    'run.reject': ({ id, version, reason }, { actor }) =>
      change(id, version, (write, run) => {
        decideRun.reject(write, run, actor, reason);
      }),
    'run.pause': async ({ id, version, now }, { actor }) => {
      const run = store.read((read) => getRun(read, id));
      if (version !== undefined && run.version !== version)
        return { ok: false, error: staleVersion('run').failure };
      const legal = step(runMachine, run.status, 'pause');
      if (!legal.ok) return legal;
      if (run.status === 'queued')
        return change(id, undefined, (write) => {
          transitionRun(write, id, 'pause', actor.name);
        });
      await ask(id, now ? 'pause_now' : 'pause', actor);
      return answer(id);
    },
    'run.resume': ({ id, version }, { actor }) =>
      change(id, version, (write, run) => {
        if (pauseWaits(write, run)) requestOfRun(write, id, '', actor.name);
        else transitionRun(write, id, 'resume', actor.name);
      }),
    'run.stop': async ({ id, version }, { actor }) => {
      const run = store.read((read) => getRun(read, id));
      if (version !== undefined && run.version !== version)
        return { ok: false, error: staleVersion('run').failure };
      const legal = step(runMachine, run.status, 'stop');
      if (!legal.ok) return legal;
      if (review.applying(id)) return beingApplied();
      const inHand = loop.active().some(({ runId }) => runId === id);
      if (run.status === 'running' || run.status === 'validating' || (run.status === 'blocked' && inHand)) {
        await ask(id, 'stop', actor);
        return answer(id);
      }
      const stopped = change(id, undefined, (write) => {
        deleteChildrenOf(write, id);
        endRun(write, id, 'stop', actor.name);
      });
      if (stopped.ok) await tidy.run(id);
      return stopped;
    },
    'run.directive': ({ id, text }, { actor }) =>
      change(id, undefined, (write, run) => {
        if (!['queued', 'running', 'validating', 'paused', 'blocked'].includes(run.status))
          throw new FailureError({
            tag: 'run_ended',
            message: `No agent would read the directive; where this run stands: ${runStatus.labels[run.status].toLowerCase()}.`,
            hint: run.status === 'review' ? 'Request changes instead.' : 'Retry the run, then direct it.',
          });
        insertDirective(write, id, 'directive', text, actor.name);
        // What an agent waits for is decided for itself; the words are for its next step.
        if (run.status === 'blocked' && listOpenAsks(write, id).length === 0)
          transitionRun(write, id, 'answer', actor.name);
      }),
    'run.answer': ({ id, version, text }, { actor }) =>
      change(id, version, (write, run) => {
        decideRun.answer(write, run, actor, text);
      }),
    'run.apply': async ({ id, version, strategy, test, leftOut }, { actor }) => {
      const applied = await review.apply(id, version, strategy, actor, { test, leftOut });
      return applied.ok ? answer(id) : applied;
    },
    'run.rollBack': async ({ id, version, reason }, { actor }) => {
      const undone = await review.rollBack(id, version, reason, actor);
      return undone.ok ? answer(id) : undone;
    },
    'run.discard': async ({ id, version, reason }, { actor }) => {
      const discarded = await review.discard(id, version, reason, actor);
      return discarded.ok ? answer(id) : discarded;
    },
    'run.requestChanges': ({ id, version, feedback }, { actor }) => {
      const requested = review.requestChanges(id, version, feedback, actor);
      return requested.ok ? answer(id) : requested;
    },
    'run.retry': ({ id, version, fromStep }, { actor }) =>
      store.tryWrite((write) => {
        const run = getRun(write, id);
        if (version !== undefined && run.version !== version) throw staleVersion('run');
        return detail(write, decideRun.retry(write, run, actor, fromStep));
      }),
    'run.retryNow': ({ id, version }, { actor }) =>
      change(id, version, (write) => {
        const waiting = getRun(write, needWaitingRetry(write, id).runId);
        recordRunDecision(write, waiting, 'retry_now', actor);
        retryNow(write, waiting.id, actor.name);
      }),
    'run.cancelRetry': ({ id, version }, { actor }) =>
      change(id, version, (write) => {
        const waiting = getRun(write, needWaitingRetry(write, id).runId);
        recordRunDecision(write, waiting, 'cancel_retry', actor);
        endRun(write, waiting.id, 'stop', actor.name, { reason: 'retry cancelled' });
      }),
  };
}
