import type { ApplyStrategy } from '../domain/run/apply-strategy.ts';
import { leftOutFiles, type LeftOut } from '../domain/run/left-out.ts';
import type { JsonObject } from '../domain/primitives.ts';
import type { Actor } from '../domain/decision/decision.ts';
import type { Run } from '../domain/run/run.ts';
import type { Log } from '../shared/log.ts';
import { fail, FailureError, ok, type Refusal, type Result } from '../shared/result.ts';
import { insertDecision } from '../store/decision-store.ts';
import { endRun } from '../store/end-run.ts';
import { getProject } from '../store/project-store.ts';
import { getProposal } from '../store/proposal-store.ts';
import { insertDirective } from '../store/run-directive-store.ts';
import { appendRunEvents } from '../store/run-event-store.ts';
import { noteRollBack } from '../store/note-roll-back.ts';
import { beginAttempt } from '../store/run-attempt-store.ts';
import { getRun } from '../store/run-store.ts';
import { transitionRun } from '../store/transition-run.ts';
import type { Store } from '../store/store.ts';
import { step } from '../domain/machine.ts';
import { runMachine, runStatus } from '../domain/run/status.ts';
import { staleVersion } from '../store/row.ts';
import type { RunWorkspace } from './ports.ts';
import type { TestMerged } from './test-merged.ts';
import type { Tidy } from './tidy-run.ts';

/** What the owner decides on a finished result. Each decision stands in the approval history with what was shown. */
export interface Review {
  apply(
    runId: string,
    version: number | undefined,
    strategy: ApplyStrategy,
    actor: Actor,
    /**
     * `test`: whether the merged result is tested first; when it is not said, the setting decides, and with something left out it is:
     * no test has seen that result. `leftOut`: what of it stays away.
     */
    more?: { rule?: string | undefined; test?: boolean | undefined; leftOut?: LeftOut | undefined },
  ): Promise<Result<void>>;
  /** Takes an applied run out of the project again. It stays applied, with the fact noted; it can then be applied again. */
  rollBack(
    runId: string,
    version: number | undefined,
    reason: string | undefined,
    actor: Actor,
  ): Promise<Result<void>>;
  discard(
    runId: string,
    version: number | undefined,
    reason: string | undefined,
    actor: Actor,
  ): Promise<Result<void>>;
  requestChanges(runId: string, version: number | undefined, feedback: string, actor: Actor): Result<void>;
  /** Applies without a person where the project chose so and the plan's risk is low and its tests pass. */
  autoApply(runId: string): Promise<void>;
  /** Whether the run is being merged just now; nothing else may be decided meanwhile. */
  applying(runId: string): boolean;
  /** Whether a project's branch is being moved just now, by applying a run or by taking one out again. */
  movesBranchOf(projectId: string): boolean;
}

