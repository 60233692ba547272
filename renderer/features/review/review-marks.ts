import type { LeftOutMarks } from './left-out.ts';

/** What a reader has done with a diff, kept for the very result it was about: a restart loses none of it, nor words half written. */
export interface ReviewMarks {
  /** Files looked at. */
  readonly viewed: readonly string[];
  /** Comments by line key; see diff-rows. */
  readonly comments: Readonly<Record<string, LineComment>>;
  /** A comment that is being written, and on which line. */
  readonly draft: { readonly key: string; readonly comment: LineComment } | null;
  /** What is said to the agent beside the comments. */
  readonly general: string;
  readonly leftOut: LeftOutMarks;
}
export interface LineComment {
  readonly path: string;
  readonly line: number;
  readonly side: 'old' | 'new';
  /** The line as it stood. */
  readonly quote: string;
  readonly text: string;
}
export const noMarks: ReviewMarks = { viewed: [], comments: {}, draft: null, general: '', leftOut: {} };

const storageKey = (runId: string): string => `homer.review.${runId}`;

/** Marks of another result of the same run are not carried over: their lines may be gone. */
export function readMarks(storage: Pick<Storage, 'getItem'>, runId: string, commit: string): ReviewMarks {
  try {
    const stored = JSON.parse(storage.getItem(storageKey(runId)) ?? 'null') as
      ({ commit: string } & Partial<ReviewMarks>) | null;
    if (stored?.commit !== commit || !Array.isArray(stored.viewed) || typeof stored.comments !== 'object')
      return noMarks;
    const { commit: _, ...marks } = stored;
    return { ...noMarks, ...marks };
  } catch {
    // Not written by us: nothing was marked.
    return noMarks;
  }
}

export function writeMarks(
  storage: Pick<Storage, 'setItem' | 'removeItem'>,
  runId: string,
  commit: string,
  marks: ReviewMarks,
): void {
  if (JSON.stringify(marks) === JSON.stringify(noMarks)) storage.removeItem(storageKey(runId));
  else storage.setItem(storageKey(runId), JSON.stringify({ commit, ...marks }));
}

/** The comments as one text for the agent: each with its place and the line it speaks of. */
export function feedbackOf(comments: Readonly<Record<string, LineComment>>, general = ''): string {
  const each = Object.values(comments)
    .toSorted((a, b) => a.path.localeCompare(b.path) || a.line - b.line)
    .map(
      ({ path, line, side, quote, text }) =>
        `${path}:${String(line)}${side === 'old' ? ' (before)' : ''}\n> ${quote.trim()}\n${text.trim()}`,
    );
  return [general.trim(), ...each].filter((part) => part !== '').join('\n\n');
}
