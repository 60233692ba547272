import { choicesOn, routeOfChoice, type Choice as DomainChoice } from '../../main/domain/inbox/choice.ts';
import { routeOfItem } from '../../main/domain/inbox/inbox-item.ts';
import type { ContractFailure } from './errors.ts';
import type { Call } from './operations.ts';
import type { InboxItem } from './worker.ts';

/** One thing the owner can decide without opening its page. */
export type Choice = DomainChoice;

/** What moves an item on from the tray or a briefing: decided there, or opened at the field for its words. */
export function decisionsOn(item: Pick<InboxItem, 'kind' | 'openFirst'>): readonly Choice[] {
  return choicesOn(item).filter(({ effect }) => effect === 'decide' || effect === 'words');
}

/** Everything that can be chosen for an item: decisions, what opens it, and snoozes. */
export function choicesFor(item: Pick<InboxItem, 'kind' | 'openFirst'>): readonly Choice[] {
  return choicesOn(item);
}

/** Where the dashboard shows an item. */
export function routeOf(item: Pick<InboxItem, 'entity' | 'entityId' | 'kind'>): string {
  return routeOfItem(item);
}

/** Where it is shown for a choice that wants words. */
export function routeFor(
  item: Pick<InboxItem, 'entity' | 'entityId' | 'kind'>,
  choice: Pick<Choice, 'action'>,
): string {
  return routeOfChoice(item, choice);
}

/** Carries a choice out on the version that was shown; undefined when it was taken. */
export async function decide(
  call: Call,
  item: Pick<InboxItem, 'key' | 'version' | 'kind'>,
  choice: Pick<Choice, 'action'>,
  text?: string,
): Promise<ContractFailure | undefined> {
  const { key, version, kind } = item;
  const reply = await call('inbox.decide', {
    key,
    version,
    kind,
    action: choice.action,
    ...(text === undefined ? {} : { text }),
  });
  return reply.ok ? undefined : reply.error;
}

/** Why a decision was not taken, in words for someone who pressed a button. */
export function lateMessage(error: ContractFailure): string {
  return error.hint === undefined ? error.message : `${error.message} ${error.hint}`;
}
