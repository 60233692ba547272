/** Which of many rows of one height are on screen. */
export interface RowRange {
  readonly first: number;
  /** One past the last. */
  readonly last: number;
}

/** Ranges grow in steps of this many rows, so that most scroll events change nothing. */
const stride = 8;

/**
 * The rows to render around what is in sight. Where that leaps away from those of before, it is what is in sight and nothing else: rows
 * beyond it would be gone before anyone comes near them. Those are for who stays: `from` is left out then.
 */
export function rowRange(
  offset: number,
  height: number,
  rowHeight: number,
  count: number,
  from?: RowRange,
): RowRange {
  const top = Math.floor(offset / rowHeight);
  const bottom = Math.ceil((offset + height) / rowHeight);
  if (from && leapOf(from, { first: top, last: bottom }) !== 0)
    return { first: Math.min(top, Math.max(0, count - 1)), last: Math.min(count, bottom) };
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

/** By how many rows this leaps, where less than half of what was rendered stays; 0 for a step. */
export function leapOf(from: RowRange, to: RowRange): number {
  const stays = Math.min(from.last, to.last) - Math.max(from.first, to.first);
  return stays * 2 < Math.min(from.last - from.first, to.last - to.first) ? to.first - from.first : 0;
}
