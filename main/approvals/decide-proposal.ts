import type { Actor } from '../domain/decision/decision.ts';
import type { Proposal } from '../domain/proposal/proposal.ts';
import type { ProposalAction } from '../domain/proposal/stage.ts';
import { FailureError } from '../shared/result.ts';
import { insertDecision } from '../store/decision-store.ts';
import type { Write } from '../store/database.ts';
import { listQuestions } from '../store/proposal-qa-store.ts';
import { getProposal, requestPlan, requestQuestions, transitionProposal } from '../store/proposal-store.ts';

export type OwnerDecision = Exclude<ProposalAction, 'expire' | `back_to_${string}`>;

export interface ProposalDecision {
  readonly id: string;
  readonly version: number;
  readonly action: OwnerDecision;
  readonly reason?: string | undefined;
  readonly feedback?: string | undefined;
}

/**
 * Carries out one decision on a proposal and records it, in the caller's transaction. The first decision on a version wins; a later
 * one throws `stale_version`. `execute` only moves the proposal: its run is created beside it, in the same transaction.
 */
export function decideProposal(write: Write, decision: ProposalDecision, actor: Actor): void {
  const proposal = getProposal(write, decision.id);
  const refuse = (tag: string, message: string, hint: string): never => {
    throw new FailureError({ tag, message, hint });
  };
  if (decision.action === 'reject' && !decision.reason)
    refuse(
      'reason_required',
      'A rejection needs a reason.',
      'Say in a few words why, so that Homer can learn from it.',
    );
  if (decision.action === 'suggest' && !decision.feedback)
    refuse('feedback_required', 'A suggestion needs words.', 'Say what the plan should change.');
  if (decision.action === 'execute' && (proposal.plan === null || proposal.planning !== 'idle'))
    refuse(
      'no_plan',
      proposal.planning === 'planning'
        ? 'The plan is still being written.'
        : 'There is no plan to execute yet.',
      'Wait for the plan, or write one by hand.',
    );
  if (decision.action === 'generate_plan' || decision.action === 'execute') {
    const open = listQuestions(write, decision.id).filter(
      (question) => question.required && question.answer === null,
    );
    if (open.length > 0)
      refuse(
        'questions_open',
        `${open.length === 1 ? 'A required question is' : `${String(open.length)} required questions are`} not answered: ${open
          .map((question) => `“${question.question}”`)
          .join(', ')}`,
        decision.action === 'execute'
          ? 'Answer first; then execute the plan, or have it written anew.'
          : 'Answer first, then generate the plan.',
      );
  }
  insertDecision(write, {
    entity: 'proposal',
    entityId: proposal.id,
    entityVersion: decision.version,
    action: decision.action,
    actor,
    reason: decision.reason ?? decision.feedback ?? null,
    since: proposal.stageSince,
    snapshot: {
      title: proposal.title,
      stage: proposal.stage,
      source: proposal.source,
      relevance: proposal.relevance,
      planVersion: proposal.planVersion,
      risk: proposal.plan?.risk ?? null,
    },
  });
  transitionProposal(write, proposal.id, decision.version, decision.action, actor.name, {
    ...(decision.reason ? { reason: decision.reason } : {}),
    ...(decision.feedback ? { feedback: decision.feedback } : {}),
  });
  if (decision.action === 'approve' || decision.action === 'generate_plan' || decision.action === 'suggest')
    requestPlan(write, proposal.id, decision.feedback ?? '');
}

/** Asks for a plan again after writing one failed, or for one that was cancelled. Throws `not_plannable`. */
export function retryPlanning(write: Write, proposal: Proposal, actor: Actor): void {
  if (proposal.stage !== 'plan' || proposal.planning === 'planning')
    throw new FailureError({
      tag: 'not_plannable',
      message:
        proposal.planning === 'planning'
          ? 'A plan is being written already.'
          : 'Only a proposal in stage plan can be planned.',
      hint: 'Look at the proposal again.',
    });
  requestPlan(write, proposal.id, '');
  write.emit({
    type: 'proposalPlanRequested',
    entity: 'proposal',
    entityId: proposal.id,
    actor: actor.name,
  });
}

/** Has the planner look for open questions. Throws `not_in_research`, or `already_planning`. */
export function askPlanner(write: Write, proposal: Proposal, actor: Actor): void {
  if (proposal.stage !== 'research')
    throw new FailureError({
      tag: 'not_in_research',
      message: 'Questions belong to the research stage.',
      hint: 'Choose Details first.',
    });
  if (proposal.planning === 'planning')
    throw new FailureError({
      tag: 'already_planning',
      message: 'The planner is looking for open questions already.',
      hint: 'Wait for it, or cancel it.',
    });
  requestQuestions(write, proposal.id);
  write.emit({
    type: 'proposalPlanRequested',
    entity: 'proposal',
    entityId: proposal.id,
    actor: actor.name,
    payload: { research: true },
  });
}
