import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { useEffect, useRef, useState } from 'react';
import { labels } from '../../../preload/contract/labels.ts';
import { cx } from '../../ui/cx.ts';
import { ariaKeys } from '../../ui/button.tsx';
import { useShownKeys } from '../../ui/key-hints.tsx';
import { useColumn, useCursorState } from './board-context.tsx';
import { moveTo } from './move-rules.ts';
import { strings } from './strings.ts';

/** A folded column: its name, its count, and a place to drop. */
export function Rail({
  stage,
  open = false,
  onExpand,
}: {
  stage: 'archived' | 'rejected';
  /** Its cards stand among the lanes. */
  open?: boolean;
  onExpand: () => void;
}) {
  const column = useColumn(stage);
  const element = useRef<HTMLButtonElement>(null);
  const [over, setOver] = useState(false);
  const from = useCursorState((state) => state.drag?.from);
  const refused = from !== undefined && from !== stage && 'reason' in moveTo(from, stage);
  useEffect(() => {
    if (!element.current) return undefined;
    return dropTargetForElements({
      element: element.current,
      getData: () => ({ stage }),
      onDragEnter: () => {
        setOver(true);
      },
      onDragLeave: () => {
        setOver(false);
      },
      onDrop: () => {
        setOver(false);
      },
    });
  }, [stage]);
  const count = column?.count ?? 0;
  const keys = ariaKeys(useShownKeys(`@board.${stage}`));
  return (
    <button
      ref={element}
      type="button"
      aria-label={open ? strings.collapse(labels.stage[stage]) : strings.expand(labels.stage[stage], count)}
      aria-expanded={open}
      aria-keyshortcuts={keys}
      onClick={onExpand}
      data-column={stage}
      data-stage={stage}
      className={cx(
        'flex w-40 shrink-0 flex-col items-center rounded-card border py-12 text-body text-ink-2 hover:bg-hover hover:text-ink',
        over && !refused ? 'border-accent bg-selected text-ink' : 'border-line',
        refused && 'opacity-40',
      )}
    >
      <span className="[writing-mode:vertical-rl]">
        {labels.stage[stage]} {column ? <span className="ms-4 tabular-nums">{count}</span> : null}
      </span>
    </button>
  );
}
