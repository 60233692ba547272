import { useCallback, useState } from 'react';
import { noMarks, readMarks, writeMarks, type LineComment, type ReviewMarks } from './review-marks.ts';

export interface Marks extends ReviewMarks {
  setViewed(path: string, viewed: boolean): void;
  setComment(key: string, comment: LineComment | undefined): void;
  clear(): void;
}

/** The marks of one result; they outlive the window. */
export function useMarks(runId: string, commit: string): Marks {
  const [marks, setMarks] = useState(() => readMarks(window.localStorage, runId, commit));
  const change = useCallback(
    (update: (held: ReviewMarks) => ReviewMarks) => {
      setMarks((held) => {
        const next = update(held);
        writeMarks(window.localStorage, runId, commit, next);
        return next;
      });
    },
    [runId, commit],
  );
  return {
    ...marks,
    setViewed: useCallback(
      (path, viewed) => {
        change((held) => ({
          ...held,
          viewed: viewed
            ? [...held.viewed.filter((each) => each !== path), path]
            : held.viewed.filter((each) => each !== path),
        }));
      },
      [change],
    ),
    setComment: useCallback(
      (key, comment) => {
        change((held) => {
          const { [key]: _, ...rest } = held.comments;
          return { ...held, comments: comment ? { ...rest, [key]: comment } : rest };
        });
      },
      [change],
    ),
    clear: useCallback(() => {
      change(() => noMarks);
    }, [change]),
  };
}
