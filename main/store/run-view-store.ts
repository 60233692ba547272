import type { RunListFilter, RunTab } from '../domain/run/run-list-filter.ts';
import type { RunView } from '../domain/run/run-view.ts';
import { FailureError } from '../shared/result.ts';
import type { Read, Row, Write } from './database.ts';
import { int, json, notFound, staleVersion, text } from './row.ts';

interface FilterColumn {
  readonly v: 1;
  readonly filter: RunListFilter;
}

function toView(row: Row): RunView {
  return {
    id: text(row, 'id'),
    version: int(row, 'version'),
    name: text(row, 'name'),
    tab: text(row, 'tab') as RunTab,
    filter: json<FilterColumn>(row, 'filter').filter,
    createdAt: text(row, 'created_at'),
    updatedAt: text(row, 'updated_at'),
  };
}

/** In the order they were made: a new tab stands at the end, and no other moves for it. */
export function listRunViews(read: Read): RunView[] {
  return read.prepare('SELECT * FROM run_view ORDER BY created_at, id').all().map(toView);
}

/** The view; throws `not_found`. */
export function getRunView(read: Read, id: string): RunView {
  const row = read.prepare('SELECT * FROM run_view WHERE id = ?').get(id);
  if (!row) throw notFound('view', id);
  return toView(row);
}

export type RunViewFields = Pick<RunView, 'name' | 'tab' | 'filter'>;

/** Throws `name_taken`. */
export function insertRunView(write: Write, fields: RunViewFields, actor: string): RunView {
  mustBeFree(write, fields.name, null);
  const id = write.nextId();
  write
    .prepare('INSERT INTO run_view (id, name, tab, filter, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)')
    .run(id, fields.name, fields.tab, filterColumn(fields.filter), write.now, write.now);
  write.emit({ type: 'runViewSaved', entity: 'run_view', entityId: id, actor });
  return getRunView(write, id);
}

/** Throws `name_taken`, and `stale_version` when it changed since. */
export function updateRunView(
  write: Write,
  id: string,
  version: number,
  fields: Partial<RunViewFields>,
  actor: string,
): RunView {
  const after = { ...getRunView(write, id), ...fields };
  mustBeFree(write, after.name, id);
  const { changes } = write
    .prepare(
      `UPDATE run_view SET name = ?, tab = ?, filter = ?, version = version + 1, updated_at = ?
       WHERE id = ? AND version = ?`,
    )
    .run(after.name, after.tab, filterColumn(after.filter), write.now, id, version);
  if (changes !== 1) throw staleVersion('view');
  write.emit({ type: 'runViewSaved', entity: 'run_view', entityId: id, actor });
  return getRunView(write, id);
}

/** Throws `stale_version` when it changed since. */
export function removeRunView(write: Write, id: string, version: number, actor: string): void {
  getRunView(write, id);
  const { changes } = write.prepare('DELETE FROM run_view WHERE id = ? AND version = ?').run(id, version);
  if (changes !== 1) throw staleVersion('view');
  write.emit({ type: 'runViewRemoved', entity: 'run_view', entityId: id, actor });
}

function filterColumn(filter: RunListFilter): string {
  return JSON.stringify({ v: 1, filter } satisfies FilterColumn);
}

function mustBeFree(read: Read, name: string, id: string | null): void {
  const row = read.prepare('SELECT id FROM run_view WHERE name = ? COLLATE NOCASE').get(name);
  if (row && text(row, 'id') !== id)
    throw new FailureError({
      tag: 'name_taken',
      message: `There is a view of the runs called ${name} already.`,
      hint: 'Choose another name, or change that one.',
    });
}
