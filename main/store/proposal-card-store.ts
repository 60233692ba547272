import {
  boardFields,
  countValues,
  type BoardCounts,
  type BoardFacts,
} from '../domain/proposal/board-filter.ts';
import type { ProposalCard } from '../domain/proposal/proposal.ts';
import { proposalStage, type PlanningState, type ProposalStage } from '../domain/proposal/stage.ts';
import type { RiskLevel } from '../domain/risk/gate.ts';
import type { RunStatus } from '../domain/run/status.ts';
import type { ProposalSource } from '../domain/source/source.ts';
import type { Effort } from '../domain/proposal/plan.ts';
import { CARD_JOINS, cardWhere, factColumns, type CardFilter } from './card-filter-sql.ts';
import type { Read, Row } from './database.ts';
import { bool, int, intOrNull, real, text, textOrNull } from './row.ts';

/** The card in one statement: its project, the shape of its plan, and its newest run by index. */
const SELECT = `SELECT p.id, p.number, p.version, p.title, p.stage, p.planning, p.source, p.source_ref, p.relevance, p.priority, p.rank, p.project_id, p.goal_id,
    p.snoozed_until, p.stage_since, p.open_questions, project.name AS project_name, goal.title AS goal_title,
    json_array_length(plan.plan, '$.steps') AS plan_steps, plan.plan ->> '$.risk' AS plan_risk,
    plan.plan ->> '$.effort' AS plan_effort, plan.plan ->> '$.costMicroUsd' AS plan_cost, plan.plan ->> '$.durationMs' AS plan_duration,
    r.id AS run_id, r.number AS run_number, r.status AS run_status, r.step AS run_step, r.step_base AS run_step_base,
    r.execution ->> '$.budget.steps' AS run_max_steps, r.files_changed AS run_files, r.additions AS run_additions,
    r.deletions AS run_deletions, r.test_after_exit AS run_test_exit, r.has_tests AS run_has_tests,
    r.rolled_back_at IS NOT NULL AS run_rolled_back
  FROM proposal p
  ${CARD_JOINS}`;

function toCard(row: Row): ProposalCard {
  return {
    id: text(row, 'id'),
    number: int(row, 'number'),
    version: int(row, 'version'),
    title: text(row, 'title'),
    stage: text(row, 'stage') as ProposalStage,
    planning: text(row, 'planning') as PlanningState,
    source: text(row, 'source') as ProposalSource,
    sourceRef: text(row, 'source_ref'),
    relevance: int(row, 'relevance'),
    priority: int(row, 'priority'),
    rank: real(row, 'rank'),
    projectId: textOrNull(row, 'project_id'),
    goalId: textOrNull(row, 'goal_id'),
    snoozedUntil: textOrNull(row, 'snoozed_until'),
    stageSince: text(row, 'stage_since'),
    projectName: textOrNull(row, 'project_name'),
    goalTitle: textOrNull(row, 'goal_title'),
    planSteps: intOrNull(row, 'plan_steps'),
    planRisk: textOrNull(row, 'plan_risk') as RiskLevel | null,
    planEffort: textOrNull(row, 'plan_effort') as Effort | null,
    planCostMicroUsd: intOrNull(row, 'plan_cost'),
    planDurationMs: intOrNull(row, 'plan_duration'),
    openQuestions: int(row, 'open_questions'),
    run:
      textOrNull(row, 'run_id') === null
        ? null
        : {
            id: text(row, 'run_id'),
            number: int(row, 'run_number'),
            status: text(row, 'run_status') as RunStatus,
            step: int(row, 'run_step') - int(row, 'run_step_base'),
            maxSteps: int(row, 'run_max_steps'),
            filesChanged: int(row, 'run_files'),
            additions: int(row, 'run_additions'),
            deletions: int(row, 'run_deletions'),
            testExit: intOrNull(row, 'run_test_exit'),
            hasTests: bool(row, 'run_has_tests'),
            rolledBack: bool(row, 'run_rolled_back'),
          },
  };
}

/** One stage in board order, as `boardOrder` has it. */
export function listCards(
  read: Read,
  stage: ProposalStage,
  filter: CardFilter,
  offset: number,
  limit: number,
): ProposalCard[] {
  const { sql, values } = cardWhere(stage, filter);
  return read
    .prepare(`${SELECT} WHERE ${sql} ORDER BY p.priority DESC, p.rank DESC, p.number DESC LIMIT ? OFFSET ?`)
    .all(...values, limit, offset)
    .map(toCard);
}

