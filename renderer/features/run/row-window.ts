/** Which of many rows of one height are on screen. */
export interface RowRange {
  readonly first: number;
  /** One past the last. */
  readonly last: number;
}

/** Ranges grow in steps of this many rows, so that most scroll events change nothing. */
const stride = 8;

export function rowRange(offset: number, height: number, rowHeight: number, count: number): RowRange {
  const top = Math.floor(offset / rowHeight);
  const bottom = Math.ceil((offset + height) / rowHeight);
  const first = Math.max(0, Math.floor((top - stride) / stride) * stride);
  const last = Math.min(count, Math.ceil((bottom + stride) / stride) * stride);
  return { first: Math.min(first, Math.max(0, count - 1)), last };
}

/** The offset that brings a row into view, or the present one when it is in view. `head` pixels at the top are covered. */
export function offsetFor(
  index: number,
  offset: number,
  height: number,
  rowHeight: number,
  head = 0,
): number {
  const top = index * rowHeight;
  if (top < offset + head) return Math.max(0, top - head);
  if (top + rowHeight > offset + height) return top + rowHeight - height;
  return offset;
}

/** By how many rows this leaps, where less than half of what was in sight stays; 0 for a step. */
export function leapOf(from: RowRange, to: RowRange): number {
  const moved = to.first - from.first;
  return Math.abs(moved) * 2 > from.last - from.first ? moved : 0;
}
