/** What a reader has done with a diff: files viewed, comments on lines. Kept for the very result it was about. */
export interface ReviewMarks {
  readonly viewed: readonly string[];
  /** By line key; see diff-rows. */
  readonly comments: Readonly<Record<string, LineComment>>;
}
export interface LineComment {
  readonly path: string;
  readonly line: number;
  readonly side: 'old' | 'new';
  /** The line as it stood. */
  readonly quote: string;
  readonly text: string;
}
export const noMarks: ReviewMarks = { viewed: [], comments: {} };

const storageKey = (runId: string): string => `homer.review.${runId}`;

/** Marks of another result of the same run are not carried over: their lines may be gone. */
export function readMarks(storage: Pick<Storage, 'getItem'>, runId: string, commit: string): ReviewMarks {
  try {
    const stored = JSON.parse(storage.getItem(storageKey(runId)) ?? 'null') as
      ({ commit: string } & ReviewMarks) | null;
    if (stored?.commit !== commit || !Array.isArray(stored.viewed) || typeof stored.comments !== 'object')
      return noMarks;
    return { viewed: stored.viewed, comments: stored.comments };
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
  if (marks.viewed.length === 0 && Object.keys(marks.comments).length === 0)
    storage.removeItem(storageKey(runId));
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
