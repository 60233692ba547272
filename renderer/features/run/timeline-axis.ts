/**
 * Time across the width of the waterfall. Long silences are folded to a fixed share, so that the work between them stays readable.
 */
export interface TimelineAxis {
  readonly start: number;
  readonly end: number;
  /** Share of the width, from 0 to 1, of a moment. */
  at(moment: number): number;
  /** The moment at a share of the width. */
  momentAt(share: number): number;
  readonly folds: readonly AxisFold[];
}

/** A folded silence; `from` and `to` are shares of the width. */
export interface AxisFold {
  readonly from: number;
  readonly to: number;
  readonly ms: number;
  readonly status: string | null;
}

export interface Silence {
  readonly from: number;
  readonly to: number;
  /** What the run waited in; null when its work was silent. */
  readonly status?: string | null;
}

/** A folded silence takes this much of the width, enough for its length in words; all of them together no more than a third. */
const foldShare = 0.06;
const foldsShare = 0.33;

export function createAxis(start: number, end: number, silences: readonly Silence[]): TimelineAxis {
  const within = silences
    .filter((each) => each.to > start && each.from < end)
    .map((each) => ({ ...each, from: Math.max(each.from, start), to: Math.min(each.to, end) }));
  const silent = within.reduce((sum, each) => sum + (each.to - each.from), 0);
  const worked = Math.max(1, end - start - silent);
  const fold = Math.min(foldShare, foldsShare / Math.max(1, within.length));
  const scale = (1 - fold * within.length) / worked;
  // Where each silence begins and ends on the axis; moments between are found by bisection.
  const folds: AxisFold[] = [];
  let passed = 0;
  within.forEach((each, index) => {
    const from = (each.from - start - passed) * scale + fold * index;
    folds.push({ from, to: from + fold, ms: each.to - each.from, status: each.status ?? null });
    passed += each.to - each.from;
  });
  const before = prefix(within);
  return {
    start,
    end,
    folds,
    momentAt(share) {
      const at = Math.min(1, Math.max(0, share));
      const next = folds.findLastIndex((each) => each.from <= at);
      const place = folds[next];
      const silence = within[next];
      if (!place || !silence) return start + at / scale;
      if (at < place.to)
        return silence.from + (silence.to - silence.from) * ((at - place.from) / (place.to - place.from));
      return Math.min(end, silence.to + (at - place.to) / scale);
    },
    at(moment) {
      if (moment <= start) return 0;
      if (moment >= end) return 1;
      let low = 0;
      let high = within.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((within[middle]?.from ?? Infinity) <= moment) low = middle + 1;
        else high = middle;
      }
      const last = low - 1;
      const silence = within[last];
      const place = folds[last];
      if (!silence || !place) return (moment - start) * scale;
      if (moment < silence.to)
        return place.from + (place.to - place.from) * ((moment - silence.from) / (silence.to - silence.from));
      return (moment - start - (before[last] ?? 0)) * scale + fold * low;
    },
  };
}

/** Silent time up to and with each silence. */
function prefix(silences: readonly Silence[]): number[] {
  let sum = 0;
  return silences.map((each) => (sum += each.to - each.from));
}
