import { step } from '../domain/machine.ts';
import { firstRank } from '../domain/proposal/board-order.ts';
import type { Proposal } from '../domain/proposal/proposal.ts';
import type { Plan } from '../domain/proposal/plan.ts';
import {
  proposalMachine,
  type PlanningState,
  type ProposalAction,
  type ProposalStage,
} from '../domain/proposal/stage.ts';
import type { ProposalSource } from '../domain/source/source.ts';
import type { DomainEventType } from '../domain/event.ts';
import type { JsonObject } from '../domain/primitives.ts';
import { unwrap } from '../shared/result.ts';
import type { Read, Row, Write } from './database.ts';
import { int, jsonOrNull, notFound, real, staleVersion, text, textOrNull } from './row.ts';

const SELECT = `SELECT proposal.*, proposal_plan.plan AS plan FROM proposal
  LEFT JOIN proposal_plan ON proposal_plan.proposal_id = proposal.id AND proposal_plan.plan_version = proposal.plan_version`;

function toProposal(row: Row): Proposal {
  return {
    id: text(row, 'id'),
    number: int(row, 'number'),
    version: int(row, 'version'),
    title: text(row, 'title'),
    summary: text(row, 'summary'),
    content: text(row, 'content'),
    stage: text(row, 'stage') as ProposalStage,
    planning: text(row, 'planning') as PlanningState,
    planningError: textOrNull(row, 'planning_error'),
    source: text(row, 'source') as ProposalSource,
    sourceRef: text(row, 'source_ref'),
    fingerprint: text(row, 'fingerprint'),
    relevance: int(row, 'relevance'),
    priority: int(row, 'priority'),
    rank: real(row, 'rank'),
    projectId: textOrNull(row, 'project_id'),
    goalId: textOrNull(row, 'goal_id'),
    parentId: textOrNull(row, 'parent_id'),
    plan: jsonOrNull<Plan>(row, 'plan'),
    planVersion: int(row, 'plan_version'),
    expiresAt: textOrNull(row, 'expires_at'),
    snoozedUntil: textOrNull(row, 'snoozed_until'),
    stageSince: text(row, 'stage_since'),
    createdAt: text(row, 'created_at'),
    updatedAt: text(row, 'updated_at'),
  };
}

/** The proposal; throws `not_found`. */
export function getProposal(read: Read, id: string): Proposal {
  const row = read.prepare(`${SELECT} WHERE proposal.id = ?`).get(id);
  if (!row) throw notFound('proposal', id);
  return toProposal(row);
}

export function findProposalByFingerprint(
  read: Read,
  fingerprint: string,
): { id: string; stage: ProposalStage } | null {
  const row = read.prepare('SELECT id, stage FROM proposal WHERE fingerprint = ?').get(fingerprint);
  return row ? { id: text(row, 'id'), stage: text(row, 'stage') as ProposalStage } : null;
}

export type NewProposal = Pick<
  Proposal,
  | 'title'
  | 'summary'
  | 'content'
  | 'source'
  | 'sourceRef'
  | 'fingerprint'
  | 'relevance'
  | 'projectId'
  | 'goalId'
  | 'parentId'
  | 'expiresAt'
>;

