import type { CostSource } from '../domain/cost/cost-state.ts';
import type { UsedTokens } from '../domain/cost/price-turn.ts';
import type { Read, Write } from './database.ts';
import { int, intOrNull, text, textOrNull } from './row.ts';

/** What one turn used and cost, kept in the transaction that keeps how it ended. */
export interface TurnUse {
  readonly runId: string;
  readonly attempt: number;
  readonly step: number;
  readonly stage: string;
  readonly intentId: string;
  readonly projectId: string;
  readonly goalId: string | null;
  readonly executor: string;
  readonly accountId: string | null;
  readonly home: string | null;
  readonly model: string | null;
  readonly sessionId: string | null;
  readonly class: string;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly tokensCached: number;
  readonly tokensCacheWrite: number;
  readonly tokensReasoning: number;
  readonly requests: number;
  /** Null: not known, or paid by a subscription. */
  readonly costMicroUsd: number | null;
  readonly costSource: CostSource;
  readonly durationMs: number;
}

export function insertTurnUse(write: Write, use: TurnUse): void {
  write
    .prepare(
      `INSERT INTO turn_use (run_id, attempt, step, stage, intent_id, project_id, goal_id, executor, account_id, home, model, session_id, class,
         tokens_in, tokens_out, tokens_cached, tokens_cache_write, tokens_reasoning, requests, cost_micro_usd, cost_source, duration_ms, at)
       VALUES (:runId, :attempt, :step, :stage, :intentId, :projectId, :goalId, :executor, :accountId, :home, :model, :sessionId, :class,
         :tokensIn, :tokensOut, :tokensCached, :tokensCacheWrite, :tokensReasoning, :requests, :costMicroUsd, :costSource, :durationMs, :now)`,
    )
    .run({ ...use, now: write.now });
  write
    .prepare(
      `UPDATE run SET cost_known_turns = cost_known_turns + (:source IN ('told', 'priced')),
         cost_unknown_turns = cost_unknown_turns + (:source = 'unknown'), cost_plan_turns = cost_plan_turns + (:source = 'plan')
       WHERE id = :runId`,
    )
    .run({ runId: use.runId, source: use.costSource });
}

/** Which account had a session of a run, and in which folder it lies; null when no turn told of it. */
export function findSessionHolder(
  read: Read,
  runId: string,
  sessionId: string,
): { readonly accountId: string | null; readonly home: string | null } | null {
  const row = read
    .prepare(
      'SELECT account_id, home FROM turn_use WHERE run_id = ? AND session_id = ? ORDER BY id DESC LIMIT 1',
    )
    .get(runId, sessionId);
  return row ? { accountId: textOrNull(row, 'account_id'), home: textOrNull(row, 'home') } : null;
}

/** The turn of a step that was taken last, of a stage where the run has some. */
export interface LastTurn {
  readonly runId: string;
  readonly step: number;
  readonly stage: string;
}

const OF_STEP = `run_id = :runId AND payload ->> '$.step' = :step AND COALESCE(payload ->> '$.stage', '') = :stage`;
const IN_TURN = `${OF_STEP} AND seq > COALESCE((SELECT MAX(seq) FROM run_event WHERE type = 'child_started' AND ${OF_STEP}), 0)`;

/** How often the model was asked in the turn that just ended, as far as it told: once at least. */
export function countRequests(read: Read, turn: LastTurn): number {
  return Math.max(1, countInTurn(read, turn, 'usage'));
}

/** How often tools were called in it: a program that tells its use once at the end asked its model about as often. */
export function countToolCalls(read: Read, turn: LastTurn): number {
  return countInTurn(read, turn, 'tool_call');
}

