import type { Raw } from './database.ts';

export interface ColumnShape {
  readonly name: string;
  /** As STRICT tables have it: TEXT, INTEGER, REAL, BLOB or ANY. */
  readonly type: string;
  readonly nullable: boolean;
  /** It names this row or another: a key, a part of something unique, a reference. */
  readonly names: boolean;
}

export interface TableShape {
  readonly name: string;
  readonly columns: readonly ColumnShape[];
  readonly primaryKey: readonly string[];
}

/**
 * Every table that holds rows of Homer's own, in an order in which a row's references come before it. What belongs to the search index is
 * none: it follows from the others.
 */
export function tableShapes(raw: Raw): TableShape[] {
  const tables = raw
    .prepare<[], { name: string }>(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search\\_%' ESCAPE '\\' ORDER BY name`,
    )
    .all()
    .map(({ name }) => name);
  const references = new Map(
    tables.map((name) => [
      name,
      raw
        .prepare<[string], { table: string; from: string }>(
          'SELECT "table", "from" FROM pragma_foreign_key_list(?)',
        )
        .all(name),
    ]),
  );
  const ordered: string[] = [];
  const path = new Set<string>();
  const visit = (name: string): void => {
    if (ordered.includes(name) || path.has(name)) return;
    path.add(name);
    for (const { table } of references.get(name) ?? []) visit(table);
    path.delete(name);
    ordered.push(name);
  };
  tables.forEach(visit);
  return ordered.map((name) => shapeOf(raw, name, new Set(references.get(name)?.map(({ from }) => from))));
}

function shapeOf(raw: Raw, name: string, references: ReadonlySet<string>): TableShape {
  // Generated columns are hidden, and follow from the others.
  const columns = raw
    .prepare<[string], { name: string; type: string; notnull: number; pk: number }>(
      'SELECT name, type, "notnull", pk FROM pragma_table_xinfo(?) WHERE hidden = 0 ORDER BY cid',
    )
    .all(name);
  const unique = new Set(
    raw
      .prepare<[string], { name: string }>(
        `SELECT info.name FROM pragma_index_list(?) AS list, pragma_index_info(list.name) AS info WHERE list."unique" = 1 AND info.name IS NOT NULL`,
      )
      .all(name)
      .map((column) => column.name),
  );
  return {
    name,
    columns: columns.map((column) => ({
      name: column.name,
      type: column.type,
      nullable: column.notnull === 0 && column.pk === 0,
      names: column.pk > 0 || unique.has(column.name) || references.has(column.name),
    })),
    primaryKey: columns
      .filter(({ pk }) => pk > 0)
      .sort((a, b) => a.pk - b.pk)
      .map((column) => column.name),
  };
}

/** A name as SQL has it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
