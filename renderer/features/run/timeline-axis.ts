/**
 * Time across the width of the waterfall. Long silences are folded to a fixed share, so that the work between them stays readable.
 */
export interface TimelineAxis {
  readonly start: number;
  readonly end: number;
  /** Share of the width, from 0 to 1, of a moment. */
  at(moment: number): number;
  /** Folded silences, as shares of the width. */
  readonly folds: readonly { readonly from: number; readonly to: number; readonly ms: number }[];
}

export interface Silence {
  readonly from: number;
  readonly to: number;
}

/** A folded silence is drawn as long as this much of the shown time. */
const foldShare = 0.02;

export function createAxis(start: number, end: number, silences: readonly Silence[]): TimelineAxis {
  const within = silences
    .filter((each) => each.to > start && each.from < end)
    .map((each) => ({ from: Math.max(each.from, start), to: Math.min(each.to, end) }));
  const silent = within.reduce((sum, each) => sum + (each.to - each.from), 0);
  const worked = Math.max(1, end - start - silent);
  const fold = Math.min(foldShare, 0.5 / Math.max(1, within.length));
  const scale = (1 - fold * within.length) / worked;
  // Where each silence begins and ends on the axis; moments between are found by bisection.
  const folds: { from: number; to: number; ms: number }[] = [];
  let passed = 0;
  within.forEach((each, index) => {
    const from = (each.from - start - passed) * scale + fold * index;
    folds.push({ from, to: from + fold, ms: each.to - each.from });
    passed += each.to - each.from;
  });
  const before = prefix(within);
  return {
    start,
    end,
    folds,
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
