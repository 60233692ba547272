import type { ProposalCard } from '../domain/proposal/proposal.ts';
import { proposalStage, type PlanningState, type ProposalStage } from '../domain/proposal/stage.ts';
import type { RiskLevel } from '../domain/risk/gate.ts';
import type { RunStatus } from '../domain/run/status.ts';
import type { ProposalSource } from '../domain/source/source.ts';
import type { Read, Row } from './database.ts';
import { bool, int, intOrNull, text, textOrNull } from './row.ts';

/** The card in one statement: its project, the shape of its plan, and its newest run by index. */
const SELECT = `SELECT p.id, p.number, p.version, p.title, p.stage, p.planning, p.source, p.source_ref, p.relevance, p.project_id, p.goal_id,
    p.snoozed_until, p.stage_since, p.open_questions, project.name AS project_name,
    json_array_length(plan.plan, '$.steps') AS plan_steps, plan.plan ->> '$.risk' AS plan_risk,
    r.id AS run_id, r.number AS run_number, r.status AS run_status, r.step AS run_step, r.step_base AS run_step_base,
    r.execution ->> '$.budget.steps' AS run_max_steps, r.files_changed AS run_files, r.additions AS run_additions,
    r.deletions AS run_deletions, r.test_after_exit AS run_test_exit, r.has_tests AS run_has_tests,
    r.rolled_back_at IS NOT NULL AS run_rolled_back
  FROM proposal p
  LEFT JOIN project ON project.id = p.project_id
  LEFT JOIN proposal_plan plan ON plan.proposal_id = p.id AND plan.plan_version = p.plan_version
  LEFT JOIN run r ON r.id = (SELECT id FROM run WHERE run.proposal_id = p.id ORDER BY number DESC LIMIT 1)`;

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
    projectId: textOrNull(row, 'project_id'),
    goalId: textOrNull(row, 'goal_id'),
    snoozedUntil: textOrNull(row, 'snoozed_until'),
    stageSince: text(row, 'stage_since'),
    projectName: textOrNull(row, 'project_name'),
    planSteps: intOrNull(row, 'plan_steps'),
    planRisk: textOrNull(row, 'plan_risk') as RiskLevel | null,
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

export interface CardFilter {
  readonly projectId?: string | undefined;
  readonly goalId?: string | undefined;
  readonly search?: string | undefined;
}

function where(stage: ProposalStage, filter: CardFilter): { sql: string; values: (string | number)[] } {
  const parts = ['p.stage = ?'];
  const values: (string | number)[] = [stage];
  if (filter.projectId !== undefined) {
    parts.push('p.project_id = ?');
    values.push(filter.projectId);
  }
  if (filter.goalId !== undefined) {
    parts.push('p.goal_id = ?');
    values.push(filter.goalId);
  }
  const search = filter.search?.trim() ?? '';
  if (search !== '') {
    const number = /^[Pp]-?(\d+)$/u.exec(search)?.[1];
    const pattern = `%${search.replaceAll(/[\\%_]/gu, (character) => `\\${character}`)}%`;
    parts.push(
      `(p.title LIKE ? ESCAPE '\\' OR p.source_ref LIKE ? ESCAPE '\\'${number ? ' OR p.number = ?' : ''})`,
    );
    values.push(pattern, pattern);
    if (number) values.push(Number(number));
  }
  return { sql: parts.join(' AND '), values };
}

/** One stage in board order: most relevant first, then newest. */
export function listCards(
  read: Read,
  stage: ProposalStage,
  filter: CardFilter,
  offset: number,
  limit: number,
): ProposalCard[] {
  const { sql, values } = where(stage, filter);
  return read
    .prepare(`${SELECT} WHERE ${sql} ORDER BY p.relevance DESC, p.number DESC LIMIT ? OFFSET ?`)
    .all(...values, limit, offset)
    .map(toCard);
}

export function countCards(
  read: Read,
  stage: ProposalStage,
  filter: CardFilter,
): { count: number; oldestSince: string | null } {
  const { sql, values } = where(stage, filter);
  const row = read
    .prepare(`SELECT COUNT(*) AS total, MIN(p.stage_since) AS oldest FROM proposal p WHERE ${sql}`)
    .get(...values);
  return { count: row ? int(row, 'total') : 0, oldestSince: row ? textOrNull(row, 'oldest') : null };
}

export function listCardsById(read: Read, ids: readonly string[]): ProposalCard[] {
  return read
    .prepare(`${SELECT} WHERE p.id IN (SELECT value FROM json_each(?))`)
    .all(JSON.stringify(ids))
    .map(toCard);
}

/** How many proposals each stage holds. */
export function countStages(read: Read): Record<ProposalStage, number> {
  const counts = Object.fromEntries(proposalStage.values.map((stage) => [stage, 0])) as Record<
    ProposalStage,
    number
  >;
  for (const row of read.prepare('SELECT stage, COUNT(*) AS total FROM proposal GROUP BY stage').all())
    counts[text(row, 'stage') as ProposalStage] = int(row, 'total');
  return counts;
}
