import type { InboxEntity } from '../domain/inbox/inbox-item.ts';
import { FailureError } from '../shared/result.ts';
import type { Write } from '../store/database.ts';
import { findInboxItem } from '../store/inbox-store.ts';
import { updateProposal } from '../store/proposal-store.ts';
import { staleVersion } from '../store/row.ts';
import { snoozeRun } from '../store/run-snooze-store.ts';

/** Takes an item out of the inbox until a time (ISO), or brings it back with null. Throws `not_waiting` and `stale_version`. */
export function snoozeItem(
  write: Write,
  item: { entity: InboxEntity; id: string; version: number; until: string | null },
  actor: string,
): void {
  const found = findInboxItem(write, `${item.entity}:${item.id}`);
  if (!found)
    throw new FailureError({
      tag: 'not_waiting',
      message: 'This no longer waits for you.',
      hint: 'Look at the inbox again.',
    });
  if (found.version !== item.version) throw staleVersion(item.entity);
  if (item.until !== null && item.until <= write.now)
    throw new FailureError({
      tag: 'invalid_input',
      message: 'This time has passed.',
      hint: 'Choose a time to come.',
    });
  if (item.entity === 'run') snoozeRun(write, item.id, item.until, actor);
  else updateProposal(write, item.id, item.version, { snoozedUntil: item.until }, actor);
}
