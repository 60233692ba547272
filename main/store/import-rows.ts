import { closeSync, existsSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fail, FailureError, messageOf, ok, type Result } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import { checkInThread } from './check-in-thread.ts';
import { connect, type Raw } from './database.ts';
import { exportEndSchema, exportHeaderSchema, exportRowSchema, rowSchemaOf } from './export-format.ts';
import { loadMigrations, migrate, schemaVersion, type Migration } from './migrate.ts';
import { incomingPath, replaceDatabase } from './replace-database.ts';
import { storeFailure } from './store-failure.ts';
import { quoted, tableShapes } from './table-shape.ts';

export interface Imported {
  /** Schema of the export; the next start migrates to the newest. */
  readonly schema: number;
  readonly rows: Readonly<Record<string, number>>;
}

/**
 * Makes the database of an empty data folder from an export, all of it or nothing. It is made at the schema of the export, each line is
 * checked for its shape, SQLite checks the rest, and the whole is checked in full before it gets its place. Rows are kept exactly as
 * they are; the next start migrates them and settles what they believe to be at work. The caller holds the instance lock.
 */
export async function importRows(at: {
  folder: string;
  migrationsFolder: string;
  lines: AsyncIterable<string>;
  /** The file the lines come from, for the record. */
  from: string;
  /** Now, ISO. */
  now: string;
  scope: Scope;
}): Promise<Result<Imported>> {
  const { folder } = at;
  if (existsSync(join(folder, 'homer.sqlite')))
    return fail('data_not_empty', `There is a database in ${folder} already.`, {
      hint: 'Import into an empty folder: `homer import FILE --data DIR`. Nothing was changed.',
    });
  const migrations = loadMigrations(at.migrationsFolder);
  if (!migrations.ok) return migrations;
  const incoming = incomingPath(folder);
  clear(incoming);
  try {
    closeSync(openSync(incoming, 'wx', 0o600));
    const imported = await fill(incoming, at.lines, migrations.value, at.now);
    const [fault] = await checkInThread(incoming, at.scope, { settle: true });
    if (fault !== undefined) throw malformed(`what it holds does not fit together: ${fault}`);
    replaceDatabase(folder, { kind: 'import', from: at.from, madeAt: null, at: at.now });
    return ok(imported);
  } catch (error) {
    clear(incoming);
    const failure = error instanceof FailureError ? error : storeFailure(error);
    if (failure) return { ok: false, error: failure.failure };
    return fail('import_failed', `The export could not be read: ${messageOf(error)}`, {
      hint: 'Nothing was changed. Check the path and the disk.',
    });
  }
}

async function fill(
  path: string,
  lines: AsyncIterable<string>,
  migrations: readonly Migration[],
  now: string,
): Promise<Imported> {
  const raw = connect(path);
  let line = 0;
  try {
    let insert: ((row: unknown) => void) | null = null;
    let ended: Record<string, number> | null = null;
    const rows: Record<string, number> = {};
    for await (const text of lines) {
      line += 1;
      if (ended) throw malformed('something follows after its end', line);
      const value = parse(text, line);
      if (insert === null) {
        insert = begin(raw, value, migrations, now, rows);
        continue;
      }
      const end = exportEndSchema.safeParse(value);
      if (end.success) ended = end.data.rows;
      else insert(value);
    }
    if (insert === null) throw malformed('it is empty');
    if (!ended) throw malformed('its end is missing; it was cut off', line);
    for (const name of new Set([...Object.keys(rows), ...Object.keys(ended)]))
      if (rows[name] !== ended[name])
        throw malformed(
          `it says ${String(ended[name] ?? 0)} rows of ${name} and has ${String(rows[name] ?? 0)}`,
          line,
        );
    const orphans = raw.pragma('foreign_key_check') as { table: string; parent: string }[];
    if (orphans[0])
      throw malformed(
        `${String(orphans.length)} rows point to rows that are not in it, such as from ${orphans[0].table} to ${orphans[0].parent}`,
      );
    raw.exec('COMMIT');
    return { schema: schemaVersion(raw), rows };
  } catch (error) {
    if (error instanceof z.ZodError) {
      const [issue] = error.issues;
      throw malformed(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`.replace(/^: /u, ''), line);
    }
    if (String((error as { code?: unknown }).code).startsWith('SQLITE_CONSTRAINT'))
      throw malformed(messageOf(error), line);
    throw error;
  } finally {
    raw.close();
  }
}

/** Makes the tables of the export's schema and begins the one transaction; gives what takes a row. */
function begin(
  raw: Raw,
  first: unknown,
  migrations: readonly Migration[],
  now: string,
  rows: Record<string, number>,
): (row: unknown) => void {
  const parsed = exportHeaderSchema.safeParse(first);
  if (!parsed.success) throw malformed('it does not begin as an export of Homer does', 1);
  const { schema, tables } = parsed.data;
  const newest = migrations.at(-1)?.number ?? 0;
  if (schema > newest)
    throw new FailureError({
      tag: 'newer_database',
      message: `This export was written by a newer Homer (schema ${String(schema)}; this one knows ${String(newest)}).`,
      hint: 'Install the newer version, and import with that.',
    });
  if (!migrations.some(({ number }) => number === schema))
    throw malformed(`there is no schema ${String(schema)}`, 1);
  migrate(
    raw,
    migrations.filter(({ number }) => number <= schema),
    now,
  );
  const shapes = tableShapes(raw);
  const unknown = tables.find((name) => !shapes.some((shape) => shape.name === name));
  if (unknown !== undefined) throw malformed(`schema ${String(schema)} has no table ${unknown}`, 1);
  raw.exec('BEGIN IMMEDIATE');
  raw.pragma('defer_foreign_keys = ON');
  // What the migrations themselves put in comes from the export instead.
  for (const { name } of shapes.toReversed()) raw.exec(`DELETE FROM ${quoted(name)}`);
  const takers = new Map(
    shapes.map((shape) => {
      const rowSchema = rowSchemaOf(shape);
      const names = shape.columns.map(({ name }) => name);
      const insert = raw.prepare(
        `INSERT INTO ${quoted(shape.name)} (${names.map(quoted).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
      );
      rows[shape.name] = 0;
      return [
        shape.name,
        (row: unknown): void => {
          const value = rowSchema.parse(row);
          insert.run(...names.map((name) => value[name]));
          rows[shape.name] = (rows[shape.name] ?? 0) + 1;
        },
      ];
    }),
  );
  return (value) => {
    const { t, r } = exportRowSchema.parse(value);
    const take = takers.get(t);
    if (!take)
      throw new FailureError({
        tag: 'malformed_export',
        message: `The export names a table ${t} that is not there.`,
      });
    take(r);
  };
}

function parse(text: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw malformed(`it is not JSON: ${messageOf(error)}`, line);
  }
}

function malformed(what: string, line?: number): FailureError {
  return new FailureError({
    tag: 'malformed_export',
    message: `The export cannot be used: ${line === undefined ? '' : `line ${String(line)}: `}${what}.`,
    hint: 'Nothing was changed. Make the export again with `homer export`.',
  });
}

function clear(incoming: string): void {
  for (const part of ['', '-wal', '-shm', '-journal']) rmSync(incoming + part, { force: true });
}
