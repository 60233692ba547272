import type { DiffLine } from './line-diff.ts';

/** Where in a line the words begin and end that are not in the line it took the place of. */
export type Part = readonly [from: number, to: number];

/** For each line the part of it that changed, where one line took the place of another that begins or ends as it does. */
export function changedParts(lines: readonly DiffLine[]): readonly (Part | undefined)[] {
  const parts: (Part | undefined)[] = lines.map(() => undefined);
  for (let at = 0; at < lines.length; at += 1) {
    if (lines[at]?.kind !== 'removed') continue;
    const removed = run(lines, at, 'removed');
    const added = run(lines, at + removed, 'added');
    for (let each = 0; each < Math.min(removed, added); each += 1) {
      const [old, now] = [at + each, at + removed + each];
      const pair = between(lines[old]?.text ?? '', lines[now]?.text ?? '');
      if (pair) [parts[old], parts[now]] = pair;
    }
    at += removed + added - 1;
  }
  return parts;
}

function run(lines: readonly DiffLine[], from: number, kind: DiffLine['kind']): number {
  let length = 0;
  while (lines[from + length]?.kind === kind) length += 1;
  return length;
}

/** Undefined where the two have neither their first words nor their last in common. */
function between(old: string, now: string): readonly [Part, Part] | undefined {
  const [a, b] = [old, now].map((text) => text.split(/(?<=\s)/u)) as [string[], string[]];
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  if (start + end === 0) return undefined;
  const part = (words: readonly string[]): Part => {
    const from = words.slice(0, start).join('').length;
    return [from, from + words.slice(start, words.length - end).join('').length];
  };
  return [part(a), part(b)];
}
