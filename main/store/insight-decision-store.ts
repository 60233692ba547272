import { proposalSource } from '../domain/source/source.ts';
import type { InsightChart } from '../domain/insight/insight.ts';
import { ascending, quantile } from '../domain/insight/quantile.ts';
import type { Read, Row } from './database.ts';
import { DAYS, dayPoints, daysOf, share, spanOf, sumOf, type InsightScope } from './insight-scope.ts';
import { int, text } from './row.ts';
import { schemaOf } from '../domain/list-schema.ts';

/** Decisions that something waited for, by a person. What takes one back, such as a roll-back, was waited for by nothing. */
export const WAITED = `decision.channel <> 'rule' AND decision.action IN ('approve', 'execute', 'skip', 'reject', 'suggest', 'apply', 'discard',
  'request_changes', 'answer', 'allow', 'allow_intent', 'deny')`;
/** Decisions that say yes or no to a proposal. */
export const YES = `('approve', 'generate_plan', 'execute')`;
const NO = `('skip', 'reject')`;

const OF_PROJECT = `(:projectId IS NULL OR :projectId = CASE decision.entity
  WHEN 'run' THEN (SELECT project_id FROM run WHERE run.id = decision.entity_id)
  ELSE (SELECT project_id FROM proposal WHERE proposal.id = decision.entity_id) END)`;

/** How long what could be decided waited for its owner. */
export function readWait(read: Read, scope: InsightScope): InsightChart {
  const rows = read
    .prepare(
      `${DAYS} SELECT day.place, COUNT(*) AS decided, json_group_array(decision.response_ms) AS times,
         json_group_array(DISTINCT decision.entity_id) AS ids
       FROM day CROSS JOIN decision ON decision.created_at >= day.since AND decision.created_at < day.until
       WHERE ${WAITED} AND ${OF_PROJECT} GROUP BY 1`,
    )
    .all(daysOf(scope));
  const times = new Map(rows.map((row) => [row, ascending(JSON.parse(text(row, 'times')) as number[])]));
  const all = ascending([...times.values()].flat());
  const behind = read.prepare(
    `SELECT COUNT(*) AS runs FROM run WHERE run.id IN (SELECT value FROM json_each(:ids))
       OR run.proposal_id IN (SELECT value FROM json_each(:ids))`,
  );
  const counted = rows.map((row): Row => ({
    ...row,
    runs: behind.get({ ids: text(row, 'ids') })?.['runs'] ?? 0,
  }));
  const timesOf = new Map(counted.map((row, index) => [row, times.get(rows[index] ?? row) ?? []]));
  return {
    measure: 'wait',
    unit: 'ms',
    axis: 'days',
    basis: { count: sumOf(rows, 'decided'), noun: 'decision' },
    series: [
      { key: 'p50', name: 'Half within', total: quantile(all, 0.5) },
      { key: 'p90', name: 'Nine of ten within', total: quantile(all, 0.9) },
    ],
    points: dayPoints(scope, counted, (row) => {
      const own = (row && timesOf.get(row)) ?? [];
      return [quantile(own, 0.5), quantile(own, 0.9)];
    }),
    note: '',
  };
}

/** Of the proposals that were decided, those whose last word was yes, by where they came from. What was taken back was not decided. */
export function readApproval(read: Read, scope: InsightScope): InsightChart {
  const span = spanOf(scope);
  const rows = read
    .prepare(
      `SELECT source, COUNT(*) AS decided, SUM(action IN ${YES}) AS yes, json_group_array(entity_id) AS ids FROM (
         SELECT decision.entity_id, decision.action, MAX(decision.created_at || decision.id) AS last, proposal.source
         FROM decision JOIN proposal ON proposal.id = decision.entity_id
         WHERE decision.created_at >= :from AND decision.created_at < :to AND decision.entity = 'proposal' AND decision.channel <> 'rule'
           AND (decision.action IN ${YES} OR decision.action IN ${NO} OR decision.action = 'take_back') AND (:projectId IS NULL OR proposal.project_id = :projectId)
         GROUP BY decision.entity_id) WHERE action <> 'take_back'
       GROUP BY source ORDER BY decided DESC, source`,
    )
    .all(span);
  const behind = read.prepare(
    'SELECT COUNT(*) AS runs FROM run WHERE run.proposal_id IN (SELECT value FROM json_each(?))',
  );
  const decided = sumOf(rows, 'decided');
  return {
    measure: 'approval',
    unit: 'share',
    axis: 'names',
    basis: { count: decided, noun: 'decision' },
    series: [{ key: 'yes', name: 'Approved', total: share(sumOf(rows, 'yes'), decided) }],
    points: rows.map((row) => {
      const source = text(row, 'source');
      const found = behind.get(text(row, 'ids'));
      return {
        key: source,
        name: proposalSource.labels[schemaOf(proposalSource).parse(source)],
        from: span.from,
        to: span.to,
        runs: found ? int(found, 'runs') : 0,
        values: [share(int(row, 'yes'), int(row, 'decided'))],
      };
    }),
    note: '',
  };
}
