import type { NoticeKind, NoticeOutcomeKind, NoticeRecord } from '../domain/notice/notice.ts';
import type { Read, Row, Write } from './database.ts';
import { int, text, textOrNull } from './row.ts';

export interface NewNotice {
  readonly kind: NoticeKind;
  readonly itemKey: string;
  readonly title: string;
  readonly body: string;
  readonly route: string;
}

/** Begins the record of a notice, with its first outcome; gives its id. */
export function insertNotice(
  write: Write,
  notice: NewNotice,
  first: { outcome: NoticeOutcomeKind; detail?: string },
): string {
  const id = write.nextId();
  write
    .prepare(
      `INSERT INTO notice (id, kind, item_key, title, body, route, outcome, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      id,
      notice.kind,
      notice.itemKey,
      notice.title,
      notice.body,
      notice.route,
      first.outcome,
      write.now,
      write.now,
    );
  addOutcome(write, id, first.outcome, '', first.detail ?? '');
  tell(write, id, first.outcome);
  return id;
}

/** What can still happen to a notice after this is only what is added to it, not what it is known by. */
const LASTING = new Set<NoticeOutcomeKind>(['pressed', 'withdrawn']);

/** Adds what became of a notice. A decision, and being withdrawn, stay what it is known by; that it closed says little after anything else. */
export function recordOutcome(
  write: Write,
  id: string,
  what: { outcome: NoticeOutcomeKind; channel: string; detail?: string; shownAs?: string },
): void {
  const row = write.prepare('SELECT outcome FROM notice WHERE id = ?').get(id);
  // Retention took it: there is nothing to add to.
  if (!row) return;
  addOutcome(write, id, what.outcome, what.channel, what.detail ?? '');
  const known = text(row, 'outcome') as NoticeOutcomeKind;
  const stays = LASTING.has(known)
    ? what.outcome !== 'pressed'
    : what.outcome === 'closed' && known !== 'sent' && known !== 'shown';
  const next = stays ? known : what.outcome;
  write
    .prepare(
      `UPDATE notice SET outcome = ?, channel = CASE WHEN ? = '' THEN channel ELSE ? END, shown_as = IFNULL(?, shown_as),
         version = version + 1, updated_at = ? WHERE id = ?`,
    )
    .run(next, what.channel, what.channel, what.shownAs ?? null, write.now, id);
  tell(write, id, what.outcome);
}

function addOutcome(
  write: Write,
  id: string,
  outcome: NoticeOutcomeKind,
  channel: string,
  detail: string,
): void {
  write
    .prepare(
      `INSERT INTO notice_outcome (notice_id, seq, outcome, channel, detail, at)
       VALUES (:id, (SELECT IFNULL(MAX(seq), 0) + 1 FROM notice_outcome WHERE notice_id = :id), :outcome, :channel, :detail, :at)`,
    )
    .run({ id, outcome, channel, detail, at: write.now });
}

function tell(write: Write, id: string, outcome: NoticeOutcomeKind): void {
  write.emit({
    type: 'noticeChanged',
    entity: 'notice',
    entityId: id,
    actor: 'runtime',
    payload: { outcome },
  });
}

function toNotice(read: Read, row: Row): NoticeRecord {
  const id = text(row, 'id');
  return {
    id,
    kind: text(row, 'kind') as NoticeKind,
    itemKey: text(row, 'item_key'),
    title: text(row, 'title'),
    body: text(row, 'body'),
    route: text(row, 'route'),
    outcome: text(row, 'outcome') as NoticeOutcomeKind,
    channel: text(row, 'channel'),
    createdAt: text(row, 'created_at'),
    outcomes: read
      .prepare('SELECT outcome, channel, detail, at FROM notice_outcome WHERE notice_id = ? ORDER BY seq')
      .all(id)
      .map((each) => ({
        outcome: text(each, 'outcome') as NoticeOutcomeKind,
        channel: text(each, 'channel'),
        detail: text(each, 'detail'),
        at: text(each, 'at'),
      })),
  };
}

/** Notices, newest first. */
export function listNotices(
  read: Read,
  filter: {
    limit: number;
    itemKey?: string | undefined;
    outcome?: NoticeOutcomeKind | undefined;
    before?: string | undefined;
  },
): NoticeRecord[] {
  return read
    .prepare(
      `SELECT * FROM notice WHERE (:itemKey IS NULL OR item_key = :itemKey) AND (:outcome IS NULL OR outcome = :outcome)
         AND (:before IS NULL OR id < :before) ORDER BY id DESC LIMIT :limit`,
    )
    .all({
      itemKey: filter.itemKey ?? null,
      outcome: filter.outcome ?? null,
      before: filter.before ?? null,
      limit: filter.limit,
    })
    .map((row) => toNotice(read, row));
}

export function findNotice(read: Read, id: string): NoticeRecord | null {
  const row = read.prepare('SELECT * FROM notice WHERE id = ?').get(id);
  return row ? toNotice(read, row) : null;
}

/** Where a channel still shows a notice of an earlier start. */
export function shownAs(read: Read, id: string): { channel: string; ref: string } | null {
  const row = read.prepare(`SELECT channel, shown_as FROM notice WHERE id = ? AND shown_as <> ''`).get(id);
  return row ? { channel: text(row, 'channel'), ref: text(row, 'shown_as') } : null;
}

/** The newest notice that a channel shows under this name. */
export function findShownAs(read: Read, channel: string, ref: string): string | null {
  const row = read
    .prepare('SELECT MAX(id) AS id FROM notice WHERE channel = ? AND shown_as = ?')
    .get(channel, ref);
  return row ? textOrNull(row, 'id') : null;
}

/** How many notices about items went out since a time (ISO), and when the first of them did. */
export function countNoticesSince(read: Read, since: string): { count: number; first: string | null } {
  const row = read
    .prepare(
      `SELECT COUNT(*) AS n, MIN(created_at) AS first FROM notice WHERE created_at > ? AND kind IN ('item', 'summary') AND outcome <> 'suppressed'`,
    )
    .get(since);
  return { count: row ? int(row, 'n') : 0, first: row ? textOrNull(row, 'first') : null };
}

/** When the last notice of a kind was made; null when none was. */
export function lastNoticeAt(read: Read, kind: NoticeKind): string | null {
  const row = read.prepare('SELECT MAX(created_at) AS at FROM notice WHERE kind = ?').get(kind);
  return row ? textOrNull(row, 'at') : null;
}

/** When a channel last showed something, and when a button of it last came back. */
export function channelSeen(read: Read, channel: string): { shown: string | null; pressed: string | null } {
  const row = read
    .prepare(
      `SELECT MAX(CASE WHEN outcome = 'shown' THEN at END) AS shown, MAX(CASE WHEN outcome IN ('pressed', 'refused') THEN at END) AS pressed
       FROM notice_outcome WHERE channel = ?`,
    )
    .get(channel);
  return {
    shown: row ? textOrNull(row, 'shown') : null,
    pressed: row ? textOrNull(row, 'pressed') : null,
  };
}

/** Deletes at most `limit` notices from before a time (ISO), with their outcomes and buttons, but none that still stands. */
export function deleteOldNotices(write: Write, before: string, limit: number): number {
  return write
    .prepare(
      `DELETE FROM notice WHERE id IN (
         SELECT id FROM notice WHERE created_at < ? AND id NOT IN (SELECT notice_id FROM told WHERE notice_id IS NOT NULL) LIMIT ?)`,
    )
    .run(before, limit).changes;
}
