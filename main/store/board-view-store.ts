import type { BoardLanes } from '../domain/proposal/board-facts.ts';
import type { BoardFilter } from '../domain/proposal/board-filter.ts';
import type { BoardView } from '../domain/proposal/board-view.ts';
import { FailureError } from '../shared/result.ts';
import type { Read, Row, Write } from './database.ts';
import { bool, int, json, notFound, staleVersion, text } from './row.ts';

interface FilterColumn {
  readonly v: 1;
  readonly filter: BoardFilter;
}

function toView(row: Row): BoardView {
  return {
    id: text(row, 'id'),
    version: int(row, 'version'),
    name: text(row, 'name'),
    filter: json<FilterColumn>(row, 'filter').filter,
    lanes: text(row, 'lanes') as BoardLanes,
    isDefault: bool(row, 'is_default'),
    createdAt: text(row, 'created_at'),
    updatedAt: text(row, 'updated_at'),
  };
}

export function listBoardViews(read: Read): BoardView[] {
  return read.prepare('SELECT * FROM board_view ORDER BY name COLLATE NOCASE, id').all().map(toView);
}

/** The view; throws `not_found`. */
export function getBoardView(read: Read, id: string): BoardView {
  const row = read.prepare('SELECT * FROM board_view WHERE id = ?').get(id);
  if (!row) throw notFound('view', id);
  return toView(row);
}

export type BoardViewFields = Pick<BoardView, 'name' | 'filter' | 'lanes' | 'isDefault'>;

/** Throws `name_taken`. */
export function insertBoardView(write: Write, fields: BoardViewFields, actor: string): BoardView {
  mustBeFree(write, fields.name, null);
  const id = write.nextId();
  if (fields.isDefault) clearDefault(write);
  write
    .prepare(
      'INSERT INTO board_view (id, name, filter, lanes, is_default, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
    .run(
      id,
      fields.name,
      filterColumn(fields.filter),
      fields.lanes,
      fields.isDefault ? 1 : 0,
      write.now,
      write.now,
    );
  write.emit({ type: 'boardViewSaved', entity: 'board_view', entityId: id, actor });
  return getBoardView(write, id);
}

/** Throws `name_taken`, and `stale_version` when it changed since. */
export function updateBoardView(
  write: Write,
  id: string,
  version: number,
  fields: Partial<BoardViewFields>,
  actor: string,
): BoardView {
  const after = { ...getBoardView(write, id), ...fields };
  mustBeFree(write, after.name, id);
  if (after.isDefault) clearDefault(write);
  const { changes } = write
    .prepare(
      `UPDATE board_view SET name = ?, filter = ?, lanes = ?, is_default = ?, version = version + 1, updated_at = ?
       WHERE id = ? AND version = ?`,
    )
    .run(
      after.name,
      filterColumn(after.filter),
      after.lanes,
      after.isDefault ? 1 : 0,
      write.now,
      id,
      version,
    );
  if (changes !== 1) throw staleVersion('view');
  write.emit({ type: 'boardViewSaved', entity: 'board_view', entityId: id, actor });
  return getBoardView(write, id);
}

/** Throws `stale_version` when it changed since. */
export function removeBoardView(write: Write, id: string, version: number, actor: string): void {
  getBoardView(write, id);
  const { changes } = write.prepare('DELETE FROM board_view WHERE id = ? AND version = ?').run(id, version);
  if (changes !== 1) throw staleVersion('view');
  write.emit({ type: 'boardViewRemoved', entity: 'board_view', entityId: id, actor });
}

function filterColumn(filter: BoardFilter): string {
  return JSON.stringify({ v: 1, filter } satisfies FilterColumn);
}

function mustBeFree(read: Read, name: string, id: string | null): void {
  const row = read.prepare('SELECT id FROM board_view WHERE name = ? COLLATE NOCASE').get(name);
  if (row && text(row, 'id') !== id)
    throw new FailureError({
      tag: 'name_taken',
      message: `There is a view called ${name} already.`,
      hint: 'Choose another name, or change that view.',
    });
}

/** The version of what was the default stays: nothing that its owner sees of it has changed. */
function clearDefault(write: Write): void {
  write.prepare('UPDATE board_view SET is_default = 0 WHERE is_default = 1').run();
}
