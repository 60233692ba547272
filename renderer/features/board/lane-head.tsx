import { ChevronDown, ChevronRight } from 'lucide-react';
import { labels } from '../../../preload/contract/labels.ts';
import type { Stage } from '../../../preload/contract/moves.ts';
import { useLanes, useLanesState } from './board-context.tsx';
import { useLaneRefusal } from './use-lane-refusal.ts';
import { laneTotal } from './lane-rows.ts';
import type { Lane } from './lane-store.ts';
import { strings } from './strings.ts';

/** The name of a lane and how much it holds; folded, how much in each stage. */
export function LaneHead({ lane, shown, folded }: { lane: Lane; shown: readonly Stage[]; folded: boolean }) {
  const store = useLanes();
  const by = useLanesState((state) => state.by);
  const name = lane.title ?? (by === 'goal' ? strings.noGoal : strings.noProject);
  const Mark = folded ? ChevronRight : ChevronDown;
  const refusal = useLaneRefusal(lane.key);
  const stages = shown.filter((stage) => lane.counts[stage] > 0);
  return (
    <h3 className="border-t border-line pt-4">
      <button
        type="button"
        aria-expanded={!folded}
        onClick={() => {
          store.fold(lane.key, !folded);
        }}
        className="flex h-28 max-w-full items-center gap-8 rounded-control pe-8 ps-4 text-body hover:bg-hover"
      >
        <Mark aria-hidden size={16} strokeWidth={1.5} className="shrink-0 text-ink-2" />
        <span className="min-w-0 truncate font-strong">{name}</span>
        <span className="shrink-0 text-ink-2 tabular-nums">{laneTotal(lane, shown)}</span>
        {refusal === undefined ? null : (
          <span className="min-w-0 truncate text-meta text-ink-2">{refusal}</span>
        )}
        {folded && refusal === undefined ? (
          <span className="min-w-0 truncate text-meta text-ink-3 tabular-nums">
            {stages.map((stage) => `${labels.stage[stage]} ${String(lane.counts[stage])}`).join(' · ')}
          </span>
        ) : null}
      </button>
    </h3>
  );
}
