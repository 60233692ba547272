import type { AccountWindow, WindowSource } from '../domain/account/account.ts';
import { boundsOf, type Bounds, type Quota } from '../domain/account/quota.ts';
import type { RateWindow } from '../domain/account/rate-window.ts';
import { machineZone } from '../domain/account/zone-time.ts';
import { formatTime, parseTime } from '../shared/clock.ts';
import { recordWindowHours } from './account-window-hour-store.ts';
import type { Read, Row, Write } from './database.ts';
import { readFlag } from './flag-store.ts';
import { int, intOrNull, text, textOrNull } from './row.ts';

/**
 * What is used of the windows of accounts. A row counts one window at a time: use after its end, or before its beginning when the clock was
 * set back, opens the next. Told windows are known by the time they begin anew; a told share holds until then and no longer.
 */

/** Below this share, dividing tokens by it says little of what a window holds. */
const LEAST_TELLING = 0.05;

/** The zone in which the owner's days are counted. */
export function ownerZone(read: Read): string {
  return readFlag(read, 'cost.zone') || machineZone();
}

export interface TurnFigures {
  readonly tokens: number;
  readonly requests: number;
  readonly costMicroUsd: number;
  /** When the turn began: a rolling window opens then. */
  readonly beganAt: number;
}

export function listWindows(
  read: Read,
  accountId: string,
  quotas: readonly Quota[],
  iso: string,
): AccountWindow[] {
  const now = parseTime(iso);
  const rows = read
    .prepare('SELECT * FROM account_window WHERE account_id = ? ORDER BY source DESC, name')
    .all(accountId);
  const told = rows.filter((row) => row['source'] === 'told').map((row) => toldWindow(row, now));
  const zone = ownerZone(read);
  const set = quotas.map((quota) => {
    const row = rows.find((it) => it['source'] === 'set' && it['name'] === quota.name);
    return setWindow(quota, row, boundsOf(quota, now, row ? parseTime(text(row, 'starts_at')) : null, zone));
  });
  return [...told, ...set];
}

function setWindow(quota: Quota, row: Row | undefined, bounds: Bounds | null): AccountWindow {
  const current = row && bounds && text(row, 'starts_at') === formatTime(bounds.from) ? row : undefined;
  const figures = {
    tokens: current ? int(current, 'tokens') : 0,
    requests: current ? int(current, 'requests') : 0,
    costMicroUsd: current ? int(current, 'cost_micro_usd') : 0,
  };
  const { tokens, requests, costMicroUsd } = quota;
  const limits = { tokens, requests, costMicroUsd };
  const shares = (['tokens', 'requests', 'costMicroUsd'] as const).flatMap((unit) => {
    const limit = limits[unit];
    return limit === null ? [] : [figures[unit] / limit];
  });
  return {
    name: quota.name,
    source: 'set',
    used: Math.max(0, ...shares),
    startsAt: bounds === null ? null : formatTime(bounds.from),
    endsAt: bounds === null ? null : formatTime(bounds.to),
    ...figures,
    limits,
    capacityTokens: tokens,
  };
}

function toldWindow(row: Row, now: number): AccountWindow {
  const ends = textOrNull(row, 'ends_at');
  const over = ends !== null && parseTime(ends) <= now;
  const full = int(row, 'told_full') === 1;
  const told = intOrNull(row, 'told_used');
  return {
    name: text(row, 'name'),
    source: 'told',
    // It has begun anew since it was told of; what others used meanwhile nobody told.
    used: over ? 0 : full ? Math.max(1, told ?? 1) : told,
    startsAt: over ? null : text(row, 'starts_at'),
    endsAt: over ? null : ends,
    tokens: over ? 0 : int(row, 'tokens'),
    requests: over ? 0 : int(row, 'requests'),
    costMicroUsd: over ? 0 : int(row, 'cost_micro_usd'),
    limits: null,
    capacityTokens: intOrNull(row, 'capacity_tokens'),
  };
}

/** Counts a turn in every window of its account, and keeps what the provider told with it. In the transaction that keeps how it ended. */
export function countInWindows(
  write: Write,
  accountId: string,
  quotas: readonly Quota[],
  turn: TurnFigures,
  told: readonly RateWindow[],
): void {
  const now = parseTime(write.now);
  const zone = ownerZone(write);
  for (const quota of quotas) {
    const row = findRow(write, accountId, 'set', quota.name);
    const opened = row ? parseTime(text(row, 'starts_at')) : null;
    const bounds =
      boundsOf(quota, now, opened, zone) ?? boundsOf(quota, now, Math.min(now, turn.beganAt), zone);
    if (bounds === null) continue;
    const from = formatTime(bounds.from);
    add(write, accountId, 'set', quota.name, {
      fresh: row === undefined || text(row, 'starts_at') !== from,
      from,
      to: formatTime(bounds.to),
      turn,
    });
  }
  const known = listNames(write, accountId);
  for (const window of told) known.add(window.name);
  for (const name of known) {
    const window = told.find((it) => it.name === name);
    const row = findRow(write, accountId, 'told', name);
    const ends = row ? textOrNull(row, 'ends_at') : null;
    const over = ends !== null && parseTime(ends) <= now;
    // The same window told twice may end a moment apart.
    const moved =
      window?.resetsAt !== undefined &&
      window.resetsAt !== null &&
      ends !== null &&
      Math.abs(parseTime(window.resetsAt) - parseTime(ends)) > 60_000;
    if (window === undefined && (row === undefined || over)) continue;
    add(write, accountId, 'told', name, {
      fresh: row === undefined || over || moved,
      from: formatTime(Math.min(now, turn.beganAt)),
      to: window?.resetsAt ?? (over ? null : ends),
      turn,
    });
    if (window) noteTold(write, accountId, window);
  }
  recordWindowHours(write, accountId, listWindows(write, accountId, quotas, write.now));
}

