import type { PlanningTurn } from '../domain/proposal/planning-turn.ts';
import { costStateOf, type CostSource, type CostState } from '../domain/cost/cost-state.ts';
import type { Read, Write } from './database.ts';
import { int, intOrNull, text, textOrNull } from './row.ts';

/** What one turn of a planner used and said. */
export interface PlanningTurnUse {
  readonly proposalId: string;
  readonly attempt: number;
  readonly step: number;
  readonly projectId: string;
  readonly goalId: string | null;
  readonly executor: string;
  readonly accountId: string | null;
  readonly model: string | null;
  readonly class: string;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly tokensCached: number;
  readonly requests: number;
  /** Null: not known, or paid by a subscription. */
  readonly costMicroUsd: number | null;
  readonly costSource: CostSource;
  readonly durationMs: number;
  readonly reply: string;
  readonly problem: string;
}

/** Gives its id, for what is said of it later. */
export function insertPlanningTurn(write: Write, use: PlanningTurnUse): number {
  const { lastInsertRowid } = write
    .prepare(
      `INSERT INTO planning_turn (proposal_id, attempt, step, project_id, goal_id, executor, account_id, model, class, tokens_in, tokens_out,
         tokens_cached, requests, cost_micro_usd, cost_source, duration_ms, reply, problem, at)
       VALUES (:proposalId, :attempt, :step, :projectId, :goalId, :executor, :accountId, :model, :class, :tokensIn, :tokensOut, :tokensCached,
         :requests, :costMicroUsd, :costSource, :durationMs, :reply, :problem, :now)`,
    )
    .run({ ...use, now: write.now });
  return Number(lastInsertRowid);
}

/** Says what was wrong with a turn, once that is known. */
export function notePlanningProblem(write: Write, id: number, problem: string): void {
  write.prepare('UPDATE planning_turn SET problem = ? WHERE id = ?').run(problem, id);
}

/** How often a proposal was planned so far. */
export function lastPlanningAttempt(read: Read, proposalId: string): number {
  const row = read
    .prepare('SELECT COALESCE(MAX(attempt), 0) AS last FROM planning_turn WHERE proposal_id = ?')
    .get(proposalId);
  return row ? int(row, 'last') : 0;
}

/** The turns of the planners of a proposal, newest first. */
export function listPlanningTurns(read: Read, proposalId: string, limit: number): PlanningTurn[] {
  return read
    .prepare('SELECT * FROM planning_turn WHERE proposal_id = ? ORDER BY id DESC LIMIT ?')
    .all(proposalId, limit)
    .map((row) => ({
      id: int(row, 'id'),
      executor: text(row, 'executor'),
      model: textOrNull(row, 'model'),
      class: text(row, 'class'),
      tokensIn: int(row, 'tokens_in'),
      tokensOut: int(row, 'tokens_out'),
      tokensCached: int(row, 'tokens_cached'),
      costMicroUsd: intOrNull(row, 'cost_micro_usd'),
      costSource: text(row, 'cost_source') as CostSource,
      durationMs: int(row, 'duration_ms'),
      reply: text(row, 'reply'),
      problem: text(row, 'problem'),
      at: text(row, 'at'),
    }));
}

/** What planning a proposal cost so far. */
export function planningCost(
  read: Read,
  proposalId: string,
): { turns: number; tokens: number; costMicroUsd: number; state: CostState } {
  const row = read
    .prepare(
      `SELECT COUNT(*) AS turns, COALESCE(SUM(tokens_in + tokens_out), 0) AS tokens, COALESCE(SUM(cost_micro_usd), 0) AS cost,
         COALESCE(SUM(cost_source IN ('told', 'priced')), 0) AS known, COALESCE(SUM(cost_source = 'unknown'), 0) AS unknown,
         COALESCE(SUM(cost_source = 'plan'), 0) AS plan
       FROM planning_turn WHERE proposal_id = ?`,
    )
    .get(proposalId);
  const of = (name: string): number => (row ? int(row, name) : 0);
  const turns = { known: of('known'), unknown: of('unknown'), plan: of('plan') };
  return { turns: of('turns'), tokens: of('tokens'), costMicroUsd: of('cost'), state: costStateOf(turns) };
}
