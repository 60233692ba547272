import type { Raw } from '../database.ts';
import { quoted, tableShapes, type TableShape } from '../table-shape.ts';

/**
 * Puts rows into every table of a schema, whatever it is: each column by its type, its CHECK list, its range, its references. So a
 * database of any version can be made with something in every table, without knowing what the tables mean.
 */
export function fillTables(raw: Raw, rowsEach = 3): void {
  raw.transaction(() => {
    // What has been migrated is no data, and true as it stands.
    for (const table of tableShapes(raw).filter(({ name }) => name !== 'schema_migration'))
      for (let row = 0; row < rowsEach; row += 1) insertRow(raw, table, row);
  })();
}

function insertRow(raw: Raw, table: TableShape, row: number): void {
  const sql = String(
    raw.prepare(`SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?`).pluck().get(table.name),
  );
  const references = new Map(
    raw
      .prepare<[string], { table: string; from: string; to: string | null }>(
        'SELECT "table", "from", "to" FROM pragma_foreign_key_list(?)',
      )
      .all(table.name)
      .map((reference) => [reference.from, reference]),
  );
  const values = table.columns.map((column) => {
    const reference = references.get(column.name);
    if (reference) {
      // A row that points to its own kind points to the one before it; the first to none.
      const target = raw
        .prepare(
          `SELECT ${quoted(reference.to ?? 'id')} FROM ${quoted(reference.table)} LIMIT 1 OFFSET ${String(reference.table === table.name ? Math.max(0, row - 1) : row)}`,
        )
        .pluck()
        .get();
      return target ?? null;
    }
    const list = new RegExp(`CHECK \\(${column.name} IN \\(([^)]*)\\)\\)`, 'u').exec(sql)?.[1];
    if (list) {
      const options = list.split(',').map((word) => word.trim());
      const option = options[row % options.length] ?? '';
      return option.startsWith("'") ? option.slice(1, -1).replaceAll("''", "'") : Number(option);
    }
    const range = new RegExp(`${column.name} BETWEEN (-?\\d+) AND (-?\\d+)`, 'u').exec(sql);
    if (range) return Number(range[1]) + (row % (Number(range[2]) - Number(range[1]) + 1));
    const least = new RegExp(`${column.name} >=? (\\d+)`, 'u').exec(sql);
    if (least) return Number(least[1]) + row + 1;
    // Part of a key: beyond what is there.
    if (column.type === 'INTEGER' && column.names)
      return Number(
        raw
          .prepare(`SELECT IFNULL(MAX(${quoted(column.name)}), 0) + 1 FROM ${quoted(table.name)}`)
          .pluck()
          .get(),
      );
    if (column.type === 'INTEGER') return row + 1;
    if (column.type === 'REAL') return row + 0.5;
    if (column.type === 'BLOB') return Buffer.from([row, 255]);
    if (/_at$|^at$|_until$|date$/u.test(column.name)) return `2025-01-0${String(row + 1)}T00:00:00.000Z`;
    // Text that is read as JSON somewhere, such as by an index on an expression.
    const json = new RegExp(`\\b${column.name} TEXT[^,]*DEFAULT '([{[][^']*)'`, 'u').exec(sql)?.[1];
    if (json !== undefined) return json;
    if (
      /config|payload|plan$|snapshot|execution|policy|patterns|quotas|used|detail|event$/u.test(column.name)
    )
      return JSON.stringify({ v: 1, of: row, text: 'zażółć "\\ 🙂' });
    return `${table.name} ${column.name} ${String(row)}`;
  });
  raw
    .prepare(
      `INSERT INTO ${quoted(table.name)} (${table.columns.map(({ name }) => quoted(name)).join(', ')}) VALUES (${values.map(() => '?').join(', ')})`,
    )
    .run(...values);
}