export function countCards(
  read: Read,
  stage: ProposalStage,
  filter: CardFilter,
): { count: number; oldestSince: string | null } {
  const { sql, values, joins } = cardWhere(stage, filter);
  const row = read
    .prepare(`SELECT COUNT(*) AS total, MIN(p.stage_since) AS oldest FROM proposal p ${joins} WHERE ${sql}`)
    .get(...values);
  return { count: row ? int(row, 'total') : 0, oldestSince: row ? textOrNull(row, 'oldest') : null };
}

/** Over the open stages: how many proposals each value of each field would show. */
export function countCardValues(read: Read, filter: CardFilter & { readonly now: string }): BoardCounts {
  const facts = factColumns(filter.now);
  // The chosen values are left out here: a field is counted with what is chosen in the others.
  const { sql, values } = cardWhere(undefined, filter, []);
  const groups = read
    .prepare(
      `SELECT ${facts.select}, COUNT(*) AS total FROM proposal p ${facts.joins} WHERE ${sql} GROUP BY ${boardFields.map((_, at) => String(at + 1)).join(', ')}`,
    )
    .all(...facts.values, ...values)
    .map((row) => ({ facts: row as unknown as BoardFacts, count: int(row, 'total') }));
  return countValues(groups, filter);
}

export interface BoardLane {
  /** Null: the proposals that have none. */
  readonly id: string | null;
  readonly title: string | null;
  readonly counts: Readonly<Record<ProposalStage, number>>;
}

/** The lanes that hold anything: goals by priority, projects by name, what has none at the end. */
export function listLanes(read: Read, by: 'goal' | 'project', filter: CardFilter): BoardLane[] {
  const order = by === 'goal' ? 'lane.priority DESC, lane.created_at' : 'lane.name COLLATE NOCASE';
  const lanes = new Map<string | null, { title: string | null; counts: Record<ProposalStage, number> }>();
  for (const stage of proposalStage.values) {
    const { sql, values, joins } = cardWhere(stage, filter);
    for (const row of read
      .prepare(
        `SELECT p.${by}_id AS id, COUNT(*) AS total FROM proposal p ${joins} WHERE ${sql} GROUP BY p.${by}_id`,
      )
      .all(...values)) {
      const id = textOrNull(row, 'id');
      const lane = lanes.get(id) ?? { title: null, counts: noCards() };
      lane.counts[stage] = int(row, 'total');
      lanes.set(id, lane);
    }
  }
  const named = read
    .prepare(`SELECT id, ${by === 'goal' ? 'title' : 'name'} AS title FROM ${by} lane ORDER BY ${order}`)
    .all();
  const sorted = named.flatMap((row) => {
    const lane = lanes.get(text(row, 'id'));
    return lane ? [{ ...lane, id: text(row, 'id'), title: text(row, 'title') }] : [];
  });
  const rest = lanes.get(null);
  return rest ? [...sorted, { ...rest, id: null }] : sorted;
}

function noCards(): Record<ProposalStage, number> {
  return Object.fromEntries(proposalStage.values.map((stage) => [stage, 0])) as Record<ProposalStage, number>;
}

export function listCardsById(read: Read, ids: readonly string[]): ProposalCard[] {
  return read
    .prepare(`${SELECT} WHERE p.id IN (SELECT value FROM json_each(?))`)
    .all(JSON.stringify(ids))
    .map(toCard);
}

/** How many proposals each stage holds. */
/** All proposals, and those that are ideas: without a look at each, for what is asked for often. */
export function countProposals(read: Read): { readonly all: number; readonly ideas: number } {
  const row = read
    .prepare(
      `SELECT (SELECT COUNT(*) FROM proposal) AS "all", (SELECT COUNT(*) FROM proposal WHERE stage = 'idea') AS ideas`,
    )
    .get();
  return row ? { all: int(row, 'all'), ideas: int(row, 'ideas') } : { all: 0, ideas: 0 };
}

export function countStages(read: Read): Record<ProposalStage, number> {
  const counts = noCards();
  for (const row of read.prepare('SELECT stage, COUNT(*) AS total FROM proposal GROUP BY stage').all())
    counts[text(row, 'stage') as ProposalStage] = int(row, 'total');
  return counts;
}