function noteTold(write: Write, accountId: string, { name, used, status }: RateWindow): void {
  write
    .prepare(
      `UPDATE account_window SET told_used = COALESCE(:used, told_used), told_full = :full,
         capacity_tokens = CASE WHEN :used >= :least AND tokens > 0
           THEN CAST(COALESCE((capacity_tokens + tokens / :used) / 2, tokens / :used) AS INTEGER) ELSE capacity_tokens END
       WHERE account_id = :accountId AND source = 'told' AND name = :name`,
    )
    .run({ accountId, name, used, least: LEAST_TELLING, full: status === 'rejected' ? 1 : 0 });
}

/** Counts anew from the turns that were kept, after the owner changed what counts. */
export function recountWindows(write: Write, accountId: string, quotas: readonly Quota[]): void {
  const now = parseTime(write.now);
  const zone = ownerZone(write);
  write.prepare(`DELETE FROM account_window WHERE account_id = ? AND source = 'set'`).run(accountId);
  for (const quota of quotas) {
    const since = quota.period === 'rolling' ? now - (quota.hours ?? 0) * 3_600_000 : 0;
    const first = quota.period === 'rolling' ? firstUseAfter(write, accountId, since) : null;
    const bounds = boundsOf(quota, now, first, zone);
    if (bounds === null) continue;
    const row = write
      .prepare(
        `SELECT COALESCE(SUM(tokens_in + tokens_out), 0) AS tokens, COALESCE(SUM(requests), 0) AS requests,
           COALESCE(SUM(cost_micro_usd), 0) AS cost FROM turn_use WHERE account_id = ? AND at >= ? AND at < ?`,
      )
      .get(accountId, formatTime(bounds.from), formatTime(bounds.to));
    if (!row || int(row, 'requests') === 0) continue;
    add(write, accountId, 'set', quota.name, {
      fresh: true,
      from: formatTime(bounds.from),
      to: formatTime(bounds.to),
      turn: { tokens: int(row, 'tokens'), requests: int(row, 'requests'), costMicroUsd: int(row, 'cost') },
    });
  }
}

function firstUseAfter(read: Read, accountId: string, since: number): number | null {
  const row = read
    .prepare('SELECT MIN(at) AS first FROM turn_use WHERE account_id = ? AND at > ?')
    .get(accountId, formatTime(since));
  const first = row ? textOrNull(row, 'first') : null;
  return first === null ? null : parseTime(first);
}

function findRow(read: Read, accountId: string, source: WindowSource, name: string): Row | undefined {
  return read
    .prepare('SELECT * FROM account_window WHERE account_id = ? AND source = ? AND name = ?')
    .get(accountId, source, name);
}

function listNames(read: Read, accountId: string): Set<string> {
  const rows = read
    .prepare(`SELECT name FROM account_window WHERE account_id = ? AND source = 'told'`)
    .all(accountId);
  return new Set(rows.map((row) => text(row, 'name')));
}

/** `fresh`: a new window begins, and what was counted in the one before goes. */
function add(
  write: Write,
  accountId: string,
  source: WindowSource,
  name: string,
  of: {
    fresh: boolean;
    from: string;
    to: string | null;
    turn: Omit<TurnFigures, 'beganAt'>;
  },
): void {
  write
    .prepare(
      `INSERT INTO account_window (account_id, source, name, starts_at, ends_at, tokens, requests, cost_micro_usd, updated_at)
       VALUES (:accountId, :source, :name, :from, :to, :tokens, :requests, :cost, :now)
       ON CONFLICT (account_id, source, name) DO UPDATE SET
         starts_at = CASE WHEN :fresh THEN :from ELSE starts_at END, ends_at = :to,
         tokens = :tokens + CASE WHEN :fresh THEN 0 ELSE tokens END,
         requests = :requests + CASE WHEN :fresh THEN 0 ELSE requests END,
         cost_micro_usd = :cost + CASE WHEN :fresh THEN 0 ELSE cost_micro_usd END,
         told_used = CASE WHEN :fresh THEN NULL ELSE told_used END,
         told_full = CASE WHEN :fresh THEN 0 ELSE told_full END, updated_at = :now`,
    )
    .run({
      accountId,
      source,
      name,
      fresh: of.fresh ? 1 : 0,
      from: of.from,
      to: of.to,
      tokens: of.turn.tokens,
      requests: of.turn.requests,
      cost: of.turn.costMicroUsd,
      now: write.now,
    });
}
