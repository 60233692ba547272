import type { ChildRecord } from '../agents/runner.ts';
import { planSchema, type Plan } from '../domain/proposal/plan.ts';
import { TEMPLATE_PLANNER, templatePlan } from '../domain/proposal/template-plan.ts';
import type { Proposal } from '../domain/proposal/proposal.ts';
import type { Project } from '../domain/project/project.ts';
import type { Log } from '../shared/log.ts';
import { fail, messageOf, ok, type Result } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import { readFlag } from '../store/flag-store.ts';
import { findProject } from '../store/project-store.ts';
import {
  deletePlanningChild,
  listPlanningChildren,
  type PlanningChild,
} from '../store/planning-child-store.ts';
import { insertPlanningTurn } from '../store/planning-turn-store.ts';
import { listPlanVersions } from '../store/proposal-plan-store.ts';
import { listQuestions } from '../store/proposal-qa-store.ts';
import { getProposal, listPlanningRequests, type PlanningRequest } from '../store/proposal-store.ts';
import type { Store } from '../store/store.ts';
import type { ChoosePlanner } from './choose-planner.ts';
import { keepPlanned, type Planned } from './keep-planned.ts';
import { planByExecutor, type ExecutorPlannerParts } from './plan-by-executor.ts';
import type { RunCommand } from './ports.ts';

const PLANNER_LIMIT_MS = 10 * 60_000;

/**
 * Writes the plans that were asked for, and looks for open questions. A request survives a crash: it stands in the proposal until a plan or an
 * error does. What a killed host left at work is ended before anything is asked again, so two never work on one proposal.
 */
export interface Planner {
  /** Starts what is asked for and not in hand; ends what is no longer asked for. */
  attend(): void;
  /** Resolves when no plan is being written. */
  settled(): Promise<void>;
}

