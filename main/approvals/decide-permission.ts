import type { Actor } from '../domain/decision/decision.ts';
import type { PermissionChoice } from '../domain/run/ask.ts';
import { formatTime, parseTime } from '../shared/clock.ts';
import { FailureError } from '../shared/result.ts';
import type { Write } from '../store/database.ts';
import { insertDecision } from '../store/decision-store.ts';
import type { StoredAsk } from '../store/run-ask-store.ts';
import { insertGrant } from '../store/run-grant-store.ts';
import { findChild } from '../store/run-child-store.ts';
import { settleAsk } from '../store/settle-ask.ts';

/** How long a grant for an intent is good when nobody says otherwise, and at most. */
export const GRANT_MS = { usual: 24 * 3_600_000, most: 90 * 86_400_000 };
/** A use that was allowed to an agent which had gone is for its next turns of this long. */
const ONCE_MS = 24 * 3_600_000;

/**
 * Allows or denies what an agent asked, once: whoever comes second hears that it was decided. For the intent, the same thing is allowed to
 * all its runs until a time.
 */
export function decidePermission(
  write: Write,
  ask: StoredAsk,
  decision: { choice: PermissionChoice; until?: string | undefined; note?: string | undefined },
  actor: Actor,
): void {
  const { choice, until, note } = decision;
  if (ask.kind !== 'permission')
    throw new FailureError({
      tag: 'not_a_permission',
      message: 'This is a question, not a permission.',
      hint: 'Answer it in words.',
    });
  if (until !== undefined && choice !== 'allow_intent')
    throw new FailureError({
      tag: 'bad_time',
      message: 'Only a permission for an intent has an end.',
      hint: 'Leave the time out, or allow it for the intent.',
    });
  const now = parseTime(write.now);
  const end = until ?? formatTime(now + GRANT_MS.usual);
  if (choice === 'allow_intent' && (parseTime(end) <= now || parseTime(end) > now + GRANT_MS.most))
    throw new FailureError({
      tag: 'bad_time',
      message: 'A permission for an intent ends in the future, within 90 days.',
      hint: 'Give another time.',
    });
  const child = findChild(write, ask);
  const waits = child !== null && child.ending === null && child.step === ask.step;
  const allowed = choice !== 'deny';
  settleAsk(write, ask, { on: allowed ? 'allow' : 'deny', by: actor.name, text: note ?? null });
  if (allowed && (choice === 'allow_intent' || !waits))
    insertGrant(write, {
      intentId: ask.intentId,
      askId: ask.id,
      tool: ask.tool,
      subject: ask.subject,
      once: choice === 'allow',
      grantedBy: actor.name,
      expiresAt: choice === 'allow' ? formatTime(now + ONCE_MS) : end,
    });
  insertDecision(write, {
    entity: 'run',
    entityId: ask.runId,
    entityVersion: ask.runVersion,
    action: choice,
    actor,
    reason: note ?? null,
    since: ask.createdAt,
    snapshot: {
      tool: ask.tool,
      text: ask.text,
      risk: ask.risk,
      until: choice === 'allow_intent' ? end : null,
    },
  });
}
