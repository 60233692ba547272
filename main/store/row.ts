import { FailureError } from '../shared/result.ts';
import type { Row } from './database.ts';

/** Readers of one column. A column that is not what the schema says is a bug, and throws. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new TypeError(`Column ${column} is not text.`);
  return value;
}

export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null || row[column] === undefined ? null : text(row, column);
}

export function int(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new TypeError(`Column ${column} is not a number.`);
  return value;
}

/** A figure that may have parts. */
export function real(row: Row, column: string): number {
  return int(row, column);
}

export function intOrNull(row: Row, column: string): number | null {
  return row[column] === null || row[column] === undefined ? null : int(row, column);
}

export function bool(row: Row, column: string): boolean {
  return int(row, column) === 1;
}

/** A JSON column, as written by this program: its shape was checked on the way in. */
export function json<T>(row: Row, column: string): T {
  return JSON.parse(text(row, column)) as T;
}

export function jsonOrNull<T>(row: Row, column: string): T | null {
  return row[column] === null || row[column] === undefined ? null : json<T>(row, column);
}

export function notFound(noun: string, id: string): FailureError {
  return new FailureError({
    tag: 'not_found',
    message: `There is no ${noun} with the id ${id}.`,
    hint: 'It may have been removed. List what there is and try again.',
  });
}

export function staleVersion(noun: string): FailureError {
  return new FailureError({
    tag: 'stale_version',
    message: `This ${noun} has changed since it was shown.`,
    hint: 'Look at it again, then decide.',
  });
}