export function createPlanner(options: {
  store: Store;
  runCommand: RunCommand;
  log: Log;
  scope: Scope;
  /** Folder a planner works in when the proposal has no project. */
  fallbackFolder: string;
  executors: ExecutorPlannerParts;
  choose: ChoosePlanner;
  /** Deletes the raw output of planners of a proposal. */
  dropOutput: (proposalId: string) => Promise<unknown>;
}): Planner {
  const { store, runCommand, log, scope } = options;
  let swept: Promise<void> | null = null;
  /** Read once, before anything of this host is among it. */
  let left: PlanningChild[] | null = null;
  const inHand = new Map<string, { version: number; abort: AbortController; done: Promise<void> }>();
  scope.add('planner', async () => {
    for (const job of inHand.values()) job.abort.abort();
    await Promise.all([...inHand.values()].map((job) => job.done));
  });

  /** Once a place is free. What goes wrong here is met again, and told, at the next tick. */
  const next = (): void => {
    try {
      planner.attend();
    } catch (error) {
      log.error('requests for plans could not be read', { error: messageOf(error) });
    }
  };

  const planner: Planner = {
    async settled() {
      while (inHand.size > 0) await Promise.all([...inHand.values()].map((job) => job.done));
    },
    attend() {
      if (scope.closed) return;
      sweep().catch((error: unknown) => {
        log.error('what planners of a former host left could not be ended', { error: messageOf(error) });
      });
      const requests = store.read(listPlanningRequests);
      for (const [id, job] of inHand)
        if (!requests.some((request) => request.id === id && request.version === job.version))
          job.abort.abort();
      for (const request of requests) {
        if (inHand.has(request.id) || inHand.size >= 2) continue;
        const abort = new AbortController();
        const done = write(request, abort.signal)
          .catch((error: unknown) => {
            log.error('planning met a fault', { proposalId: request.id, error: messageOf(error) });
            return 'fault';
          })
          .then((how) => {
            inHand.delete(request.id);
            // A fault is met again at the next tick, not at once and for ever.
            if (how !== 'fault') next();
          });
        inHand.set(request.id, { version: request.version, abort, done });
      }
    },
  };
  return planner;

  async function write(request: PlanningRequest, signal: AbortSignal): Promise<void> {
    await sweep();
    const proposal = store.read((read) => getProposal(read, request.id));
    const project =
      proposal.projectId === null ? null : store.read((read) => findProject(read, proposal.projectId ?? ''));
    const planned = await ask(request, proposal, project, signal);
    if (signal.aborted || scope.closed) return;
    const kept = store.tryWrite((handle) => {
      keepPlanned(handle, request, planned);
    });
    if (!kept.ok)
      log.info('a plan came too late and was dropped', { proposalId: request.id, why: kept.error.tag });
  }

  async function ask(
    request: PlanningRequest,
    proposal: Proposal,
    project: Project | null,
    signal: AbortSignal,
  ): Promise<Result<Planned>> {
    const task = request.stage === 'research' ? 'research' : 'plan';
    const choice = await options.choose(task, project);
    if (!choice.ok) return choice;
    if (signal.aborted) return fail('planner_cancelled', 'Planning was cancelled.');
    const { by } = choice.value;
    if (by === 'executor' && project !== null)
      try {
        const { executor } = choice.value;
        return await planByExecutor(options.executors, { request, proposal, project, executor }, signal);
      } finally {
        await options.dropOutput(proposal.id);
      }
    if (task === 'research')
      return fail(
        'planner_asks_nothing',
        'Only an agent program finds open questions, and none is chosen or usable here.',
        { hint: 'Choose one as the planner in the settings, or ask your own questions.' },
      );
    if (by === 'command')
      return byCommand(
        store.read((read) => readFlag(read, 'planner.command')),
        request,
        proposal,
        project,
        signal,
      );
    return ok({
      plan: plain(proposal, project),
      writtenBy: TEMPLATE_PLANNER,
      questions: [],
      dropped: [],
    });
  }

  function sweep(): Promise<void> {
    swept ??= sweepLeft().catch((error: unknown) => {
      // Tried again at the next tick.
      swept = null;
      throw error;
    });
    return swept;
  }

  /** Ends what planners of a former host left at work, once; what they used nobody knows, and that is what is kept of it. */
  async function sweepLeft(): Promise<void> {
    const { runner, place } = options.executors;
    left ??= store.read(listPlanningChildren);
    for (let child = left[0]; child; child = left[0]) {
      const { proposalId, attempt, step, executor, accountId, model } = child;
      const ended = await runner.sweep(recordOf(child));
      if (ended > 0) log.warn('a planner of a former host was ended', { proposalId, processes: ended });
      await options.dropOutput(proposalId);
      const project = store.read((read) => findProject(read, getProposal(read, proposalId).projectId ?? ''));
      const dropped =
        project && (await place.drop({ projectPath: project.localPath, worktree: child.worktree }));
      if (dropped && !dropped.ok && dropped.error.tag !== 'not_found')
        log.warn('a worktree of a planner could not be removed', { proposalId, why: dropped.error.message });
      store.write((handle) => {
        deletePlanningChild(handle, proposalId);
        const { projectId, goalId } = getProposal(handle, proposalId);
        insertPlanningTurn(handle, {
          ...{ proposalId, attempt, step, projectId: projectId ?? '', goalId, executor, accountId, model },
          ...{ class: 'lost', tokensIn: 0, tokensOut: 0, tokensCached: 0, requests: 1, durationMs: 0 },
          ...{ costMicroUsd: null, costSource: 'unknown', reply: '' },
          problem: 'Homer was ended while it worked; what it used is not known.',
        });
      });
      left.shift();
    }
  }

  function plain(proposal: Proposal, project: Project | null): Plan {
    const earlier = store.read((read) => listPlanVersions(read, proposal.id)).map((entry) => entry.feedback);
    const now =
      store.read((read) => listPlanningRequests(read)).find((entry) => entry.id === proposal.id)?.feedback ??
      '';
    return templatePlan(proposal, {
      testCommand: project?.testCommand ?? '',
      feedback: [...earlier, now].filter((words) => words !== ''),
    });
  }

  async function byCommand(
    command: string,
    request: PlanningRequest,
    proposal: Proposal,
    project: Project | null,
    signal: AbortSignal,
  ): Promise<Result<Planned>> {
    const questions = store.read((read) => listQuestions(read, proposal.id));
    const outcome = await runCommand({
      command,
      cwd: project?.localPath ?? options.fallbackFolder,
      timeoutMs: PLANNER_LIMIT_MS,
      env: { HOMER_TASK: 'plan', HOMER_TAG: `${proposal.id}:plan` },
      signal,
      input: JSON.stringify({
        task: 'plan',
        proposal: {
          title: proposal.title,
          summary: proposal.summary,
          content: proposal.content,
          source: proposal.source,
          sourceRef: proposal.sourceRef,
        },
        testCommand: project?.testCommand ?? '',
        questions: questions.map(({ question, answer }) => ({ question, answer })),
        previousPlan: proposal.plan,
        feedback: request.feedback,
      }),
    });
    if (!outcome.ok) return outcome;
    if (outcome.value.exitCode !== 0)
      return fail(
        'planner_failed',
        `The planner ended with ${outcome.value.timedOut ? 'its time limit' : `exit code ${String(outcome.value.exitCode)}`}: ${lastLine(outcome.value.output)}`,
      );
    const line = outcome.value.output.trim().split('\n').at(-1) ?? '';
    const parsed = planSchema.safeParse(jsonOrText(line));
    return parsed.success
      ? ok({
          plan: parsed.data,
          writtenBy: `planner command (${command.slice(0, 80)})`,
          questions: [],
          dropped: [],
        })
      : fail(
          'planner_malformed',
          `The planner's last line is not a plan: ${parsed.error.issues[0]?.path.join('.') ?? ''} ${parsed.error.issues[0]?.message ?? ''}`.trim(),
        );
  }
}

function recordOf({ proposalId, pid, group, startTime, bootId, ...rest }: PlanningChild): ChildRecord {
  return { ...rest, runId: proposalId, identity: { pid, group, startTime, bootId } };
}

function jsonOrText(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return line;
    throw error;
  }
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1)?.slice(0, 300) ?? '';
}
