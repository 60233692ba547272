import type { Account, AccountBilling, AccountKind } from '../domain/account/account.ts';
import type { Quota } from '../domain/account/quota.ts';
import { accountMachine, type AccountAction, type AccountStatus } from '../domain/account/status.ts';
import type { DomainEventType } from '../domain/event.ts';
import { step } from '../domain/machine.ts';
import { FailureError, unwrap } from '../shared/result.ts';
import type { Read, Row, Write } from './database.ts';
import { listWindows } from './account-window-store.ts';
import { int, intOrNull, json, notFound, staleVersion, text, textOrNull } from './row.ts';

interface QuotasColumn {
  readonly v: 1;
  readonly windows?: Quota[];
}

function toAccount(read: Read, row: Row, now: string): Account {
  const quotas = json<QuotasColumn>(row, 'quotas').windows ?? [];
  return {
    id: text(row, 'id'),
    version: int(row, 'version'),
    executor: text(row, 'executor'),
    label: text(row, 'label'),
    kind: text(row, 'kind') as AccountKind,
    billing: text(row, 'billing') as AccountBilling,
    home: textOrNull(row, 'home'),
    baseUrl: textOrNull(row, 'base_url'),
    credentialRef: textOrNull(row, 'credential_ref'),
    keyVariable: textOrNull(row, 'key_variable'),
    status: text(row, 'status') as AccountStatus,
    error: textOrNull(row, 'error'),
    quotas,
    reservePercent: intOrNull(row, 'reserve_percent'),
    place: intOrNull(row, 'place'),
    cooldownUntil: textOrNull(row, 'cooldown_until'),
    consecutiveFailures: int(row, 'consecutive_failures'),
    lastUsedAt: textOrNull(row, 'last_used_at'),
    windows: listWindows(read, text(row, 'id'), quotas, now),
    createdAt: text(row, 'created_at'),
    updatedAt: text(row, 'updated_at'),
  };
}

/** Every account with its windows as they stand at `now`, or those of one executor. */
export function listAccounts(read: Read, now: string, executor?: string): Account[] {
  return read
    .prepare(
      'SELECT * FROM executor_account WHERE (:executor IS NULL OR executor = :executor) ORDER BY executor, place IS NULL, place, created_at, id',
    )
    .all({ executor: executor ?? null })
    .map((row) => toAccount(read, row, now));
}

export function findAccount(read: Read, id: string, now: string): Account | null {
  const row = read.prepare('SELECT * FROM executor_account WHERE id = ?').get(id);
  return row ? toAccount(read, row, now) : null;
}

/** The account; throws `not_found`. */
export function getAccount(read: Read, id: string, now: string): Account {
  const account = findAccount(read, id, now);
  if (account === null) throw notFound('account', id);
  return account;
}

/** When its sign-in was refused last; null when the record of it is gone. */
export function whenRefused(read: Read, id: string): string | null {
  const row = read
    .prepare(
      "SELECT at FROM domain_event WHERE type = 'accountRefused' AND entity_id = ? ORDER BY seq DESC LIMIT 1",
    )
    .get(id);
  return row ? text(row, 'at') : null;
}

export function hasAccounts(read: Read, executor: string): boolean {
  return (
    read.prepare('SELECT 1 FROM executor_account WHERE executor = ? LIMIT 1').get(executor) !== undefined
  );
}

/** Addresses of the accounts of an executor that may take turns. */
export function listEndpoints(read: Read, executor: string): string[] {
  return read
    .prepare(
      `SELECT base_url FROM executor_account WHERE executor = ? AND base_url IS NOT NULL AND status <> 'disabled' ORDER BY created_at, id`,
    )
    .all(executor)
    .map((row) => text(row, 'base_url'));
}

export type AccountFields = Pick<
  Account,
  | 'label'
  | 'kind'
  | 'billing'
  | 'home'
  | 'baseUrl'
  | 'credentialRef'
  | 'keyVariable'
  | 'quotas'
  | 'reservePercent'
>;

