import type { InsightMeasure } from '../domain/insight/insight.ts';
import { WAITED, YES } from './insight-decision-store.ts';
import { REWORKED } from './insight-run-store.ts';

/** Runs behind a point of a chart. */
export interface BehindPoint {
  readonly measure: InsightMeasure;
  readonly from: string;
  readonly to: string;
  /** The name a point stands for; empty for a day. */
  readonly key: string;
}

const ENDED = 'run.ended_at >= :from AND run.ended_at < :to';
const AT = 'at >= :from AND at < :to';
const DECIDED = 'decision.created_at >= :from AND decision.created_at < :to';

/** Which runs a point counts, as a condition on `run`; insight.test.ts holds each to the number its point says. */
export const behindCondition: Readonly<Record<InsightMeasure, string>> = {
  applied: `${ENDED} AND run.status = 'applied'`,
  wait: `(run.id IN (SELECT entity_id FROM decision WHERE ${DECIDED} AND decision.entity = 'run' AND ${WAITED})
    OR run.proposal_id IN (SELECT entity_id FROM decision WHERE ${DECIDED} AND decision.entity = 'proposal' AND ${WAITED}))`,
  success: `${ENDED} AND run.status IN ('applied', 'completed', 'failed', 'timeout')`,
  rework: `${ENDED} AND run.status = 'applied' AND ${REWORKED}`,
  change_cost: ENDED,
  cost: `run.id IN (SELECT run_id FROM turn_use WHERE ${AT})`,
  quota: `run.id IN (SELECT run_id FROM turn_use WHERE ${AT} AND account_id IS NOT NULL)`,
  throughput: ENDED,
  duration: `${ENDED} AND run.started_at IS NOT NULL AND run.executor = :key`,
  approval: `run.proposal_id IN (SELECT decision.entity_id FROM decision JOIN proposal ON proposal.id = decision.entity_id
    WHERE ${DECIDED} AND decision.entity = 'proposal' AND decision.channel <> 'rule' AND proposal.source = :key
      AND (decision.action IN ${YES} OR decision.action IN ('skip', 'reject')))`,
  tick: 'run.started_at < :to AND (run.ended_at IS NULL OR run.ended_at >= :from)',
};
