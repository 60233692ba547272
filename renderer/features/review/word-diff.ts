/** Which parts of two lines differ, as character ranges; empty when they have too little in common to be worth marking. */
export interface WordDiff {
  readonly before: readonly Range[];
  readonly after: readonly Range[];
}
export type Range = readonly [from: number, to: number];

const mostTokens = 240;
const leastShared = 0.35;

export function wordDiff(before: string, after: string): WordDiff {
  const none = { before: [], after: [] };
  if (before === after) return none;
  const a = before.match(/\w+|\s+|[^\w\s]/gu) ?? [];
  const b = after.match(/\w+|\s+|[^\w\s]/gu) ?? [];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  )
    tail += 1;
  const middleA = a.slice(head, a.length - tail);
  const middleB = b.slice(head, b.length - tail);
  const kept =
    middleA.length * middleB.length > mostTokens * mostTokens
      ? { a: new Set<number>(), b: new Set<number>() }
      : longestCommon(middleA, middleB);
  const words = (tokens: readonly string[]): number => tokens.filter((token) => token.trim() !== '').length;
  const shared =
    words(a.slice(0, head)) +
    words(tail === 0 ? [] : a.slice(-tail)) +
    words(middleA.filter((_, index) => kept.a.has(index)));
  if (shared < leastShared * Math.max(words(a), words(b))) return none;
  return { before: ranges(a, head, middleA.length, kept.a), after: ranges(b, head, middleB.length, kept.b) };
}

function longestCommon(a: readonly string[], b: readonly string[]): { a: Set<number>; b: Set<number> } {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const kept = { a: new Set<number>(), b: new Set<number>() };
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) {
      kept.a.add(i);
      kept.b.add(j);
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return kept;
}

function ranges(tokens: readonly string[], head: number, count: number, kept: ReadonlySet<number>): Range[] {
  const found: [number, number][] = [];
  let position = tokens.slice(0, head).reduce((sum, token) => sum + token.length, 0);
  for (let index = 0; index < count; index += 1) {
    const token = tokens[head + index] ?? '';
    const last = found.at(-1);
    if (!kept.has(index)) {
      if (last?.[1] === position) last[1] = position + token.length;
      else found.push([position, position + token.length]);
    }
    position += token.length;
  }
  return found;
}
