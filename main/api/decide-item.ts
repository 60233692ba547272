import { decideProposal, retryPlanning } from '../approvals/decide-proposal.ts';
import { decidePermission } from '../approvals/decide-permission.ts';
import { decideRun } from '../approvals/decide-run.ts';
import type { DecideItem, ItemDecision } from '../approvals/ports.ts';
import { readCalm } from '../approvals/calm.ts';
import { snoozeUntil } from '../approvals/snooze-time.ts';
import type { Actor } from '../domain/decision/decision.ts';
import type { SnoozeChoice } from '../domain/inbox/choice.ts';
import { entityOfKind } from '../domain/inbox/inbox-item.ts';
import { FailureError } from '../shared/result.ts';
import { parseTime } from '../shared/clock.ts';
import type { Write } from '../store/database.ts';
import { answerQuestion, listQuestions } from '../store/proposal-qa-store.ts';
import { getProposal } from '../store/proposal-store.ts';
import { staleVersion } from '../store/row.ts';
import { listOpenAsks } from '../store/run-ask-store.ts';
import { getRun } from '../store/run-store.ts';
import { executePlan } from './execute-plan.ts';
import { snoozeItem } from './snooze-item.ts';

/** Carries out any choice on any item of the inbox, whichever noun it is, in the caller's transaction. */
export const decideItem: DecideItem = (write, decision, actor) => {
  const { choice, kind, entityId } = decision;
  const entity = entityOfKind(kind);
  if (choice.effect === 'snooze') {
    const { zone } = readCalm(write, 'desktop');
    const until = snoozeUntil(choice.action as SnoozeChoice, parseTime(write.now), zone);
    snoozeItem(write, { entity, id: entityId, version: decision.version, until }, actor.name);
  } else if (entity === 'run') onRun(write, decision, actor);
  else onProposal(write, decision, actor);
};

function onRun(write: Write, { entityId, version, choice, text }: ItemDecision, actor: Actor): void {
  const run = getRun(write, entityId);
  if (run.version !== version) throw staleVersion('run');
  if (choice.action === 'approve') decideRun.approve(write, run, actor);
  else if (choice.action === 'reject') decideRun.reject(write, run, actor, text);
  else if (choice.action === 'retry') decideRun.retry(write, run, actor);
  else if (choice.action === 'answer') decideRun.answer(write, run, actor, words(text));
  else if (choice.action === 'allow' || choice.action === 'allow_intent' || choice.action === 'deny') {
    const [asked] = listOpenAsks(write, entityId);
    if (!asked) throw staleVersion('run');
    decidePermission(write, asked, { choice: choice.action, note: text }, actor);
  } else throw undecidable(choice.label);
}

function onProposal(
  write: Write,
  { entityId: id, version, kind, choice, text }: ItemDecision,
  actor: Actor,
): void {
  const proposal = getProposal(write, id);
  if (proposal.version !== version) throw staleVersion('proposal');
  const { action } = choice;
  if (action === 'retry') retryPlanning(write, proposal, actor);
  else if (action === 'answer') {
    const open = listQuestions(write, id).filter(({ answer }) => answer === null);
    const [question] = open;
    if (kind !== 'question' || !question) throw undecidable(choice.label);
    answerQuestion(write, id, question.id, words(text), actor.name);
  } else if (action === 'execute') {
    decideProposal(write, { id, version, action }, actor);
    executePlan(write, proposal, {}, actor);
  } else if (action === 'reject') decideProposal(write, { id, version, action, reason: words(text) }, actor);
  else if (action === 'suggest') decideProposal(write, { id, version, action, feedback: words(text) }, actor);
  else if (action === 'approve' || action === 'details' || action === 'skip')
    decideProposal(write, { id, version, action }, actor);
  else throw undecidable(choice.label);
}

function words(text: string | undefined): string {
  const said = text?.trim() ?? '';
  if (said === '')
    throw new FailureError({
      tag: 'text_required',
      message: 'This needs words.',
      hint: 'Open it in the dashboard and write them there.',
    });
  return said;
}

function undecidable(label: string): FailureError {
  return new FailureError({
    tag: 'not_decidable',
    message: `${label} is not decided by a button.`,
    hint: 'Open it in the dashboard.',
  });
}
