/**
 * How well `query` fits `text`: higher is better, 0 is no match. Every word of the query must be found; the start of the
 * text beats the start of a word, that beats the middle, and the beginnings of words in order ("cpal" for "command palette") come last.
 */
export function matchScore(query: string, text: string): number {
  const haystack = text.toLowerCase();
  let total = 0;
  for (const word of query.toLowerCase().split(/\s+/)) {
    if (word === '') continue;
    const score = wordScore(word, haystack);
    if (score === 0) return 0;
    total += score;
  }
  // Among equals the shorter text is closer to what was typed.
  return total + 1 / (1 + haystack.length);
}

function wordScore(word: string, haystack: string): number {
  const at = haystack.indexOf(word);
  if (at === 0) return 100;
  if (at > 0) {
    for (let found = at; found >= 0; found = haystack.indexOf(word, found + 1))
      if (/[\s\-_/.:#(]/.test(haystack[found - 1] ?? '')) return 80;
    return 50;
  }
  return abbreviates(word, haystack) ? Math.max(1, 20 - (haystack.length - word.length) / 10) : 0;
}

const between = /[\s\-_/.:#(]/;

/** Whether the letters are those of words from their starts: "cpal" of "command palette", and not of any text that happens to have them in order. */
function abbreviates(word: string, haystack: string): boolean {
  const starts: number[] = [];
  for (let at = 0; at < haystack.length; at += 1)
    if (!between.test(haystack[at] ?? '') && (at === 0 || between.test(haystack[at - 1] ?? '')))
      starts.push(at);
  let ends = new Set(starts.filter((at) => haystack[at] === word[0]));
  for (const letter of word.slice(1)) {
    const next = new Set<number>();
    for (const end of ends) {
      if (haystack[end + 1] === letter) next.add(end + 1);
      for (const at of starts) if (at > end && haystack[at] === letter) next.add(at);
    }
    if (next.size === 0) return false;
    ends = next;
  }
  return ends.size > 0;
}

/** The best `limit` of `items`, best first; those that tie keep their order. */
export function bestMatches<Item>(
  items: readonly Item[],
  query: string,
  text: (item: Item) => string,
  limit: number,
): Item[] {
  if (query.trim() === '') return items.slice(0, limit);
  const scored: { item: Item; score: number }[] = [];
  for (const item of items) {
    const score = matchScore(query, text(item));
    if (score > 0) scored.push({ item, score });
  }
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ item }) => item);
}
