import type { JsonObject } from '../primitives.ts';

/** How many openings are tried: an answer made of braces must not hold the event loop. */
const MOST_TRIES = 200;

/**
 * The last whole JSON object of a text, whatever stands around it: words, a fence, other objects. The last one with the field `preferred` goes
 * before one without. Undefined: there is none.
 */
export function lastJsonObject(text: string, preferred: string): JsonObject | undefined {
  let last: JsonObject | undefined;
  let best: JsonObject | undefined;
  let tries = 0;
  for (let at = text.indexOf('{'); at >= 0 && tries < MOST_TRIES; tries += 1) {
    const end = endOfObject(text, at);
    const found = end === null ? undefined : parse(text.slice(at, end));
    if (found !== undefined) {
      last = found;
      if (preferred in found) best = found;
    }
    at = text.indexOf('{', found === undefined ? at + 1 : (end ?? at + 1));
  }
  return best ?? last;
}

/** Where the object that begins at `from` ends; braces in strings do not count. Null: it does not end. */
function endOfObject(text: string, from: number): number | null {
  let depth = 0;
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at];
    if (quoted) {
      if (sign === '\\') at += 1;
      else if (sign === '"') quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === '{') depth += 1;
    else if (sign === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return null;
}

function parse(text: string): JsonObject | undefined {
  try {
    return JSON.parse(text) as JsonObject;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