/** What each call of the model used in it, where the program tells that of each. */
export function listCalls(read: Read, { runId, step, stage }: LastTurn): UsedTokens[] {
  return read
    .prepare(
      `SELECT payload ->> '$.tokensIn' AS tokens_in, payload ->> '$.tokensOut' AS tokens_out, payload ->> '$.tokensCached' AS tokens_cached,
         COALESCE(payload ->> '$.tokensCacheWrite', 0) AS cache_write, COALESCE(payload ->> '$.tokensReasoning', 0) AS reasoning
       FROM run_event WHERE type = 'usage' AND payload ->> '$.calls' = 1 AND ${IN_TURN}`,
    )
    .all({ runId, step, stage })
    .map((row) => ({
      tokensIn: int(row, 'tokens_in'),
      tokensOut: int(row, 'tokens_out'),
      tokensCached: int(row, 'tokens_cached'),
      tokensCacheWrite: int(row, 'cache_write'),
      tokensReasoning: int(row, 'reasoning'),
    }));
}

/** What it told it has used so far, for one that is taken up in the middle. */
export function usageOfTurn(
  read: Read,
  { runId, step, stage }: LastTurn,
): { tokens: number; costMicroUsd: number } {
  const row = read
    .prepare(
      `SELECT COALESCE(SUM((payload ->> '$.tokensIn') + (payload ->> '$.tokensOut')), 0) AS tokens,
         COALESCE(SUM(payload ->> '$.costMicroUsd'), 0) AS cost FROM run_event WHERE type = 'usage' AND ${IN_TURN}`,
    )
    .get({ runId, step, stage });
  return { tokens: row ? int(row, 'tokens') : 0, costMicroUsd: row ? int(row, 'cost') : 0 };
}

function countInTurn(read: Read, { runId, step, stage }: LastTurn, type: 'usage' | 'tool_call'): number {
  const row = read
    .prepare(`SELECT COUNT(*) AS found FROM run_event WHERE type = :type AND ${IN_TURN}`)
    .get({ runId, step, stage, type });
  return row ? int(row, 'found') : 0;
}

/** What turns of runs and of planners cost, as one table. */
const SPENT = `(SELECT run_id, project_id, goal_id, account_id, model, tokens_in, tokens_out, tokens_cached, cost_micro_usd, cost_source, at FROM turn_use
  UNION ALL SELECT '', project_id, goal_id, account_id, model, tokens_in, tokens_out, tokens_cached, cost_micro_usd, cost_source, at FROM planning_turn)`;

/** Known cost between two times, of one project or of all, in millionths of a dollar. */
export function costBetween(read: Read, from: string, to: string, projectId: string | null = null): number {
  const row = read
    .prepare(
      `SELECT COALESCE(SUM(cost_micro_usd), 0) AS cost FROM ${SPENT}
       WHERE at >= :from AND at < :to AND (:projectId IS NULL OR project_id = :projectId)`,
    )
    .get({ from, to, projectId });
  return row ? int(row, 'cost') : 0;
}

/** When the known cost since `from` came to a sum; `from` when it has not. */
export function costReachedAt(
  read: Read,
  of: { from: string; to: string; projectId: string | null; microUsd: number },
): string {
  const row = read
    .prepare(
      `SELECT MIN(at) AS at FROM (SELECT at, SUM(IFNULL(cost_micro_usd, 0)) OVER (ORDER BY at ROWS UNBOUNDED PRECEDING) AS total FROM ${SPENT}
         WHERE at >= :from AND at < :to AND (:projectId IS NULL OR project_id = :projectId)) WHERE total >= :microUsd`,
    )
    .get(of);
  return (row ? textOrNull(row, 'at') : null) ?? of.from;
}

/** What the report of costs may be grouped by. */
export const costGroups = {
  project: `spent.project_id`,
  goal: `IFNULL(spent.goal_id, '')`,
  run: `spent.run_id`,
  account: `IFNULL(spent.account_id, '')`,
  model: `IFNULL(spent.model, '')`,
} as const;

export interface CostRow {
  /** Id of what it is grouped by; empty: none. */
  readonly key: string;
  readonly costMicroUsd: number;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly tokensCached: number;
  readonly turns: { readonly known: number; readonly unknown: number; readonly plan: number };
}

