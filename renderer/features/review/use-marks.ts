import { useMemo, useState } from 'react';
import type { LeftOutMarks } from './left-out.ts';
import { noMarks, readMarks, writeMarks, type LineComment, type ReviewMarks } from './review-marks.ts';

export interface Marks extends ReviewMarks {
  setViewed(path: string, viewed: boolean): void;
  /** Keeps a comment, or takes it away; what was being written is over then. */
  setComment(key: string, comment: LineComment | undefined): void;
  setDraft(draft: ReviewMarks['draft']): void;
  setGeneral(text: string): void;
  setLeftOut(change: (marks: LeftOutMarks) => LeftOutMarks): void;
  clear(): void;
}

/** The marks of one result; they outlive the window. */
export function useMarks(runId: string, commit: string): Marks {
  const [marks, setMarks] = useState(() => readMarks(window.localStorage, runId, commit));
  const change = useMemo(() => {
    const update = (next: (held: ReviewMarks) => Partial<ReviewMarks>): void => {
      setMarks((held) => {
        const all = { ...held, ...next(held) };
        writeMarks(window.localStorage, runId, commit, all);
        return all;
      });
    };
    return {
      setViewed(path: string, viewed: boolean) {
        update((held) => {
          const rest = held.viewed.filter((each) => each !== path);
          return { viewed: viewed ? [...rest, path] : rest };
        });
      },
      setComment(key: string, comment: LineComment | undefined) {
        update((held) => {
          const { [key]: _, ...rest } = held.comments;
          return { comments: comment ? { ...rest, [key]: comment } : rest, draft: null };
        });
      },
      setDraft(draft: ReviewMarks['draft']) {
        update(() => ({ draft }));
      },
      setGeneral(general: string) {
        update(() => ({ general }));
      },
      setLeftOut(next: (held: LeftOutMarks) => LeftOutMarks) {
        update((held) => ({ leftOut: next(held.leftOut) }));
      },
      clear() {
        update(() => noMarks);
      },
    };
  }, [runId, commit]);
  return { ...marks, ...change };
}
