import type { Plan, PlanVersion } from '../domain/proposal/plan.ts';
import type { Read, Write } from './database.ts';
import { int, json, staleVersion, text } from './row.ts';

export function listPlanVersions(read: Read, proposalId: string): PlanVersion[] {
  return read
    .prepare('SELECT * FROM proposal_plan WHERE proposal_id = ? ORDER BY plan_version')
    .all(proposalId)
    .map((row) => ({
      planVersion: int(row, 'plan_version'),
      plan: json<Plan>(row, 'plan'),
      writtenBy: text(row, 'written_by'),
      feedback: text(row, 'feedback'),
      note: text(row, 'note'),
      createdAt: text(row, 'created_at'),
    }));
}

/** Adds the next version of a plan and ends the planning. Throws `stale_version` when the proposal left stage `plan` or moved on from `version`. */
export function insertPlanVersion(
  write: Write,
  proposalId: string,
  version: number,
  entry: { plan: Plan; writtenBy: string; feedback: string; note?: string },
  actor: string,
): void {
  const { changes } = write
    .prepare(
      `UPDATE proposal SET plan_version = plan_version + 1, planning = 'idle', planning_error = NULL, version = version + 1, updated_at = ?
       WHERE id = ? AND version = ? AND stage = 'plan'`,
    )
    .run(write.now, proposalId, version);
  if (changes !== 1) throw staleVersion('proposal');
  write
    .prepare(
      `INSERT INTO proposal_plan (proposal_id, plan_version, plan, written_by, feedback, note, created_at)
       SELECT id, plan_version, ?, ?, ?, ?, ? FROM proposal WHERE id = ?`,
    )
    .run(
      JSON.stringify(entry.plan),
      entry.writtenBy,
      entry.feedback,
      entry.note ?? '',
      write.now,
      proposalId,
    );
  write.emit({
    type: 'proposalPlanned',
    entity: 'proposal',
    entityId: proposalId,
    actor,
    payload: { writtenBy: entry.writtenBy, steps: entry.plan.steps.length, risk: entry.plan.risk },
  });
}
