import { missedOutcome, type MissedOutcome } from '../domain/intent/missed.ts';
import type { Trouble, TroubleKind } from '../domain/briefing/briefing.ts';
import { sourceType, type SourceType } from '../domain/source/source.ts';
import type { BriefingScope } from './briefing-store.ts';
import type { Read } from './database.ts';
import { int, text } from './row.ts';

/** Missed times that cost nothing: they ran late, or a run stood for them. */
const HARMLESS: readonly MissedOutcome[] = ['waiting', 'run', 'coalesced'];

/** What went wrong in a stretch of time, the newest first. */
export function listTroubles(read: Read, scope: BriefingScope): Trouble[] {
  const values = { ...scope, harmless: JSON.stringify(HARMLESS) };
  return read
    .prepare(
      `SELECT * FROM (
         SELECT 'run' AS kind, run.id, '#' || run.number AS ref, run.name AS title,
           IFNULL(run.error, CASE run.status WHEN 'timeout' THEN 'It spent its budget.' ELSE 'It failed.' END) AS why, run.ended_at AS at, 1 AS count,
           (SELECT COUNT(*) FROM run AS earlier WHERE earlier.intent_id = run.intent_id AND earlier.attempt <= run.attempt
             AND earlier.status IN ('failed', 'timeout') AND earlier.attempt > IFNULL((SELECT MAX(good.attempt) FROM run AS good
               WHERE good.intent_id = run.intent_id AND good.attempt < run.attempt AND good.status IN ('applied', 'completed', 'review')), 0)) AS in_a_row
         FROM run WHERE run.ended_at >= :from AND run.ended_at < :to AND run.status IN ('failed', 'timeout')
           AND (:projectId IS NULL OR run.project_id = :projectId)
         UNION ALL
         SELECT 'plan', proposal.id, 'P-' || proposal.number, proposal.title, IFNULL(proposal.planning_error, 'No plan was written.'), proposal.updated_at, 1, 1
         FROM proposal WHERE planning = 'failed' AND updated_at >= :from AND updated_at < :to AND (:projectId IS NULL OR project_id = :projectId)
         UNION ALL
         SELECT 'missed', intent.id, '', intent.name, missed_time.outcome || char(10) || missed_time.reason, missed_time.nominal_at, missed_time.count, 1
         FROM missed_time JOIN intent ON intent.id = missed_time.intent_id
         WHERE missed_time.nominal_at >= :from AND missed_time.nominal_at < :to AND outcome NOT IN (SELECT value FROM json_each(:harmless))
           AND (:projectId IS NULL OR intent.project_id = :projectId)
         UNION ALL
         SELECT 'source', source.id, '', source.type || char(10) || IFNULL(project.name, ''), source.last_error, source.last_checked_at, 1,
           MAX(1, source.consecutive_failures)
         FROM discovery_source AS source LEFT JOIN project ON project.id = source.project_id
         WHERE source.last_error IS NOT NULL AND source.last_checked_at >= :from AND source.last_checked_at < :to
           AND (:projectId IS NULL OR source.project_id = :projectId)
         UNION ALL
         SELECT 'alert', id, '', message, hint, created_at, 1, 1 FROM alert
         WHERE created_at >= :from AND created_at < :to AND :projectId IS NULL)
       ORDER BY at DESC, id`,
    )
    .all(values)
    .map((row) => {
      const kind = text(row, 'kind') as TroubleKind;
      return {
        kind,
        id: text(row, 'id'),
        ref: text(row, 'ref'),
        title: kind === 'source' ? sourceTitle(text(row, 'title')) : text(row, 'title'),
        why:
          kind === 'missed'
            ? missedWords(text(row, 'why'), int(row, 'count'))
            : text(row, 'why').slice(0, 500),
        at: text(row, 'at'),
        inARow: Math.max(1, int(row, 'in_a_row')),
      };
    });
}

function missedWords(packed: string, count: number): string {
  const [outcome = '', reason = ''] = packed.split('\n', 2);
  const times = count > 1 ? `${String(count)} times missed` : 'Missed';
  return `${times}: ${missedOutcome.labels[outcome as MissedOutcome].toLowerCase()}.${reason === '' ? '' : ` ${reason}`}`;
}

function sourceTitle(packed: string): string {
  const [type = '', project = ''] = packed.split('\n', 2);
  return `${sourceType.labels[type as SourceType]}${project === '' ? '' : ` in ${project}`}`;
}
