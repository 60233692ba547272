import { existsSync } from 'node:fs';
import { fail, messageOf, ok, type Result } from '../shared/result.ts';
import { connect } from './database.ts';
import { schemaVersion } from './migrate.ts';
import { storeFailure } from './store-failure.ts';
import { quoted, tableShapes, type TableShape } from './table-shape.ts';

export interface Exported {
  readonly schema: number;
  readonly rows: Readonly<Record<string, number>>;
}

/** Bytes gathered before they are written. */
const PIECE = 64 * 1024;

/**
 * Writes every row of a database as JSON lines, from one consistent view of it, while a host may go on writing. Tables come in the order of
 * their references and rows in that of their keys, so that the same rows always make the same bytes. `clean` redacts a text; keys and
 * references are not put through it. `write` may make the export wait.
 */
export async function exportRows(at: {
  path: string;
  write: (piece: string) => Promise<void>;
  clean: (value: unknown) => unknown;
}): Promise<Result<Exported>> {
  if (!existsSync(at.path))
    return fail('not_found', `There is no database at ${at.path}.`, {
      hint: 'Name the data folder with `--data DIR` or HOMER_DATA.',
    });
  try {
    const raw = connect(at.path, { readonly: true });
    try {
      raw.exec('BEGIN');
      const tables = tableShapes(raw);
      const schema = schemaVersion(raw);
      const rows: Record<string, number> = {};
      let piece = `${JSON.stringify({ homer: 'export', v: 1, schema, tables: tables.map(({ name }) => name) })}\n`;
      for (const table of tables) {
        rows[table.name] = 0;
        for (const row of raw.prepare<[], Record<string, unknown>>(selectAll(table)).iterate()) {
          piece += `${JSON.stringify({ t: table.name, r: cleanRow(table, row, at.clean) })}\n`;
          rows[table.name] = (rows[table.name] ?? 0) + 1;
          if (piece.length < PIECE) continue;
          await at.write(piece);
          piece = '';
        }
      }
      await at.write(`${piece}${JSON.stringify({ end: true, rows })}\n`);
      return ok({ schema, rows });
    } finally {
      raw.close();
    }
  } catch (error) {
    const failure = storeFailure(error);
    if (failure) return { ok: false, error: failure.failure };
    return fail('export_failed', `The export could not be written: ${messageOf(error)}`, {
      hint: 'Check the place it goes to, and the database with `homer doctor --full`.',
    });
  }
}

function selectAll({ name, columns, primaryKey }: TableShape): string {
  const order = primaryKey.length > 0 ? ` ORDER BY ${primaryKey.map(quoted).join(', ')}` : '';
  return `SELECT ${columns.map((column) => quoted(column.name)).join(', ')} FROM ${quoted(name)}${order}`;
}

function cleanRow(
  table: TableShape,
  row: Record<string, unknown>,
  clean: (value: unknown) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(
    table.columns.map(({ name, names }) => {
      const value = row[name];
      if (Buffer.isBuffer(value)) return [name, { base64: value.toString('base64') }];
      return [name, names || typeof value !== 'string' ? value : cleanText(value, clean)];
    }),
  );
}

/** JSON in a column stays JSON: its texts are cleaned one by one. */
function cleanText(text: string, clean: (value: unknown) => unknown): unknown {
  if (!text.startsWith('{') && !text.startsWith('[')) return clean(text);
  try {
    const value: unknown = JSON.parse(text);
    const cleaned = JSON.stringify(clean(value));
    // As it stands unless something was taken out, so that spaces and the order of what is in it are kept.
    return cleaned === JSON.stringify(value) ? text : cleaned;
  } catch (error) {
    if (error instanceof SyntaxError) return clean(text);
    throw error;
  }
}