export function createReview(options: {
  store: Store;
  workspace: RunWorkspace;
  log: Log;
  tidy: Tidy;
  testMerged: TestMerged;
}): Review {
  const { store, workspace, log, tidy, testMerged } = options;
  /** Runs in hand, with the project whose branch they move. */
  const applying = new Map<string, string>();

  const review: Review = {
    async apply(runId, version, strategy, actor, { rule, test, leftOut } = {}) {
      const run = store.read((read) => getRun(read, runId));
      const again = run.status === 'applied' && run.rolledBackCommit !== null;
      const legal = step(runMachine, run.status, 'apply');
      if (!legal.ok && !again) return legal;
      if (version !== undefined && version !== run.version)
        return { ok: false, error: staleVersion('run').failure };
      if (applying.has(runId)) return beingApplied();
      applying.set(runId, run.projectId);
      try {
        const project = store.read((read) => getProject(read, run.projectId));
        const applied = await workspace.apply({
          projectPath: project.localPath,
          defaultBranch: project.defaultBranch,
          runId,
          number: run.number,
          title: run.name,
          baseCommit: run.baseCommit ?? '',
          head: run.headCommit ?? '',
          strategy,
          policy: project.pathPolicy,
          ...(leftOut ? { leftOut } : {}),
          ...(testMerged.wanted(run, project, test ?? (leftOut ? true : undefined))
            ? { check: (folder: string) => testMerged.run(run, project, folder) }
            : {}),
        });
        if (!applied.ok) return applied;
        const without = leftOut ? { leftOut: leftOutFiles(leftOut) } : {};
        const kept = store.tryWrite((write) => {
          decide(write, run, again ? 'apply_again' : 'apply', actor, {
            rule: rule ?? null,
            snapshot: { commit: applied.value.commit, ...without },
          });
          appendRunEvents(write, runId, [
            {
              type: 'applied',
              payload: { strategy, commit: applied.value.commit, target: applied.value.target, ...without },
            },
          ]);
          const appliedCommit = applied.value.commit;
          if (again) noteRollBack(write, runId, run.version, { appliedCommit }, actor.name);
          else
            endRun(write, runId, 'apply', actor.name, { version: run.version, changes: { appliedCommit } });
        });
        if (!kept.ok) return kept;
        await tidy.run(runId);
        return ok(undefined);
      } finally {
        applying.delete(runId);
      }
    },

    async rollBack(runId, version, reason, actor) {
      const run = store.read((read) => getRun(read, runId));
      if (version !== undefined && version !== run.version)
        return { ok: false, error: staleVersion('run').failure };
      if (run.status !== 'applied' || run.rolledBackCommit !== null) return notApplied(run);
      if (applying.has(runId)) return beingApplied();
      applying.set(runId, run.projectId);
      try {
        const project = store.read((read) => getProject(read, run.projectId));
        const undone = await workspace.rollBack({
          projectPath: project.localPath,
          defaultBranch: project.defaultBranch,
          runId,
          number: run.number,
          title: run.name,
          baseCommit: run.baseCommit ?? '',
        });
        if (!undone.ok) return undone;
        const { commit, target } = undone.value;
        return store.tryWrite((write) => {
          decide(write, run, 'roll_back', actor, { reason: reason ?? null, snapshot: { commit } });
          appendRunEvents(write, runId, [{ type: 'rolled_back', payload: { commit, target } }]);
          noteRollBack(write, runId, run.version, { commit }, actor.name);
        });
      } finally {
        applying.delete(runId);
      }
    },

    async discard(runId, version, reason, actor) {
      if (applying.has(runId)) return beingApplied();
      const run = store.read((read) => getRun(read, runId));
      const kept = store.tryWrite((write) => {
        decide(write, run, 'discard', actor, { reason: reason ?? null });
        endRun(write, runId, 'discard', actor.name, { version, ...(reason === undefined ? {} : { reason }) });
      });
      if (!kept.ok) return kept;
      await tidy.run(runId);
      return ok(undefined);
    },

    requestChanges: (runId, version, feedback, actor) =>
      store.tryWrite((write) => {
        if (applying.has(runId)) throw new FailureError(beingApplied().error);
        const run = getRun(write, runId);
        decide(write, run, 'request_changes', actor, { reason: feedback });
        insertDirective(write, runId, 'feedback', feedback, actor.name);
        transitionRun(write, runId, 'request_changes', actor.name, { version });
        beginAttempt(write, runId, feedback);
      }),

    async autoApply(runId) {
      const run = store.read((read) => getRun(read, runId));
      const project = store.read((read) => getProject(read, run.projectId));
      if (!project.autoApply || run.proposalId === null || run.testAfter?.exitCode !== 0) return;
      const plan = store.read((read) => getProposal(read, run.proposalId ?? '')).plan;
      if (plan?.risk !== 'low') return;
      const applied = await review.apply(
        runId,
        run.version,
        'merge',
        { name: 'rule', channel: 'rule' },
        { rule: `auto-apply of low-risk work in ${project.name}` },
      );
      if (!applied.ok) log.info('a run was left for review', { runId, why: applied.error.message });
    },

    applying: (runId) => applying.has(runId),
    movesBranchOf: (projectId) => [...applying.values()].includes(projectId),
  };
  return review;

  function decide(
    write: Parameters<typeof insertDecision>[0],
    run: Run,
    action: string,
    actor: Actor,
    more: { reason?: string | null; rule?: string | null; snapshot?: JsonObject },
  ): void {
    insertDecision(write, {
      entity: 'run',
      entityId: run.id,
      entityVersion: run.version,
      action,
      actor,
      reason: more.reason ?? null,
      rule: more.rule ?? null,
      since: run.updatedAt,
      snapshot: {
        status: run.status,
        filesChanged: run.filesChanged,
        additions: run.additions,
        deletions: run.deletions,
        testBefore: run.testBefore?.exitCode ?? null,
        testAfter: run.testAfter?.exitCode ?? null,
        ...more.snapshot,
      },
    });
  }
}

function notApplied(run: Run): Refusal {
  const undone = run.rolledBackCommit !== null;
  return fail(
    'already_decided',
    undone
      ? 'This run was rolled back already.'
      : `This run is not applied: ${runStatus.labels[run.status].toLowerCase()}.`,
    { hint: undone ? 'It can be applied again.' : 'Only what was applied can be rolled back.' },
  );
}

/** What hears whoever decides on a run while it is merged; the tag of a second press, and the API asks for it too. */
export function beingApplied(): Refusal {
  return fail('already_decided', 'This run is being applied just now.', {
    hint: 'Wait a moment and look again.',
  });
}