/** What was used between two times, the costliest first. */
export function listCosts(
  read: Read,
  by: keyof typeof costGroups,
  at: { readonly from: string; readonly to: string; readonly limit: number },
): CostRow[] {
  return read
    .prepare(
      `SELECT ${costGroups[by]} AS key, COALESCE(SUM(cost_micro_usd), 0) AS cost, SUM(tokens_in) AS tokens_in, SUM(tokens_out) AS tokens_out,
         SUM(tokens_cached) AS tokens_cached, SUM(cost_source IN ('told', 'priced')) AS known, SUM(cost_source = 'unknown') AS unknown,
         SUM(cost_source = 'plan') AS plan
       FROM ${SPENT} AS spent WHERE at >= :from AND at < :to GROUP BY 1 ORDER BY cost DESC, tokens_in + tokens_out DESC, key LIMIT :limit`,
    )
    .all({ from: at.from, to: at.to, limit: at.limit })
    .map((row) => ({
      key: text(row, 'key'),
      costMicroUsd: int(row, 'cost'),
      tokensIn: int(row, 'tokens_in'),
      tokensOut: int(row, 'tokens_out'),
      tokensCached: int(row, 'tokens_cached'),
      turns: { known: int(row, 'known'), unknown: int(row, 'unknown'), plan: int(row, 'plan') },
    }));
}

/** What whole attempts used, for forecasts: newest first, of runs that worked. */
export interface AttemptUse {
  readonly executor: string;
  readonly projectId: string;
  readonly intentId: string;
  readonly tokens: number;
  readonly requests: number;
  readonly costMicroUsd: number | null;
  readonly durationMs: number;
}

export function listAttemptUse(read: Read, since: string, limit: number): AttemptUse[] {
  return read
    .prepare(
      `SELECT executor, project_id, intent_id, SUM(tokens_in + tokens_out) AS tokens, SUM(requests) AS requests,
         CASE WHEN SUM(cost_source = 'unknown') = 0 THEN SUM(cost_micro_usd) END AS cost, SUM(duration_ms) AS duration
       FROM turn_use WHERE at >= ? GROUP BY run_id, attempt, executor ORDER BY MAX(id) DESC LIMIT ?`,
    )
    .all(since, limit)
    .map((row) => ({
      executor: text(row, 'executor'),
      projectId: text(row, 'project_id'),
      intentId: text(row, 'intent_id'),
      tokens: int(row, 'tokens'),
      requests: int(row, 'requests'),
      costMicroUsd: intOrNull(row, 'cost'),
      durationMs: int(row, 'duration'),
    }));
}

/** How the last turn of an account ended, and when; null before the first. */
export function lastTurnOfAccount(read: Read, accountId: string): { class: string; at: string } | null {
  const row = read
    .prepare('SELECT class, at FROM turn_use WHERE account_id = ? ORDER BY at DESC, id DESC LIMIT 1')
    .get(accountId);
  return row ? { class: text(row, 'class'), at: text(row, 'at') } : null;
}

/** Names of what costs are grouped by; what is gone has none. */
export function namesOf(
  read: Read,
  by: keyof typeof costGroups,
  keys: readonly string[],
): Map<string, string> {
  // A model has no other name.
  if (by === 'model') return new Map();
  const queries: Record<Exclude<keyof typeof costGroups, 'model'>, string> = {
    project: 'SELECT id, name FROM project',
    goal: 'SELECT id, title AS name FROM goal',
    run: `SELECT id, '#' || number || ' ' || name AS name FROM run`,
    account: `SELECT id, executor || ': ' || label AS name FROM executor_account`,
  };
  return new Map(
    read
      .prepare(`${queries[by]} WHERE id IN (SELECT value FROM json_each(?))`)
      .all(JSON.stringify(keys))
      .map((row) => [text(row, 'id'), text(row, 'name')]),
  );
}