/** Adds an idea, once for each fingerprint: null when it was proposed before, whatever became of it. */
export function insertProposal(write: Write, proposal: NewProposal, actor: string): string | null {
  if (findProposalByFingerprint(write, proposal.fingerprint)) return null;
  const id = write.nextId();
  const number = nextNumber(write);
  write
    .prepare(
      `INSERT INTO proposal (id, number, title, summary, content, stage, stage_since, source, source_ref, fingerprint, relevance, rank,
         project_id, goal_id, parent_id, expires_at, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, 'idea', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      id,
      number,
      proposal.title,
      proposal.summary,
      proposal.content,
      write.now,
      proposal.source,
      proposal.sourceRef,
      proposal.fingerprint,
      proposal.relevance,
      firstRank(proposal.relevance, number),
      proposal.projectId,
      proposal.goalId,
      proposal.parentId,
      proposal.expiresAt,
      write.now,
      write.now,
    );
  write.emit({
    type: 'proposalDiscovered',
    entity: 'proposal',
    entityId: id,
    actor,
    payload: { title: proposal.title, source: proposal.source, relevance: proposal.relevance },
  });
  return id;
}

function nextNumber(read: Read): number {
  const row = read.prepare('SELECT COALESCE(MAX(number), 0) + 1 AS next FROM proposal').get();
  return row ? int(row, 'next') : 1;
}

const eventOf: Record<ProposalAction, DomainEventType> = {
  approve: 'proposalApproved',
  details: 'proposalDetailsRequested',
  skip: 'proposalSkipped',
  expire: 'proposalExpired',
  reject: 'proposalRejected',
  generate_plan: 'proposalPlanRequested',
  suggest: 'proposalRevisionRequested',
  more_details: 'proposalDetailsRequested',
  execute: 'proposalExecuted',
  restore: 'proposalRestored',
  back_to_idea: 'proposalRestored',
  back_to_research: 'proposalRestored',
  back_to_plan: 'proposalRestored',
};

/**
 * Moves a proposal by one row of its machine. Throws `illegal_transition`, or `stale_version` when it changed since `version`
 * was shown. A plan being written is no longer. `since` is when it came into its stage, where that is not now.
 */
export function transitionProposal(
  write: Write,
  id: string,
  version: number,
  on: ProposalAction,
  actor: string,
  payload: JsonObject = {},
  since: string = write.now,
): { from: ProposalStage; to: ProposalStage } {
  const proposal = getProposal(write, id);
  if (proposal.version !== version) throw staleVersion('proposal');
  const to = unwrap(step(proposalMachine, proposal.stage, on));
  const moved = to !== proposal.stage;
  const { changes } = write
    .prepare(
      `UPDATE proposal SET stage = ?, stage_since = CASE WHEN ? THEN ? ELSE stage_since END, snoozed_until = NULL, planning = 'idle',
         planning_error = NULL, version = version + 1, updated_at = ? WHERE id = ? AND stage = ? AND version = ?`,
    )
    .run(to, moved ? 1 : 0, since, write.now, id, proposal.stage, version);
  if (changes !== 1) throw staleVersion('proposal');
  write.emit({
    type: eventOf[on],
    entity: 'proposal',
    entityId: id,
    actor,
    payload: { from: proposal.stage, to, ...payload },
  });
  return { from: proposal.stage, to };
}

/** Asks for a plan to be written; the runtime picks it up. Throws `stale_version` unless the proposal stands in stage `plan`. */
export function requestPlan(write: Write, id: string, feedback: string): void {
  const { changes } = write
    .prepare(
      `UPDATE proposal SET planning = 'planning', planning_error = NULL, planning_feedback = ?, version = version + 1, updated_at = ?
       WHERE id = ? AND stage = 'plan'`,
    )
    .run(feedback, write.now, id);
  if (changes !== 1) throw staleVersion('proposal');
}

/** Ends the writing of a plan: with an error, or without one when it was cancelled. False when none was being written. */
export function endPlanning(write: Write, id: string, error: string | null, actor: string): boolean {
  const { changes } = write
    .prepare(
      `UPDATE proposal SET planning = ?, planning_error = ?, version = version + 1, updated_at = ? WHERE id = ? AND planning = 'planning'`,
    )
    .run(error === null ? 'idle' : 'failed', error, write.now, id);
  if (changes === 1)
    write.emit({
      type: error === null ? 'proposalPlanCancelled' : 'proposalPlanFailed',
      entity: 'proposal',
      entityId: id,
      actor,
      payload: error === null ? {} : { error },
    });
  return changes === 1;
}

/** Asks for the open questions of a proposal in stage `research`; the runtime picks it up. Throws `stale_version` in another stage. */
export function requestQuestions(write: Write, id: string): void {
  const { changes } = write
    .prepare(
      `UPDATE proposal SET planning = 'planning', planning_error = NULL, planning_feedback = '', version = version + 1, updated_at = ?
       WHERE id = ? AND stage = 'research'`,
    )
    .run(write.now, id);
  if (changes !== 1) throw staleVersion('proposal');
}

/** Ends a look for open questions. Throws `stale_version` when the proposal moved on from `version`. */
export function endStudy(write: Write, id: string, version: number, questions: number, actor: string): void {
  const { changes } = write
    .prepare(
      `UPDATE proposal SET planning = 'idle', planning_error = NULL, version = version + 1, updated_at = ?
       WHERE id = ? AND version = ? AND planning = 'planning'`,
    )
    .run(write.now, id, version);
  if (changes !== 1) throw staleVersion('proposal');
  write.emit({ type: 'proposalStudied', entity: 'proposal', entityId: id, actor, payload: { questions } });
}

export interface PlanningRequest {
  readonly id: string;
  /** `research`: only what is unclear is asked for. */
  readonly stage: ProposalStage;
  readonly version: number;
  readonly feedback: string;
}

export function listPlanningRequests(read: Read): PlanningRequest[] {
  return read
    .prepare(
      `SELECT id, stage, version, planning_feedback FROM proposal WHERE planning = 'planning' ORDER BY updated_at`,
    )
    .all()
    .map((row) => ({
      id: text(row, 'id'),
      stage: text(row, 'stage') as ProposalStage,
      version: int(row, 'version'),
      feedback: text(row, 'planning_feedback'),
    }));
}

export function updateProposal(
  write: Write,
  id: string,
  version: number,
  fields: Partial<
    Pick<Proposal, 'title' | 'summary' | 'content' | 'projectId' | 'goalId' | 'priority' | 'snoozedUntil'>
  >,
  actor: string,
): void {
  const after = { ...getProposal(write, id), ...fields };
  const { changes } = write
    .prepare(
      `UPDATE proposal SET title = ?, summary = ?, content = ?, project_id = ?, goal_id = ?, priority = ?, snoozed_until = ?, version = version + 1,
         updated_at = ? WHERE id = ? AND version = ?`,
    )
    .run(
      after.title,
      after.summary,
      after.content,
      after.projectId,
      after.goalId,
      after.priority,
      after.snoozedUntil,
      write.now,
      id,
      version,
    );
  if (changes !== 1) throw staleVersion('proposal');
  const type = fields.snoozedUntil === undefined ? 'proposalEdited' : 'proposalSnoozed';
  write.emit({ type, entity: 'proposal', entityId: id, actor, payload: { changed: Object.keys(fields) } });
}

/**
 * Proposals whose time is over or whose snooze has ended. One snoozed in a time to come was snoozed under a clock that was ahead and was set
 * back since: it comes back now, rather than as much later as the clock was wrong, and its owner chooses again.
 */
export function listTimedProposals(
  read: Read,
  now: string,
): { expired: { id: string; version: number }[]; awake: string[] } {
  return {
    expired: read
      .prepare(
        `SELECT id, version FROM proposal WHERE expires_at IS NOT NULL AND expires_at <= ? AND stage IN ('idea', 'research', 'plan')`,
      )
      .all(now)
      .map((row) => ({ id: text(row, 'id'), version: int(row, 'version') })),
    awake: read
      .prepare(
        'SELECT id FROM proposal WHERE snoozed_until IS NOT NULL AND (snoozed_until <= :now OR updated_at > :now)',
      )
      .all({ now })
      .map((row) => text(row, 'id')),
  };
}

export function wakeProposal(write: Write, id: string): void {
  write.prepare('UPDATE proposal SET snoozed_until = NULL, updated_at = ? WHERE id = ?').run(write.now, id);
  write.emit({
    type: 'proposalSnoozed',
    entity: 'proposal',
    entityId: id,
    actor: 'runtime',
    payload: { awake: true },
  });
}

/** The earliest time at which a proposal expires or wakes; null when none waits. */
export function nextProposalTime(read: Read): string | null {
  const row = read
    .prepare(
      `SELECT MIN(at) AS next FROM (
         SELECT MIN(expires_at) AS at FROM proposal WHERE expires_at IS NOT NULL AND stage IN ('idea', 'research', 'plan')
         UNION ALL SELECT MIN(snoozed_until) FROM proposal WHERE snoozed_until IS NOT NULL)`,
    )
    .get();
  return row ? textOrNull(row, 'next') : null;
}

/** How many proposals of a project an agent's run has made. */
export function countProposalsFrom(read: Read, projectId: string, sourceRef: string): number {
  const row = read
    .prepare(
      `SELECT COUNT(*) AS made FROM proposal WHERE project_id = ? AND source = 'agent' AND source_ref = ?`,
    )
    .get(projectId, sourceRef);
  return row ? int(row, 'made') : 0;
}
