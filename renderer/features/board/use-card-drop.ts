import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { attachClosestEdge, extractClosestEdge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge';
import { useEffect, useState, type RefObject } from 'react';
import type { Stage } from '../../../preload/contract/moves.ts';

/** Makes a card a place beside which others of its stage and lane can be dropped; gives the side on which one would stand now. */
export function useCardDrop(
  element: RefObject<HTMLElement | null>,
  { id, stage, lane }: { readonly id: string; readonly stage: Stage; readonly lane: string | undefined },
): 'top' | 'bottom' | undefined {
  const [edge, setEdge] = useState<'top' | 'bottom'>();
  useEffect(() => {
    if (!element.current) return undefined;
    const show = ({ self }: { readonly self: { readonly data: Record<string | symbol, unknown> } }): void => {
      const next = extractClosestEdge(self.data);
      setEdge(next === 'top' || next === 'bottom' ? next : undefined);
    };
    const leave = (): void => {
      setEdge(undefined);
    };
    return dropTargetForElements({
      element: element.current,
      canDrop: ({ source: { data } }) =>
        data['stage'] === stage && data['lane'] === lane && data['id'] !== id,
      getData: ({ input, element: target }) =>
        attachClosestEdge(
          { card: id, stage, lane },
          { input, element: target, allowedEdges: ['top', 'bottom'] },
        ),
      onDragEnter: show,
      onDrag: show,
      onDragLeave: leave,
      onDrop: leave,
    });
  }, [element, id, stage, lane]);
  return edge;
}
