import type { ChoiceAction } from '../domain/inbox/choice.ts';
import type { InboxKind } from '../domain/inbox/inbox-item.ts';
import type { Read, Row, Write } from './database.ts';
import { int, text, textOrNull } from './row.ts';

export interface NoticeButtonRow {
  readonly noticeId: string;
  readonly place: number;
  readonly action: ChoiceAction;
  readonly digest: string;
  readonly owner: string;
  /** Empty: a test, which stands for nothing. */
  readonly itemKey: string;
  readonly itemKind: InboxKind | '';
  readonly itemVersion: number;
  readonly expiresAt: string;
  readonly usedAt: string | null;
}

function toButton(row: Row): NoticeButtonRow {
  return {
    noticeId: text(row, 'notice_id'),
    place: int(row, 'place'),
    action: text(row, 'action') as ChoiceAction,
    digest: text(row, 'digest'),
    owner: text(row, 'owner'),
    itemKey: text(row, 'item_key'),
    itemKind: text(row, 'item_kind') as InboxKind | '',
    itemVersion: int(row, 'item_version'),
    expiresAt: text(row, 'expires_at'),
    usedAt: textOrNull(row, 'used_at'),
  };
}

export function insertButton(write: Write, button: Omit<NoticeButtonRow, 'usedAt'>): void {
  write
    .prepare(
      `INSERT INTO notice_button (notice_id, place, action, digest, owner, item_key, item_kind, item_version, expires_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      button.noticeId,
      button.place,
      button.action,
      button.digest,
      button.owner,
      button.itemKey,
      button.itemKind,
      button.itemVersion,
      button.expiresAt,
    );
}

export function findButtons(read: Read, noticeId: string, action: string): NoticeButtonRow[] {
  return read
    .prepare('SELECT * FROM notice_button WHERE notice_id = ? AND action = ? ORDER BY place')
    .all(noticeId, action)
    .map(toButton);
}

export function findButtonAt(read: Read, noticeId: string, place: number): NoticeButtonRow | null {
  const row = read
    .prepare('SELECT * FROM notice_button WHERE notice_id = ? AND place = ?')
    .get(noticeId, place);
  return row ? toButton(row) : null;
}

/** One press uses up every button of its notice. */
export function useButtons(write: Write, noticeId: string): void {
  write
    .prepare('UPDATE notice_button SET used_at = ? WHERE notice_id = ? AND used_at IS NULL')
    .run(write.now, noticeId);
}