/** Throws `account_exists` when the executor has one of this name. */
export function insertAccount(
  write: Write,
  account: AccountFields & { readonly executor: string; readonly id?: string },
  actor: string,
): Account {
  refuseTwin(write, account.executor, account.label, null);
  const id = account.id ?? write.nextId();
  write
    .prepare(
      `INSERT INTO executor_account (id, executor, label, kind, billing, home, base_url, credential_ref, key_variable, quotas, reserve_percent, status,
         created_at, updated_at)
       VALUES (:id, :executor, :label, :kind, :billing, :home, :baseUrl, :credentialRef, :keyVariable, :quotas, :reservePercent, 'active', :now, :now)`,
    )
    .run({ ...columns(account), id, executor: account.executor, now: write.now });
  emit(write, 'accountAdded', id, actor, { executor: account.executor, label: account.label });
  return getAccount(write, id, write.now);
}

/** Throws `stale_version` when it changed since it was shown, `account_exists` when another has the name. */
export function updateAccount(
  write: Write,
  id: string,
  version: number,
  fields: Partial<AccountFields>,
  actor: string,
): Account {
  const before = getAccount(write, id, write.now);
  const after = { ...before, ...fields };
  refuseTwin(write, before.executor, after.label, id);
  const { changes } = write
    .prepare(
      `UPDATE executor_account SET label = :label, kind = :kind, billing = :billing, home = :home, base_url = :baseUrl, credential_ref = :credentialRef,
         key_variable = :keyVariable, quotas = :quotas, reserve_percent = :reservePercent, version = version + 1, updated_at = :now
       WHERE id = :id AND version = :version`,
    )
    .run({ ...columns(after), id, version, now: write.now });
  if (changes !== 1) throw staleVersion('account');
  emit(write, 'accountChanged', id, actor, { changed: Object.keys(fields) });
  return getAccount(write, id, write.now);
}

/**
 * Puts the accounts of an executor in this order; none: in no order any more. Throws `stale_version` when these are not all of them, so that
 * one that was added meanwhile is not lost out of sight.
 */
export function orderAccounts(write: Write, executor: string, ids: readonly string[], actor: string): void {
  const all = write
    .prepare('SELECT id FROM executor_account WHERE executor = ? ORDER BY id')
    .all(executor)
    .map((row) => text(row, 'id'));
  const known = JSON.stringify([...new Set(ids)].sort()) === JSON.stringify(all) && ids.length === all.length;
  if (ids.length > 0 && !known) throw staleVersion('list of accounts');
  const put = write.prepare(
    'UPDATE executor_account SET place = :place, version = version + 1, updated_at = :now WHERE id = :id AND place IS NOT :place',
  );
  for (const id of all) {
    const at = ids.indexOf(id);
    const { changes } = put.run({ id, place: at < 0 ? null : at, now: write.now });
    if (changes > 0) emit(write, 'accountChanged', id, actor, { changed: ['place'] });
  }
}

/** What it used and cost stays with the turns. */
export function deleteAccount(write: Write, id: string, version: number, actor: string): void {
  const { executor, label } = getAccount(write, id, write.now);
  const { changes } = write
    .prepare('DELETE FROM executor_account WHERE id = ? AND version = ?')
    .run(id, version);
  if (changes !== 1) throw staleVersion('account');
  emit(write, 'accountRemoved', id, actor, { executor, label });
}

const eventOf: Record<AccountAction, DomainEventType> = {
  limit: 'accountLimited',
  reset: 'accountBack',
  refuse: 'accountRefused',
  disable: 'accountDisabled',
  enable: 'accountEnabled',
};

