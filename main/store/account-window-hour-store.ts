import type { AccountWindow, WindowSource } from '../domain/account/account.ts';
import { formatTime, parseTime } from '../shared/clock.ts';
import type { Read, Write } from './database.ts';
import { text, textOrNull } from './row.ts';

const HOUR_MS = 3_600_000;
/** As far back as Insights looks, and a little. */
const KEEP_MS = 100 * 24 * HOUR_MS;
/** The same window told twice may end a moment apart. */
const SAME_MS = 60_000;

/**
 * Keeps what the windows of an account stand at, one row for each window and hour with use in it, and lets go of what is too old. A
 * window of unknown size leaves no row: nobody knows what part of it was used.
 */
export function recordWindowHours(
  write: Write,
  accountId: string,
  windows: readonly Pick<AccountWindow, 'name' | 'source' | 'used' | 'startsAt' | 'endsAt'>[],
): void {
  const hour = formatTime(Math.floor(parseTime(write.now) / HOUR_MS) * HOUR_MS);
  const keep = write.prepare(
    `INSERT INTO account_window_hour (account_id, source, name, hour, starts_at, ends_at, used, full_at)
     VALUES (:accountId, :source, :name, :hour, :startsAt, :endsAt, :used, iif(:used >= 1, :now, NULL))
     ON CONFLICT (account_id, source, name, hour, starts_at) DO UPDATE SET ends_at = excluded.ends_at,
       used = MAX(used, excluded.used), full_at = COALESCE(full_at, excluded.full_at)`,
  );
  for (const { source, name, startsAt, endsAt, used } of windows)
    if (used !== null && startsAt !== null)
      keep.run({ accountId, source, name, hour, startsAt, endsAt, used, now: write.now });
  write.prepare('DELETE FROM account_window_hour WHERE hour < ?').run(formatTime(parseTime(hour) - KEEP_MS));
}

export interface PastWindow {
  readonly accountId: string;
  readonly source: WindowSource;
  readonly name: string;
  readonly startsAt: string;
  readonly endsAt: string;
  /** The highest share that is known, 1 when it was full. */
  readonly used: number;
  readonly fullAt: string | null;
}

/** The windows of all accounts that were open at some time in a span and have an end, the oldest first. */
export function listPastWindows(read: Read, { from, to }: { from: string; to: string }): PastWindow[] {
  const rows = read
    .prepare(
      `SELECT account_id, source, name, starts_at, MAX(ends_at) AS ends_at, MAX(used) AS used, MIN(full_at) AS full_at
       FROM account_window_hour WHERE hour >= :early AND hour < :to AND ends_at > :from AND starts_at < :to
       GROUP BY account_id, source, name, starts_at ORDER BY account_id, source, name, starts_at`,
    )
    // A window of a month that was used on its first day alone still holds on its last.
    .all({ from, to, early: formatTime(parseTime(from) - 62 * 24 * HOUR_MS) });
  const windows: PastWindow[] = [];
  for (const row of rows) {
    const window: PastWindow = {
      accountId: text(row, 'account_id'),
      source: text(row, 'source') as WindowSource,
      name: text(row, 'name'),
      startsAt: text(row, 'starts_at'),
      endsAt: textOrNull(row, 'ends_at') ?? to,
      used: Math.min(1, Number(row['used'])),
      fullAt: textOrNull(row, 'full_at'),
    };
    const before = windows.at(-1);
    const same =
      before !== undefined &&
      before.accountId === window.accountId &&
      before.source === window.source &&
      before.name === window.name &&
      Math.abs(parseTime(before.endsAt) - parseTime(window.endsAt)) <= SAME_MS;
    if (same)
      windows.splice(-1, 1, {
        ...before,
        used: Math.max(before.used, window.used),
        fullAt: before.fullAt ?? window.fullAt,
      });
    else windows.push(window);
  }
  return windows;
}
