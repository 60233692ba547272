import { planSchema, type Plan } from '../domain/proposal/plan.ts';
import { TEMPLATE_PLANNER, templatePlan } from '../domain/proposal/template-plan.ts';
import type { Proposal } from '../domain/proposal/proposal.ts';
import type { Project } from '../domain/project/project.ts';
import type { Log } from '../shared/log.ts';
import { fail, messageOf, ok, type Result } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import { readFlag } from '../store/flag-store.ts';
import { findProject } from '../store/project-store.ts';
import { insertPlanVersion, listPlanVersions } from '../store/proposal-plan-store.ts';
import { listQuestions } from '../store/proposal-qa-store.ts';
import {
  endPlanning,
  getProposal,
  listPlanningRequests,
  type PlanningRequest,
} from '../store/proposal-store.ts';
import type { Store } from '../store/store.ts';
import type { RunCommand } from './ports.ts';

const PLANNER_LIMIT_MS = 10 * 60_000;

/** Writes the plans that were asked for. A request survives a crash: it stands in the proposal until a plan or an error does. */
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
}): Planner {
  const { store, runCommand, log, scope } = options;
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
          })
          .finally(() => {
            inHand.delete(request.id);
            next();
          });
        inHand.set(request.id, { version: request.version, abort, done });
      }
    },
  };
  return planner;

  async function write(request: PlanningRequest, signal: AbortSignal): Promise<void> {
    const proposal = store.read((read) => getProposal(read, request.id));
    const project =
      proposal.projectId === null ? null : store.read((read) => findProject(read, proposal.projectId ?? ''));
    const command = store.read((read) => readFlag(read, 'planner.command'));
    const planned =
      command === ''
        ? ok({ plan: plain(proposal, project), writtenBy: TEMPLATE_PLANNER })
        : await byCommand(command, request, proposal, project, signal);
    if (signal.aborted || scope.closed) return;
    const kept = store.tryWrite((handle) => {
      if (planned.ok)
        insertPlanVersion(
          handle,
          request.id,
          request.version,
          { ...planned.value, feedback: request.feedback },
          'runtime',
        );
      else endPlanning(handle, request.id, planned.error.message, 'runtime');
    });
    if (!kept.ok)
      log.info('a plan came too late and was dropped', { proposalId: request.id, why: kept.error.tag });
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
  ): Promise<Result<{ plan: Plan; writtenBy: string }>> {
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
      ? ok({ plan: parsed.data, writtenBy: `planner command (${command.slice(0, 80)})` })
      : fail(
          'planner_malformed',
          `The planner's last line is not a plan: ${parsed.error.issues[0]?.path.join('.') ?? ''} ${parsed.error.issues[0]?.message ?? ''}`.trim(),
        );
  }
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
