import { useCallback, useState, type RefObject } from 'react';
import type { DiffPaneHandle } from './diff-pane.tsx';
import type { DiffRow } from './diff-rows.ts';

/** The row the reader is at, and the ways to go on from it. */
export function useCursor(rows: readonly DiffRow[], pane: RefObject<DiffPaneHandle | null>) {
  const [cursor, setCursor] = useState(-1);
  const go = useCallback(
    (index: number) => {
      if (index < 0) return;
      setCursor(index);
      pane.current?.reveal(index, 'start');
      pane.current?.focus();
    },
    [pane],
  );
  const hop = (kind: DiffRow['kind'], direction: 1 | -1): void => {
    const fits = (row: DiffRow): boolean => row.kind === kind;
    const from = cursor < 0 ? (direction === 1 ? -1 : rows.length) : cursor;
    go(
      direction === 1
        ? rows.findIndex((row, index) => index > from && fits(row))
        : rows.findLastIndex((row, index) => index < from && fits(row)),
    );
  };
  return { cursor, setCursor, go, hop };
}
