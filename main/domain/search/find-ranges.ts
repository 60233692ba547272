import type { Range } from './search.ts';
import { fold, type Term } from './terms.ts';

const BETWEEN = '[^\\p{L}\\p{N}\\p{Co}]+';
const INSIDE = '[\\p{L}\\p{N}\\p{Co}]';
const SNIPPET = 160;
const BEFORE = 48;

interface Folded {
  readonly text: string;
  /** Where in the original each unit of the folded text begins; null: they are the same. */
  readonly from: readonly number[] | null;
}

function foldWithPlaces(text: string): Folded {
  const plain = text.toLowerCase();
  if (/^[\p{ASCII}]*$/u.test(text)) return { text: plain, from: null };
  const from: number[] = [];
  let folded = '';
  let at = 0;
  for (const letter of text) {
    const part = fold(letter);
    for (let unit = 0; unit < part.length; unit += 1) from.push(at);
    folded += part;
    at += letter.length;
  }
  from.push(at);
  return { text: folded, from };
}

/** A term as an expression over folded text. Words are letters and digits only, so nothing in them needs an escape. */
function expressionOf({ words, prefix }: Term): RegExp {
  const end = prefix ? `${INSIDE}*` : `(?!${INSIDE})`;
  return new RegExp(`(?<!${INSIDE})${words.join(BETWEEN)}${end}`, 'gu');
}

/** Where the terms stand in a text, and how many of them do. */
export function findRanges(text: string, terms: readonly Term[]): { ranges: Range[]; found: number } {
  const folded = foldWithPlaces(text);
  const place = (at: number): number => folded.from?.[at] ?? at;
  const all: Range[] = [];
  let found = 0;
  for (const term of terms) {
    let any = false;
    for (const match of folded.text.matchAll(expressionOf(term))) {
      any = true;
      all.push([place(match.index), place(match.index + match[0].length)]);
      if (all.length >= 200) break;
    }
    if (any) found += 1;
  }
  const ranges: Range[] = [];
  for (const range of all.sort((a, b) => a[0] - b[0])) {
    const last = ranges.at(-1);
    if (last && range[0] <= last[1]) last[1] = Math.max(last[1], range[1]);
    else ranges.push([...range]);
  }
  return { ranges, found };
}

/** One line around the first thing found, with its ranges moved along. */
export function cutSnippet(text: string, ranges: readonly Range[]): { text: string; ranges: Range[] } {
  const first = ranges[0]?.[0] ?? 0;
  let start = Math.max(0, first - BEFORE);
  // Whole words, unless one is longer than what would be shown of it.
  if (start > 0) {
    const space = text.slice(start, first).search(/\s/u);
    if (space >= 0) start += space + 1;
  }
  // Half of a letter that takes two units is none.
  if (/^[\uDC00-\uDFFF]/u.test(text.slice(start, start + 1))) start += 1;
  let end = Math.min(text.length, start + SNIPPET);
  if (/[\uD800-\uDBFF]$/u.test(text.slice(start, end))) end -= 1;
  const head = start > 0 ? '…' : '';
  const moved = ranges
    .filter(([from]) => from >= start && from < end)
    .map(([from, to]): Range => [from - start + head.length, Math.min(to, end) - start + head.length]);
  // Breaks and tabs take one place each, so ranges stay true.
  const line = text.slice(start, end).replaceAll(/[\s\u0000-\u001f]/gu, ' ');
  return { text: `${head}${line}${end < text.length ? '…' : ''}`, ranges: moved };
}
