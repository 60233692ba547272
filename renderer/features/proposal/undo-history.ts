import { useCallback, useMemo, useRef, useState } from 'react';

export interface UndoHistory {
  /** Keeps how something is taken back; the result forgets it again, when there turned out to be nothing. */
  keep(takeBack: () => Promise<void>): () => void;
  undo(): void;
  readonly count: number;
  /** How often something was taken back, once that is done. */
  readonly undone: number;
}

/** What was done in this window and can be taken back, the last first. */
export function useUndoHistory(): UndoHistory {
  const kept = useRef<(() => Promise<void>)[]>([]);
  const [count, setCount] = useState(0);
  const [undone, setUndone] = useState(0);
  const keep = useCallback((takeBack: () => Promise<void>) => {
    kept.current.push(takeBack);
    setCount(kept.current.length);
    return () => {
      kept.current = kept.current.filter((each) => each !== takeBack);
      setCount(kept.current.length);
    };
  }, []);
  const undo = useCallback(() => {
    const last = kept.current.pop();
    setCount(kept.current.length);
    void last?.().then(() => {
      setUndone((before) => before + 1);
    });
  }, []);
  return useMemo(() => ({ keep, undo, count, undone }), [keep, undo, count, undone]);
}
