import type { JsonObject } from '../domain/primitives.ts';
import { boundText } from './clean-text.ts';

type Json = JsonObject[string];

/** What a tool was called with is shown, not run: a file that it writes is in the worktree whole. */
const MOST_BYTES = 16 * 1024;
const MOST_ITEMS = 100;
const MOST_DEPTH = 6;

/** The input of a tool call as the timeline keeps it: no text, list or depth without an end. */
export function boundInput(value: Json | undefined): Json {
  return bound(value ?? null, MOST_DEPTH);
}

function bound(value: Json, depth: number): Json {
  if (typeof value === 'string') return boundText(value, MOST_BYTES);
  // Text of JSON can name numbers that no number holds, and such that lose their last digits: those are shown as they are read.
  if (typeof value === 'number' && !(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return '…';
  if (Array.isArray(value)) return value.slice(0, MOST_ITEMS).map((item) => bound(item, depth - 1));
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MOST_ITEMS)
      .map(([key, item]) => [key.slice(0, 200), bound(item, depth - 1)]),
  );
}
