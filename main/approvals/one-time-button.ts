import { createHash, timingSafeEqual } from 'node:crypto';
import { choiceAction, type ChoiceAction } from '../domain/inbox/choice.ts';
import type { InboxKind } from '../domain/inbox/inbox-item.ts';
import { formatTime, parseTime } from '../shared/clock.ts';
import type { Ids } from '../shared/ids.ts';
import { FailureError } from '../shared/result.ts';
import type { Read, Write } from '../store/database.ts';
import {
  findButtonAt,
  findButtons,
  insertButton,
  type NoticeButtonRow,
} from '../store/notice-button-store.ts';
import { schemaOf } from '../domain/list-schema.ts';

/**
 * Buttons outside the dashboard, `tdec:<notice>:<action>:<nonce8>`. What is stored is a digest of the whole; the one-time part is known
 * only to who was shown the button. A button is good until its time, for one person, one action and one version of one item; the first
 * press uses up all buttons of its notice. It is redeemed in the transaction that decides, so that neither happens without the other.
 */
const FORM = /^tdec:(?<notice>[0-9a-f-]{36}):(?<action>[a-z_]+):[0-9a-f]{8}$/u;

export function offerButton(
  write: Write,
  ids: Ids,
  button: {
    noticeId: string;
    place: number;
    action: ChoiceAction;
    owner: string;
    itemKey: string;
    itemKind: InboxKind | '';
    itemVersion: number;
    hours: number;
  },
): string {
  const { hours, ...stored } = button;
  const token = `tdec:${button.noticeId}:${button.action}:${ids.secret(4)}`;
  insertButton(write, {
    ...stored,
    digest: digestOf(token),
    expiresAt: formatTime(parseTime(write.now) + hours * 3_600_000),
  });
  return token;
}

/** How a press names its button: by its token, or, where the system itself vouches for it, by notice and place. */
export type ButtonRef = { readonly token: string } | { readonly noticeId: string; readonly place: number };

/** The button that was pressed, which still has to be used. Throws what keeps it from being used, in friendly words. */
export function redeem(read: Read, ref: ButtonRef, user: string, now: string): NoticeButtonRow {
  const button = find(read, ref);
  if (!button) throw new FailureError(UNKNOWN);
  if (button.owner !== user)
    throw new FailureError({
      tag: 'not_owner',
      message: 'This button was made for someone else.',
      hint: 'Only the person it was shown to can press it.',
    });
  if (button.usedAt !== null)
    throw new FailureError({
      tag: 'already_decided',
      message: 'A button of this notification was pressed already.',
      hint: 'Open it to see what was decided.',
    });
  if (now > button.expiresAt)
    throw new FailureError({
      tag: 'expired',
      message: 'This button is too old to be used.',
      hint: 'Decide in the dashboard.',
    });
  return button;
}

const UNKNOWN = {
  tag: 'unknown_token',
  message: 'Homer does not know this button.',
  hint: 'Decide in the dashboard instead.',
};

/** The button, whatever state it is in; null when there is none of that name. */
export function find(read: Read, ref: ButtonRef): NoticeButtonRow | null {
  if (!('token' in ref)) return findButtonAt(read, ref.noticeId, ref.place);
  const named = FORM.exec(ref.token)?.groups;
  const action = schemaOf(choiceAction).safeParse(named?.['action']);
  if (!named || !action.success) return null;
  const digest = Buffer.from(digestOf(ref.token));
  return (
    findButtons(read, named['notice'] ?? '', action.data).find((button) =>
      timingSafeEqual(Buffer.from(button.digest), digest),
    ) ?? null
  );
}

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
