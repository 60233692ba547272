import type { Read, Write } from './database.ts';
import { int, text, textOrNull } from './row.ts';

/** The process of a planner at work, enough to end what a killed host left of it. */
export interface PlanningChild {
  readonly proposalId: string;
  readonly attempt: number;
  readonly step: number;
  readonly pid: number;
  readonly group: number;
  readonly startTime: string;
  readonly bootId: string;
  readonly spool: string;
  /** The scratch worktree it reads in. */
  readonly worktree: string;
  readonly executor: string;
  readonly accountId: string | null;
  readonly model: string | null;
  readonly deadline: number;
}

export function putPlanningChild(write: Write, child: PlanningChild): void {
  write
    .prepare(
      `INSERT OR REPLACE INTO planning_child (proposal_id, attempt, step, pid, process_group, start_time, boot_id, spool, worktree, executor, account_id,
         model, deadline, created_at)
       VALUES (:proposalId, :attempt, :step, :pid, :group, :startTime, :bootId, :spool, :worktree, :executor, :accountId, :model, :deadline, :now)`,
    )
    .run({ ...child, now: write.now });
}

export function deletePlanningChild(write: Write, proposalId: string): void {
  write.prepare('DELETE FROM planning_child WHERE proposal_id = ?').run(proposalId);
}

export function listPlanningChildren(read: Read): PlanningChild[] {
  return read
    .prepare('SELECT * FROM planning_child ORDER BY created_at')
    .all()
    .map((row) => ({
      proposalId: text(row, 'proposal_id'),
      attempt: int(row, 'attempt'),
      step: int(row, 'step'),
      pid: int(row, 'pid'),
      group: int(row, 'process_group'),
      startTime: text(row, 'start_time'),
      bootId: text(row, 'boot_id'),
      spool: text(row, 'spool'),
      worktree: text(row, 'worktree'),
      executor: text(row, 'executor'),
      accountId: textOrNull(row, 'account_id'),
      model: textOrNull(row, 'model'),
      deadline: int(row, 'deadline'),
    }));
}
