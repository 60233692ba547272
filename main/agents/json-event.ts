import type { JsonObject } from '../domain/primitives.ts';
import type { OutputLine } from './executor.ts';

/** Reading events of agent programs: JSON of which nothing may be taken for granted. Every reader gives nothing where nothing fits. */

/** The object that a line is; undefined for plain text, half an object, or one that was cut. */
export function jsonOfLine(line: OutputLine): JsonObject | undefined {
  if (line.dropped > 0) return undefined;
  // A byte order mark, or the escapes of a terminal, may stand before it.
  const start = line.text.charCodeAt(0) === 0x7b ? 0 : line.text.indexOf('{');
  if (start < 0 || start > 64) return undefined;
  try {
    const value: unknown = JSON.parse(start === 0 ? line.text : line.text.slice(start));
    return isObject(value) ? value : undefined;
  } catch (error) {
    // Not JSON, or nested so deep that reading it overflows the stack.
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectAt(from: JsonObject | undefined, key: string): JsonObject | undefined {
  const value = from?.[key];
  return isObject(value) ? value : undefined;
}

export function objectsAt(from: JsonObject | undefined, key: string): JsonObject[] {
  const value = from?.[key];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Empty where there is none. */
export function textAt(from: JsonObject | undefined, key: string): string {
  const value = from?.[key];
  return typeof value === 'string' ? value : '';
}

export function textOrNullAt(from: JsonObject | undefined, key: string): string | null {
  const value = from?.[key];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** No figure of a program is larger; one that is, is no figure. */
const MOST = 1e12;

/** A whole number from 0 to the most a figure may be; 0 where there is none. */
export function countAt(from: JsonObject | undefined, key: string): number {
  const value = from?.[key];
  return typeof value === 'number' && value > 0 && value <= MOST ? Math.round(value) : 0;
}

export function numberAt(from: JsonObject | undefined, key: string): number | null {
  const value = from?.[key];
  return typeof value === 'number' && Math.abs(value) <= 1e15 ? value : null;
}

/** The time that seconds or milliseconds since 1970 name, ISO; null where it is none. */
export function timeAt(from: JsonObject | undefined, key: string): string | null {
  const value = numberAt(from, key);
  if (value === null || value <= 0) return null;
  const ms = value < 1e11 ? value * 1_000 : value;
  return ms < 8.64e15 ? new Date(ms).toISOString() : null;
}
