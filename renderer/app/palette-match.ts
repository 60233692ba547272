/**
 * How well `query` fits `text`: higher is better, 0 is no match. Every word of the query must be found; the start of the
 * text beats the start of a word, that beats the middle, and letters in order ("cpal" for "command palette") come last.
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
  let from = 0;
  for (const letter of word) {
    const next = haystack.indexOf(letter, from);
    if (next < 0) return 0;
    from = next + 1;
  }
  return Math.max(1, 20 - (from - word.length));
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
