import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { useClock } from '../../ui/clock-context.tsx';
import { leapOf, offsetFor, rowRange, type RowRange } from './row-window.ts';

export interface RowWindow extends RowRange {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /**
   * Rows are keyed by `index - base`. It follows the reader in leaps of more than half of what is in sight: then the rows that come take over
   * the elements of those that go, in their order, which costs far less than making all of them anew. In small steps it stays, and so does
   * every row that is still in sight.
   */
  readonly base: number;
  readonly height: number;
  /** Scrolls as little as brings the row into view. */
  readonly reveal: (index: number) => void;
  /** Moves on by so many rows. */
  readonly scrollBy: (rows: number) => void;
  readonly scrollToEnd: () => void;
  readonly atEnd: () => boolean;
}

export interface RowWindowOptions {
  readonly count: number;
  readonly rowHeight: number;
  /** Pixels above the first row, such as a sticky heading. */
  readonly head?: number;
  /** Pixels at the top that something sticky covers besides the head, so that no row is revealed under it. */
  readonly covered?: number;
  readonly onScroll?: (scroller: HTMLDivElement) => void;
  readonly initial?: number | undefined;
}

/** After a leap, until the rows around those in sight are made as well. */
const RESTED_MS = 150;

/**
 * Rows of one height: nothing is measured, so a list of 100,000 costs what a list of 30 does. Rendering waits for nothing
 * while scrolling, so no blank rows are seen.
 */
export function useRowWindow({
  count,
  rowHeight,
  head = 0,
  covered = 0,
  onScroll,
  initial,
}: RowWindowOptions): RowWindow {
  const clock = useClock();
  const scroller = useRef<HTMLDivElement>(null);
  const [range, setRange] = useState({ first: 0, last: 48, base: 0 });
  const latest = useRef({ onScroll, range });
  useLayoutEffect(() => {
    latest.current = { onScroll, range };
  });

  const update = useCallback(
    (moving: boolean): RowRange | undefined => {
      const element = scroller.current;
      if (!element) return undefined;
      const known = latest.current.range;
      // What is in sight does not depend on how many rows there are, so rows that come or go need no second rendering.
      const next = rowRange(
        element.scrollTop,
        element.clientHeight,
        rowHeight,
        Infinity,
        moving ? known : undefined,
      );
      return next.first === known.first && next.last === known.last ? undefined : next;
    },
    [rowHeight],
  );

  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const show = (next: RowRange): void => {
      setRange((known) => ({ ...next, base: known.base + leapOf(known, next) }));
    };
    const rested = (): void => {
      const next = update(false);
      if (next) show(next);
    };
    let fill = (): void => undefined;
    const scrolled = (): void => {
      // Everything is measured before rows change: measuring after would lay the page out twice in a frame.
      const next = update(true);
      latest.current.onScroll?.(element);
      if (!next) return;
      fill();
      fill = clock.after(RESTED_MS, rested);
      flushSync(() => {
        show(next);
      });
    };
    const resized = new ResizeObserver(rested);
    element.addEventListener('scroll', scrolled, { passive: true });
    resized.observe(element);
    return () => {
      element.removeEventListener('scroll', scrolled);
      fill();
      resized.disconnect();
    };
  }, [update, clock]);

  useLayoutEffect(() => {
    if (initial !== undefined && initial > 0 && scroller.current) scroller.current.scrollTop = initial;
    // Only where the reader comes back to: later it is theirs.
  }, []); // eslint-disable-line react-hooks/exhaustive-deps -- read once

  // Rows that become higher or lower leave the reader at the row that was first in sight.
  const former = useRef(rowHeight);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && former.current !== rowHeight) element.scrollTop *= rowHeight / former.current;
    former.current = rowHeight;
  }, [rowHeight]);

  const reveal = useCallback(
    (index: number) => {
      const element = scroller.current;
      if (!element || index < 0) return;
      element.scrollTop = offsetFor(
        index,
        element.scrollTop,
        element.clientHeight - head,
        rowHeight,
        covered,
      );
    },
    [rowHeight, head, covered],
  );
  const scrollBy = useCallback(
    (rows: number) => {
      if (scroller.current) scroller.current.scrollTop += rows * rowHeight;
    },
    [rowHeight],
  );
  const scrollToEnd = useCallback(() => {
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, []);
  const atEnd = useCallback(() => {
    const element = scroller.current;
    return !element || element.scrollHeight - element.scrollTop - element.clientHeight < rowHeight;
  }, [rowHeight]);

  return {
    scroller,
    base: range.base,
    first: Math.min(range.first, Math.max(0, count - 1)),
    last: Math.min(range.last, count),
    height: count * rowHeight,
    reveal,
    scrollBy,
    scrollToEnd,
    atEnd,
  };
}
