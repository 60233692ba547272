import { defaultBudget } from '../../domain/run/budget.ts';
import { formatTime } from '../../shared/clock.ts';
import type { Write } from '../database.ts';
import { addProject, addProposal, addRun } from './test-store.ts';

const STATUSES = [
  'applied',
  'applied',
  'completed',
  'failed',
  'applied',
  'discarded',
  'timeout',
  'stopped',
] as const;
const EXECUTORS = ['claude', 'codex', 'shell'] as const;
const DECIDED = ['apply', 'apply', 'request_changes', 'approve', 'discard'] as const;

/** Runs that ended evenly over the time from `from` to `to` (ms), with their turns and decisions: the same ones each time. */
export function fillInsights(
  write: Write,
  { from, to, runs, turnsEach = 2 }: { from: number; to: number; runs: number; turnsEach?: number },
): { projectIds: string[] } {
  const projectIds = [addProject(write, 'one'), addProject(write, 'two')];
  const goals = ['Fewer flaky tests', 'A faster start', 'Less to carry', 'Docs that hold'].map(
    (title, index) => {
      const id = write.nextId();
      write
        .prepare(`INSERT INTO goal (id, title, status, created_at, updated_at) VALUES (?, ?, 'active', ?, ?)`)
        .run(id, title, write.now, write.now);
      return index === 3 ? null : id;
    },
  );
  const account = write.nextId();
  write
    .prepare(
      `INSERT INTO executor_account (id, executor, label, status, created_at, updated_at) VALUES (?, 'claude', 'max-1', 'active', ?, ?)`,
    )
    .run(account, write.now, write.now);
  const first = addRun(write, projectIds[0] ?? '');
  const { intent_id: intentId, execution } = write
    .prepare('SELECT intent_id, execution FROM run WHERE id = ?')
    .get(first) ?? { intent_id: '', execution: JSON.stringify({ v: 1, budget: defaultBudget }) };
  const proposals = Array.from({ length: 40 }, (_, index) =>
    addProposal(write, {
      source: index % 3 === 0 ? 'todo' : 'owner',
      projectId: projectIds[index % 2] ?? null,
      fingerprint: `filled ${String(index)}`,
    }),
  );
  const addOne = write.prepare(
    `INSERT INTO run (id, number, intent_id, project_id, proposal_id, goal_id, name, goal_text, attempt, retry_of_run_id, run_type, triggered_by,
       status, priority, executor, executor_label, execution, cost_micro_usd, step, step_base, rolled_back_at, started_at, ended_at, active_ms,
       created_at, updated_at)
     VALUES (:id, :number, :intentId, :projectId, :proposalId, :goalId, 'Mend it', :text, :number, :retryOf, 'agent', 'trigger', :status, 50,
       :executor, :executor, :execution, :cost, 3, :stepBase, :back, :started, :ended, :active, :started, :ended)`,
  );
  const addTurn = write.prepare(
    `INSERT INTO turn_use (run_id, attempt, step, intent_id, project_id, goal_id, executor, account_id, class, tokens_in, tokens_out, tokens_cached,
       tokens_cache_write, tokens_reasoning, requests, cost_micro_usd, cost_source, duration_ms, at)
     VALUES (:runId, 1, :step, :intentId, :projectId, :goalId, :executor, :accountId, 'ok', 9000, 1000, 0, 0, 0, 12, :cost, 'told', 60000, :at)`,
  );
  const addDecision = write.prepare(
    `INSERT INTO decision (id, entity, entity_id, entity_version, action, actor, channel, response_ms, snapshot, created_at)
     VALUES (:id, :entity, :entityId, 1, :action, 'owner', 'dashboard', :ms, :snapshot, :at)`,
  );
  for (let index = 0; index < runs; index += 1) {
    const ended = from + Math.floor(((to - from) * (index + 0.5)) / runs);
    const active = 60_000 + ((index * 7919) % 1_800_000);
    const projectId = projectIds[index % 2] ?? '';
    const goalId = goals[index % goals.length] ?? null;
    const executor = EXECUTORS[index % EXECUTORS.length] ?? 'shell';
    const id = write.nextId();
    addOne.run({
      id,
      number: index + 2,
      intentId,
      projectId,
      proposalId: proposals[index % 80] ?? null,
      goalId,
      text: 'Read the code and mend what is wrong with it. '.repeat(20),
      retryOf: index % 11 === 0 ? first : null,
      status: STATUSES[index % STATUSES.length] ?? 'applied',
      executor,
      execution,
      cost: 400_000 + (index % 7) * 50_000,
      stepBase: index % 13 === 0 ? 2 : 0,
      back: index % 17 === 0 ? formatTime(ended + 1_000) : null,
      started: formatTime(ended - active - 600_000),
      ended: formatTime(ended),
      active,
    });
    for (let step = 1; step <= turnsEach; step += 1)
      addTurn.run({
        runId: id,
        step,
        intentId,
        projectId,
        goalId,
        executor,
        accountId: executor === 'claude' ? account : null,
        cost: 200_000,
        at: formatTime(ended - 60_000 * (turnsEach - step)),
      });
    addDecision.run({
      id: write.nextId(),
      entity: 'run',
      entityId: id,
      action: DECIDED[index % DECIDED.length] ?? 'apply',
      ms: 30_000 + ((index * 104_729) % 7_200_000),
      snapshot: JSON.stringify({ text: 'what was shown '.repeat(20) }),
      at: formatTime(ended),
    });
  }
  proposals.forEach((entityId, index) => {
    addDecision.run({
      id: write.nextId(),
      entity: 'proposal',
      entityId,
      action: index % 4 === 0 ? 'reject' : 'execute',
      ms: 60_000 * index,
      snapshot: '{}',
      at: formatTime(from + Math.floor(((to - from) * (index + 0.5)) / proposals.length)),
    });
  });
  return { projectIds };
}
