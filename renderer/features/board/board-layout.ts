import type { Stage } from '../../../preload/contract/moves.ts';
import type { Board } from './board-store.ts';
import { cellKey, type Lanes } from './lane-store.ts';

/** Which cards stand under and beside each other, for the keyboard. */
export interface Layout {
  /** The cards of a stage from top to bottom, as far as they have been read. */
  idsOf(stage: Stage): readonly string[];
  /** The cards that stand over and under this one, in one stage and one lane. */
  around(id: string, stage: Stage): readonly string[];
  /** The card beside this one, towards `by`; undefined where there is none. */
  beside(
    id: string | undefined,
    place: { readonly stage: Stage; readonly index: number },
    by: 1 | -1,
  ): string | undefined;
}

export function columnLayout(board: Board, shown: readonly Stage[]): Layout {
  const idsOf = (stage: Stage): readonly string[] => board.store.getState().columns?.[stage].ids ?? [];
  return {
    idsOf,
    around: (_id, stage) => idsOf(stage),
    beside: (_id, { stage, index }, by) => nextFilled(shown, stage, by, (each) => idsOf(each), index),
  };
}

export function laneLayout(lanes: Lanes, shown: readonly Stage[]): Layout {
  const open = (): readonly string[] => {
    const { lanes: all, folded } = lanes.store.getState();
    return (all ?? []).flatMap(({ key }) => (folded.has(key) ? [] : [key]));
  };
  const cell = (lane: string, stage: Stage): readonly string[] =>
    lanes.store.getState().cells.get(cellKey(lane, stage))?.ids ?? [];
  return {
    around(id, stage) {
      const lane = open().find((each) => cell(each, stage).includes(id));
      return lane === undefined ? [] : cell(lane, stage);
    },
    idsOf: (stage) => open().flatMap((lane) => cell(lane, stage)),
    beside(id, { stage }, by) {
      if (id === undefined) return undefined;
      const lane = open().find((each) => cell(each, stage).includes(id));
      if (lane === undefined) return undefined;
      return nextFilled(shown, stage, by, (each) => cell(lane, each), cell(lane, stage).indexOf(id));
    },
  };
}

/** Over empty stages, to the card at the same height or the last one. */
function nextFilled(
  shown: readonly Stage[],
  stage: Stage,
  by: 1 | -1,
  idsOf: (stage: Stage) => readonly string[],
  index: number,
): string | undefined {
  for (let at = shown.indexOf(stage) + by; at >= 0 && at < shown.length; at += by) {
    const next = shown[at];
    const ids = next === undefined ? [] : idsOf(next);
    if (ids.length > 0) return ids[Math.min(Math.max(index, 0), ids.length - 1)];
  }
  return undefined;
}
