import type { DecisionChannel, DecisionEntity } from '../domain/decision/decision.ts';
import { formatTime, parseTime } from '../shared/clock.ts';
import type { PlanningState, ProposalStage } from '../domain/proposal/stage.ts';
import { takesBack } from '../domain/proposal/take-back.ts';
import type { Read, Row } from './database.ts';
import { int, notFound, text, textOrNull } from './row.ts';

/** A decision as the list of what was done shows it. */
export interface DoneRow {
  readonly id: string;
  readonly entity: DecisionEntity;
  readonly entityId: string;
  readonly action: string;
  readonly actor: string;
  readonly channel: DecisionChannel;
  readonly reason: string | null;
  readonly createdAt: string;
  readonly ref: string;
  readonly title: string;
  readonly projectName: string | null;
  /** What undoes it; null when nothing does any more. */
  readonly undo: 'take_back' | 'stop_planning' | null;
  /** Of a proposal: the stage it was decided in, and since when it had stood there. */
  readonly before: string | null;
  readonly since: string;
}

const takenBack = (decision: string): string =>
  `EXISTS (SELECT 1 FROM decision AS back WHERE back.entity = ${decision}.entity AND back.entity_id = ${decision}.entity_id
     AND back.action = 'take_back' AND back.snapshot ->> '$.takesBack' = ${decision}.id)`;

/** Only the last decision on a thing that still stands as it left it can be undone; what was taken back counts as never decided. */
const DONE = `
  SELECT d.*, CASE d.entity WHEN 'proposal' THEN 'P-' || p.number ELSE '#' || r.number END AS ref, IFNULL(p.title, r.name) AS title,
    project.name AS project_name,
    p.stage, p.planning, d.snapshot ->> '$.stage' AS before,
    ${takenBack('d')} OR EXISTS (SELECT 1 FROM decision AS later WHERE later.entity = d.entity AND later.entity_id = d.entity_id
      AND (later.created_at, later.id) > (d.created_at, d.id) AND later.action <> 'take_back' AND NOT ${takenBack('later')}) AS followed
  FROM decision d LEFT JOIN proposal p ON d.entity = 'proposal' AND p.id = d.entity_id LEFT JOIN run r ON d.entity = 'run' AND r.id = d.entity_id
    LEFT JOIN project ON project.id = IFNULL(p.project_id, r.project_id)`;

function toDone(row: Row): DoneRow {
  return {
    id: text(row, 'id'),
    entity: text(row, 'entity') as DecisionEntity,
    entityId: text(row, 'entity_id'),
    action: text(row, 'action'),
    actor: text(row, 'actor'),
    channel: text(row, 'channel') as DecisionChannel,
    reason: textOrNull(row, 'reason'),
    createdAt: text(row, 'created_at'),
    ref: textOrNull(row, 'ref') ?? '',
    title: textOrNull(row, 'title') ?? 'It is gone.',
    projectName: textOrNull(row, 'project_name'),
    undo: undoOf(row),
    before: textOrNull(row, 'before'),
    since: formatTime(parseTime(text(row, 'created_at')) - int(row, 'response_ms')),
  };
}

function undoOf(row: Row): DoneRow['undo'] {
  const stage = textOrNull(row, 'stage') as ProposalStage | null;
  if (stage === null || int(row, 'followed') === 1) return null;
  const action = text(row, 'action');
  if (takesBack(action, textOrNull(row, 'before'), stage) !== undefined) return 'take_back';
  const planning = text(row, 'planning') as PlanningState;
  return action === 'suggest' && stage === 'plan' && planning === 'planning' ? 'stop_planning' : null;
}

/** The newest decisions. */
export function listDone(read: Read, projectId: string | undefined, limit: number): DoneRow[] {
  return read
    .prepare(
      `${DONE} WHERE :projectId IS NULL OR IFNULL(p.project_id, r.project_id) = :projectId
       ORDER BY d.created_at DESC, d.id DESC LIMIT :limit`,
    )
    .all({ projectId: projectId ?? null, limit })
    .map(toDone);
}

/** One decision; throws `not_found`. */
export function getDone(read: Read, id: string): DoneRow {
  const row = read.prepare(`${DONE} WHERE d.id = ?`).get(id);
  if (!row) throw notFound('decision', id);
  return toDone(row);
}
