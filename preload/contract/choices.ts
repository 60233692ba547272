import { choicesOn, type Choice as DomainChoice } from '../../main/domain/inbox/choice.ts';
import { routeOfItem } from '../../main/domain/inbox/inbox-item.ts';
import type { ContractFailure } from './errors.ts';
import type { Call } from './operations.ts';
import type { InboxItem } from './worker.ts';

/** One thing the owner can decide without opening its page. */
export type Choice = DomainChoice;

/** What can be decided without opening an item: from the tray, a notification, the quick window. What needs words or a look is opened. */
export function decisionsOn(item: Pick<InboxItem, 'kind' | 'openFirst'>): readonly Choice[] {
  return choicesOn(item).filter(({ effect }) => effect === 'decide');
}

/** Everything that can be chosen for an item: decisions, what opens it, and snoozes. */
export function choicesFor(item: Pick<InboxItem, 'kind' | 'openFirst'>): readonly Choice[] {
  return choicesOn(item);
}

/** Where the dashboard shows an item. */
export function routeOf(item: Pick<InboxItem, 'entity' | 'entityId' | 'kind'>): string {
  return routeOfItem(item);
}

/** Carries a choice out on the version that was shown; undefined when it was taken. */
export async function decide(
  call: Call,
  item: Pick<InboxItem, 'key' | 'version' | 'kind'>,
  choice: Pick<Choice, 'action'>,
): Promise<ContractFailure | undefined> {
  const { key, version, kind } = item;
  const reply = await call('inbox.decide', { key, version, kind, action: choice.action });
  return reply.ok ? undefined : reply.error;
}

/** Why a decision was not taken, in words for someone who pressed a button. */
export function lateMessage(error: ContractFailure): string {
  return error.hint === undefined ? error.message : `${error.message} ${error.hint}`;
}
