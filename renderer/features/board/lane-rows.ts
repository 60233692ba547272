import type { Stage } from '../../../preload/contract/moves.ts';
import type { Lane } from './lane-store.ts';

/** One line of a board with lanes: the head of a lane, or the cards that stand beside each other in it. */
export type LaneRow =
  | { readonly kind: 'head'; readonly lane: Lane }
  | { readonly kind: 'cards'; readonly lane: Lane; readonly row: number };

/** As many lines as the fullest stage of each lane has cards; a folded lane has its head alone. */
export function laneRows(
  lanes: readonly Lane[],
  folded: ReadonlySet<string>,
  shown: readonly Stage[],
): readonly LaneRow[] {
  const rows: LaneRow[] = [];
  for (const lane of lanes) {
    if (laneTotal(lane, shown) === 0) continue;
    rows.push({ kind: 'head', lane });
    if (folded.has(lane.key)) continue;
    const most = Math.max(...shown.map((stage) => lane.counts[stage]));
    for (let row = 0; row < most; row += 1) rows.push({ kind: 'cards', lane, row });
  }
  return rows;
}

export function laneTotal(lane: Lane, shown: readonly Stage[]): number {
  return shown.reduce((sum, stage) => sum + lane.counts[stage], 0);
}
