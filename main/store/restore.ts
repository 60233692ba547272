import { chmodSync, copyFileSync, existsSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fail, messageOf, ok, type Result } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import { listBackups, type Backup } from './backup.ts';
import { checkInThread } from './check-in-thread.ts';
import { connect } from './database.ts';
import { loadMigrations, schemaVersion } from './migrate.ts';
import { incomingPath } from './replace-database.ts';

/** What a database holds, in a few figures. */
export interface Holdings {
  readonly proposals: number;
  readonly runs: number;
  readonly decisions: number;
  /** Sequence and time of the newest domain event; null without any. */
  readonly newest: { readonly seq: number; readonly at: string } | null;
}

export interface StagedRestore {
  readonly from: string;
  /** When the backup was made, ISO; null when its name does not say. */
  readonly madeAt: string | null;
  readonly backup: Holdings;
  /** Null: there is no database now, or it cannot be read. */
  readonly present: Holdings | null;
  /** Newer backups that did not pass their check, with why. */
  readonly refused: readonly { readonly path: string; readonly fault: string }[];
}

/**
 * Copies a backup beside the present database and checks the copy in full; nothing else changes. `chosen` is a path or the name of a
 * backup, or null for the newest one that is good. The caller holds the instance lock.
 */
export async function stageRestore(at: {
  folder: string;
  migrationsFolder: string;
  chosen: string | null;
  scope: Scope;
}): Promise<Result<StagedRestore>> {
  const { folder, chosen } = at;
  const migrations = loadMigrations(at.migrationsFolder);
  if (!migrations.ok) return migrations;
  const newestSchema = migrations.value.at(-1)?.number ?? 0;
  const candidates = candidatesFor(folder, chosen);
  if (candidates.length === 0)
    return fail(
      'not_found',
      chosen === null ? `There is no backup in ${join(folder, 'backups')}.` : `There is no backup ${chosen}.`,
      {
        hint: '`homer backup list` shows what there is; a path to any backup will do.',
      },
    );
  const refused: { path: string; fault: string }[] = [];
  for (const { path, createdAt } of candidates) {
    const fault = await stage(path, folder, newestSchema, at.scope);
    if (fault === null)
      return ok({
        from: path,
        madeAt: createdAt,
        backup: holdingsOf(incomingPath(folder)),
        present: readHoldings(join(folder, 'homer.sqlite')),
        refused,
      });
    refused.push({ path, fault });
    dropStaged(folder);
  }
  return fail(
    'backup_damaged',
    `No backup can be restored: ${refused[0]?.path ?? ''}: ${refused[0]?.fault ?? ''}.`,
    {
      hint: 'Nothing was changed. `homer backup list` shows what else there is.',
      details: { refused },
    },
  );
}

/** Removes the copy that `stageRestore` made. */
export function dropStaged(folder: string): void {
  for (const part of ['', '-wal', '-shm', '-journal']) rmSync(incomingPath(folder) + part, { force: true });
}

function candidatesFor(folder: string, chosen: string | null): { path: string; createdAt: string | null }[] {
  const all = listBackups(join(folder, 'backups'));
  if (chosen === null) return all;
  const known = all.find(({ path }: Backup) => path === resolve(chosen) || basename(path) === chosen);
  if (known) return [known];
  return existsSync(chosen) ? [{ path: resolve(chosen), createdAt: null }] : [];
}

/** Copies and checks; gives what is wrong with it, or null. */
async function stage(
  path: string,
  folder: string,
  newestSchema: number,
  scope: Scope,
): Promise<string | null> {
  const incoming = incomingPath(folder);
  try {
    dropStaged(folder);
    copyFileSync(path, incoming);
    chmodSync(incoming, 0o600);
    const [fault] = await checkInThread(incoming, scope, { settle: true });
    if (fault !== undefined) return fault;
    const copy = connect(incoming, { readonly: true });
    try {
      const schema = schemaVersion(copy);
      if (schema === 0) return 'it is not a database of Homer';
      return schema > newestSchema ? `it was written by a newer Homer (schema ${String(schema)})` : null;
    } finally {
      copy.close();
    }
  } catch (error) {
    return messageOf(error);
  }
}

function readHoldings(path: string): Holdings | null {
  if (!existsSync(path)) return null;
  try {
    return holdingsOf(path);
  } catch {
    // Damaged: that is why it is being replaced, and it is kept as it is.
    return null;
  }
}

function holdingsOf(path: string): Holdings {
  const raw = connect(path, { readonly: true });
  try {
    const count = (table: string): number =>
      Number(raw.prepare(`SELECT COUNT(*) FROM ${table}`).pluck().get());
    const newest = raw
      .prepare<[], { seq: number; at: string }>('SELECT seq, at FROM domain_event ORDER BY seq DESC LIMIT 1')
      .get();
    return {
      proposals: count('proposal'),
      runs: count('run'),
      decisions: count('decision'),
      newest: newest ?? null,
    };
  } finally {
    raw.close();
  }
}
