import { useEffect, useState, type RefObject } from 'react';
import { labels } from '../../../preload/contract/labels.ts';
import type { Stage } from '../../../preload/contract/moves.ts';
import { cx } from '../../ui/cx.ts';
import { useColumn } from './board-context.tsx';
import { strings } from './strings.ts';

/** Which stages are in sight; undefined while all of them are. */
function useStagesInSight(board: RefObject<HTMLElement | null>, stages: readonly Stage[]) {
  const [seen, setSeen] = useState<readonly Stage[]>();
  useEffect(() => {
    const element = board.current;
    if (!element) return undefined;
    const look = (): void => {
      if (element.scrollWidth <= element.clientWidth + 1) {
        setSeen(undefined);
        return;
      }
      const { left, right } = element.getBoundingClientRect();
      const next = stages.filter((stage) => {
        const head = element.querySelector(`[data-stage="${stage}"]`)?.getBoundingClientRect();
        return head && head.left >= left - 4 && head.right <= right + 4;
      });
      if (next.length === stages.length) setSeen(undefined);
      else setSeen((before) => (before?.join() === next.join() ? before : next));
    };
    // It looks at once, but after the board was laid out for its own sake: to ask here would have that done twice.
    const watch = new ResizeObserver(look);
    watch.observe(element);
    // A column that is opened or folded, and lanes that come or go.
    const shape = new MutationObserver(look);
    shape.observe(element, { childList: true });
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      watch.disconnect();
      shape.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [board, stages]);
  return seen;
}

/** Where the window is too narrow for the board: which stages there are, which of them are in sight, and the way to the others. */
export function StageStrip({
  board,
  stages,
}: {
  readonly board: RefObject<HTMLElement | null>;
  readonly stages: readonly Stage[];
}) {
  const seen = useStagesInSight(board, stages);
  if (seen === undefined) return null;
  return (
    <nav aria-label={strings.strip} className="flex shrink-0 gap-4 overflow-x-auto px-12 pb-4">
      {stages.map((stage) => (
        <Step
          key={stage}
          stage={stage}
          seen={seen.includes(stage)}
          onGo={() => {
            board.current
              ?.querySelector(`[data-stage="${stage}"]`)
              ?.scrollIntoView({ inline: 'center', block: 'nearest' });
          }}
        />
      ))}
    </nav>
  );
}

function Step({
  stage,
  seen,
  onGo,
}: {
  readonly stage: Stage;
  readonly seen: boolean;
  readonly onGo: () => void;
}) {
  const count = useColumn(stage)?.count;
  return (
    <button
      type="button"
      onClick={onGo}
      className={cx(
        'inline-flex h-24 shrink-0 items-center gap-4 rounded-chip px-8 text-meta hover:bg-hover',
        seen ? 'bg-selected text-ink' : 'text-ink-2',
      )}
    >
      {labels.stage[stage]}
      <span className="text-ink-3 tabular-nums">{count ?? ''}</span>
    </button>
  );
}
