import { parseTime, type Clock } from '../shared/clock.ts';
import { FailureError } from '../shared/result.ts';
import { riskGate } from '../domain/risk/gate.ts';
import { enqueueRun } from '../store/enqueue-run.ts';
import { listDueIntents, setNextDue } from '../store/intent-store.ts';
import { isStoreFailure } from '../store/store-failure.ts';
import { getProject } from '../store/project-store.ts';
import type { Store } from '../store/store.ts';
import { defaultBudgetOf } from './default-budget.ts';
import { nextDue } from './next-due.ts';
import type { Log } from '../shared/log.ts';

const BATCH = 100;

/** Queues the runs whose trigger is due: run and next time in one transaction, at most one run for each nominal time. Gives how many. */
export function fireDue(store: Store, clock: Clock, log: Log): number {
  let fired = 0;
  const due = store.read((read) => listDueIntents(read, clock.iso(), BATCH));
  for (const intent of due) {
    const result = store.tryWrite((write) => {
      const nominal = intent.nextDueAt === null ? clock.now() : parseTime(intent.nextDueAt);
      const next = nextDue(intent.trigger, Math.max(clock.now(), nominal), nominal);
      if (!next.ok) throw new FailureError(next.error);
      setNextDue(write, intent.id, next.value);
      if (intent.status !== 'pending' && intent.status !== 'scheduled') return false;
      const project = getProject(write, intent.projectId);
      enqueueRun(write, intent.id, {
        gate: riskGate({
          profile: project.riskProfile,
          text: intent.query,
          budget: intent.execution.budget,
          defaults: defaultBudgetOf(write),
          enforceable: true,
          patterns: project.sensitivePatterns,
          approvedByOwner: false,
        }),
        triggeredBy: 'trigger',
        executorLabel: intent.execution.executorLabel ?? intent.executor,
        actor: 'runtime',
        retryOfRunId: null,
        nominalAt: intent.nextDueAt,
      });
      return true;
    });
    if (!result.ok) {
      // The store's trouble is not the intent's: it stays due.
      const failure = new FailureError(result.error);
      if (isStoreFailure(failure)) throw failure;
      log.warn('a due intent could not be fired', { intentId: intent.id, error: result.error.message });
      store.write((write) => {
        setNextDue(write, intent.id, null);
      });
    } else if (result.value) fired += 1;
  }
  return due.length < BATCH ? fired : fired + fireDue(store, clock, log);
}