/** Moves an account by one row of its machine. Throws `illegal_transition`, or `stale_version` when a version is given and is overtaken. */
export function transitionAccount(
  write: Write,
  id: string,
  on: AccountAction,
  actor: string,
  change: { version?: number; cooldownUntil?: string; error?: string } = {},
): Account {
  const { status, version, label, executor } = getAccount(write, id, write.now);
  if (change.version !== undefined && change.version !== version) throw staleVersion('account');
  const to = unwrap(step(accountMachine, status, on));
  const { changes } = write
    .prepare(
      `UPDATE executor_account SET status = :to, version = version + 1, updated_at = :now, error = :error, cooldown_until = :until,
         cooled_at = CASE WHEN :until IS NULL THEN NULL ELSE :now END,
         consecutive_failures = CASE WHEN :on = 'enable' THEN 0 ELSE consecutive_failures END
       WHERE id = :id AND status = :status AND version = :version`,
    )
    .run({
      id,
      on,
      to,
      status,
      version,
      now: write.now,
      error: change.error ?? null,
      until: change.cooldownUntil ?? null,
    });
  if (changes !== 1) throw staleVersion('account');
  emit(write, eventOf[on], id, actor, {
    executor,
    label,
    from: status,
    to,
    ...(change.cooldownUntil === undefined ? {} : { until: change.cooldownUntil }),
    ...(change.error === undefined ? {} : { error: change.error }),
  });
  return getAccount(write, id, write.now);
}

/** A later limit on an account that cools down already: it waits for the longer of both. */
export function extendCooldown(write: Write, id: string, until: string): void {
  write
    .prepare(
      `UPDATE executor_account SET cooldown_until = MAX(cooldown_until, ?), version = version + 1, updated_at = ? WHERE id = ? AND status = 'rate_limited'`,
    )
    .run(until, write.now, id);
}

/** That an account worked, or failed once more in a row; null: neither can be told. */
export function noteAccountUsed(write: Write, id: string, failed: boolean | null): void {
  write
    .prepare(
      `UPDATE executor_account SET last_used_at = :now, updated_at = :now,
         consecutive_failures = CASE WHEN :failed IS NULL THEN consecutive_failures WHEN :failed THEN consecutive_failures + 1 ELSE 0 END
       WHERE id = :id`,
    )
    .run({ id, now: write.now, failed: failed === null ? null : failed ? 1 : 0 });
}

/** Tells live views that figures of an account changed though its status did not. */
export function announceAccount(write: Write, id: string): void {
  emit(write, 'accountUsed', id, 'runtime', {});
}

/** Accounts whose cooldown is over; one that began in a time to come began under a clock that was ahead. */
export function listCooledDown(read: Read, now: string): string[] {
  return read
    .prepare(
      `SELECT id FROM executor_account WHERE status = 'rate_limited' AND (cooldown_until IS NULL OR cooldown_until <= :now OR cooled_at > :now)`,
    )
    .all({ now })
    .map((row) => text(row, 'id'));
}

/** When the next cooldown is over; null when none is. */
export function nextCooldownEnd(read: Read): string | null {
  const row = read
    .prepare(`SELECT MIN(cooldown_until) AS next FROM executor_account WHERE status = 'rate_limited'`)
    .get();
  return row ? textOrNull(row, 'next') : null;
}

function refuseTwin(read: Read, executor: string, label: string, id: string | null): void {
  const twin = read
    .prepare('SELECT 1 FROM executor_account WHERE executor = ? AND label = ? AND id IS NOT ?')
    .get(executor, label, id);
  if (twin)
    throw new FailureError({
      tag: 'account_exists',
      message: `${executor} has an account called ${label} already.`,
      hint: 'Choose another name.',
    });
}

function columns(fields: AccountFields): Record<string, string | number | null> {
  const { label, kind, billing, home, baseUrl, credentialRef, keyVariable, quotas, reservePercent } = fields;
  return {
    label,
    kind,
    billing,
    home,
    baseUrl,
    credentialRef,
    keyVariable,
    reservePercent,
    quotas: JSON.stringify({ v: 1, windows: quotas } satisfies QuotasColumn),
  };
}

function emit(
  write: Write,
  type: DomainEventType,
  id: string,
  actor: string,
  payload: Record<string, string | string[]>,
): void {
  write.emit({ type, entity: 'account', entityId: id, actor, payload });
}
