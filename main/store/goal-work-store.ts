import type { GoalWork } from '../domain/goal/goal-work.ts';
import type { IntentStatus } from '../domain/intent/status.ts';
import type { ProposalStage } from '../domain/proposal/stage.ts';
import type { RunStatus } from '../domain/run/status.ts';
import type { Read, Row } from './database.ts';
import { bool, int, text, textOrNull } from './row.ts';

const RUN = `r.id AS run_id, r.number AS run_number, r.status AS run_status, r.rolled_back_at IS NOT NULL AS run_rolled_back`;

const PROPOSALS = `SELECT p.id, p.number, p.version, p.title, p.stage, project.name AS project_name, ${RUN}
  FROM proposal p LEFT JOIN project ON project.id = p.project_id
  LEFT JOIN run r ON r.id = (SELECT id FROM run WHERE run.proposal_id = p.id ORDER BY number DESC LIMIT 1)
  WHERE p.goal_id = ? ORDER BY p.stage IN ('archived', 'rejected'), p.number DESC LIMIT ?`;

const INTENTS = `SELECT i.id, i.name, i.status, project.name AS project_name, ${RUN}
  FROM intent i JOIN project ON project.id = i.project_id
  LEFT JOIN run r ON r.id = (SELECT id FROM run WHERE run.intent_id = i.id ORDER BY number DESC LIMIT 1)
  WHERE i.goal_id = ? AND i.source_proposal_id IS NULL ORDER BY i.created_at DESC LIMIT ?`;

function runOf(row: Row): GoalWork['intents'][number]['run'] {
  return textOrNull(row, 'run_id') === null
    ? null
    : {
        id: text(row, 'run_id'),
        number: int(row, 'run_number'),
        status: text(row, 'run_status') as RunStatus,
        rolledBack: bool(row, 'run_rolled_back'),
      };
}

/** What is linked to a goal, the newest first, at most `limit` of each kind. */
export function goalWork(read: Read, goalId: string, limit: number): GoalWork {
  const proposals = read.prepare(PROPOSALS).all(goalId, limit);
  const intents = read.prepare(INTENTS).all(goalId, limit);
  const total = (sql: string, shown: number): number => {
    if (shown < limit) return 0;
    const row = read.prepare(sql).get(goalId);
    return row ? int(row, 'total') - shown : 0;
  };
  return {
    goalId,
    proposals: proposals.map((row) => ({
      id: text(row, 'id'),
      number: int(row, 'number'),
      version: int(row, 'version'),
      title: text(row, 'title'),
      stage: text(row, 'stage') as ProposalStage,
      projectName: textOrNull(row, 'project_name'),
      run: runOf(row),
    })),
    intents: intents.map((row) => ({
      id: text(row, 'id'),
      name: text(row, 'name'),
      status: text(row, 'status') as IntentStatus,
      projectName: text(row, 'project_name'),
      run: runOf(row),
    })),
    more: {
      proposals: total('SELECT COUNT(*) AS total FROM proposal WHERE goal_id = ?', proposals.length),
      intents: total(
        'SELECT COUNT(*) AS total FROM intent WHERE goal_id = ? AND source_proposal_id IS NULL',
        intents.length,
      ),
    },
  };
}
