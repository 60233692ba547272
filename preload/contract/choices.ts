import type { ContractFailure } from './errors.ts';
import type { Call } from './operations.ts';
import type { InboxItem } from './worker.ts';

/** One thing the owner can decide without opening its page: from the tray, a notification, the quick window. */
export interface Choice {
  readonly action: 'approve' | 'details' | 'skip' | 'execute' | 'reject' | 'retry';
  readonly label: string;
  /** The item is opened once this is decided. */
  readonly opens: boolean;
}

type Kind = InboxItem['kind'];

const approve: Choice = { action: 'approve', label: 'Approve', opens: false };
const details: Choice = { action: 'details', label: 'Details', opens: true };
const skip: Choice = { action: 'skip', label: 'Skip', opens: false };
const execute: Choice = { action: 'execute', label: 'Execute', opens: false };
const reject: Choice = { action: 'reject', label: 'Reject', opens: false };
const retry: Choice = { action: 'retry', label: 'Retry', opens: false };

/** What is left out needs words or a look at the diff: those are opened, never decided from a button. */
const choicesByKind: Readonly<Record<Kind, readonly Choice[]>> = {
  idea: [approve, details, skip],
  plan: [execute, reject],
  planning_failed: [retry],
  question: [],
  draft: [approve, reject],
  blocked: [],
  review: [],
  failed: [retry],
};

export function decisionsOn(item: Pick<InboxItem, 'kind'>): readonly Choice[] {
  return choicesByKind[item.kind];
}

export function routeOf(item: Pick<InboxItem, 'entity' | 'entityId' | 'kind'>): string {
  const page = `/${item.entity}/${item.entityId}`;
  return item.kind === 'review' ? `${page}/review` : page;
}

/** Carries a choice out on the version that was shown; undefined when it was taken. */
export async function decide(
  call: Call,
  item: Pick<InboxItem, 'entity' | 'entityId' | 'version' | 'kind'>,
  choice: Choice,
  from: string,
): Promise<ContractFailure | undefined> {
  const reply = await send(call, item, choice, from);
  return reply.ok ? undefined : reply.error;
}

function send(
  call: Call,
  { entity, entityId: id, version }: Pick<InboxItem, 'entity' | 'entityId' | 'version'>,
  { action }: Choice,
  from: string,
): Promise<{ ok: true } | { ok: false; error: ContractFailure }> {
  // Rejecting wants a reason, for learning; a button has none to give and says so.
  const reason = `Rejected from the ${from}, without a reason.`;
  if (entity === 'run') {
    if (action === 'approve') return call('run.approve', { id, version });
    if (action === 'reject') return call('run.reject', { id, version, reason });
    if (action === 'retry') return call('run.retry', { id, version });
  } else {
    if (action === 'retry') return call('proposal.retryPlanning', { id });
    if (action === 'reject') return call('proposal.decide', { id, version, action, reason });
    return call('proposal.decide', { id, version, action });
  }
  throw new Error(`No operation carries ${action} on a ${entity}.`);
}

/** Why a decision was not taken, in words for someone who pressed a button a moment too late. */
export function lateMessage(error: ContractFailure): string {
  if (['stale_version', 'illegal_transition', 'already_decided'].includes(error.tag))
    return 'It was decided, or it changed, before this button was pressed. Nothing was done twice.';
  return error.hint === undefined ? error.message : `${error.message} ${error.hint}`;
}
