import { figure, median, type Figure } from '../figure.ts';
import type { Frames } from './frames.ts';

export interface FramePair {
  readonly own: Frames[];
  readonly bare: Frames[];
}

/**
 * Frames over 32 ms, beside those that the bare list has in the same run and at the same doing. The goal is none. What the machine itself
 * holds up, it holds up in the bare list as well: so the goal counts as met where there are no more than there, in proportion to the frames.
 */
export function smooth(name: string, own: readonly Frames[], bare: readonly Frames[]): Figure {
  const frames = Math.max(...own.map(({ all }) => all));
  const share = (list: readonly Frames[]): number[] =>
    list.map(({ slow, all }) => (all === 0 ? 0 : (slow / all) * frames));
  return figure({
    name: `${name} (of ${String(frames)})`,
    unit: 'frames',
    values: share(own),
    baselines: share(bare),
    against: 'bare list, at the same doing',
    goal: 'none, or no more than the bare list has',
    met: (value, baseline) => value <= baseline,
    note: `${work(own)} ms of the page's processor time in each frame; ${work(bare)} ms in the bare list`,
  });
}

function work(frames: readonly Frames[]): string {
  return median(frames.map(({ work: ms }) => ms)).toFixed(1);
}
