import type { Read, Write } from './database.ts';
import { needsSql, toInboxItem, type StoredInboxItem } from './inbox-store.ts';
import { text, textOrNull } from './row.ts';

/** What waits, with how it stands to what was told. */
export interface Untold extends StoredInboxItem {
  readonly key: string;
  readonly state: string;
  /** Why it was held back before; empty when it is new. */
  readonly held: string;
}

export interface Outdated {
  readonly key: string;
  /** The notice that showed it; null when none did. */
  readonly noticeId: string | null;
  /** It no longer waits as it did: it may be told again when it comes back. */
  readonly gone: boolean;
}

const WAITING = needsSql(false);

/** What waits and was not told, the oldest first; what was held back among it. */
export function listUntold(read: Read, limit: number): Untold[] {
  return read
    .prepare(
      `SELECT n.*, project.name AS project_name, IFNULL(told.held, '') AS held FROM (${WAITING}) AS n
       LEFT JOIN project ON project.id = n.project_id LEFT JOIN told ON told.item_key = n.item_key
       WHERE told.item_key IS NULL OR told.state <> n.state OR told.held <> '' ORDER BY n.since, n.number LIMIT ?`,
    )
    .all(limit)
    .map((row) => ({
      ...toInboxItem(row),
      key: text(row, 'item_key'),
      state: text(row, 'state'),
      held: text(row, 'held'),
    }));
}

/** What was told and no longer waits so, or changed since: its buttons would decide something that is no more. */
export function listOutdated(read: Read): Outdated[] {
  return read
    .prepare(
      `SELECT told.item_key, told.notice_id, n.item_key IS NULL OR n.state <> told.state AS gone FROM told
       LEFT JOIN (${WAITING}) AS n ON n.item_key = told.item_key
       WHERE n.item_key IS NULL OR n.state <> told.state OR (n.version <> told.item_version AND told.notice_id IS NOT NULL)`,
    )
    .all()
    .map((row) => ({
      key: text(row, 'item_key'),
      noticeId: textOrNull(row, 'notice_id'),
      gone: row['gone'] === 1,
    }));
}

export function recordTold(
  write: Write,
  item: Pick<Untold, 'key' | 'state' | 'version'>,
  how: { noticeId: string | null; held: string },
): void {
  write
    .prepare(
      `INSERT INTO told (item_key, state, item_version, notice_id, held, created_at) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (item_key) DO UPDATE SET state = excluded.state, item_version = excluded.item_version,
         notice_id = excluded.notice_id, held = excluded.held, created_at = excluded.created_at`,
    )
    .run(item.key, item.state, item.version, how.noticeId, how.held, write.now);
}

export function forgetTold(write: Write, key: string): void {
  write.prepare('DELETE FROM told WHERE item_key = ?').run(key);
}

/** Its notice was taken back; that it was told stays. */
export function forgetNoticeOf(write: Write, key: string): void {
  write.prepare('UPDATE told SET notice_id = NULL WHERE item_key = ?').run(key);
}

/** How many things are held back now. */
export function countHeld(read: Read): number {
  const row = read.prepare(`SELECT COUNT(*) AS total FROM told WHERE held <> ''`).get();
  return Number(row?.['total'] ?? 0);
}

/** Whether anything that a notice told still waits as it did then. */
export function stillShown(read: Read, noticeId: string): boolean {
  return read.prepare('SELECT 1 FROM told WHERE notice_id = ? LIMIT 1').get(noticeId) !== undefined;
}
