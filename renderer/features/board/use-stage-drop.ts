import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { useEffect, useState, type RefObject } from 'react';
import type { Stage } from '../../../preload/contract/moves.ts';

/** Makes an element a place where cards of other stages, or other lanes, can be dropped; true while one is over it. */
export function useStageDrop(target: RefObject<HTMLElement | null>, stage: Stage, lane?: string): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    if (!target.current) return undefined;
    const leave = (): void => {
      setOver(false);
    };
    return dropTargetForElements({
      element: target.current,
      getData: () => ({ stage, lane }),
      canDrop: ({ source }) =>
        source.data['stage'] !== stage || (lane !== undefined && source.data['lane'] !== lane),
      onDragEnter: () => {
        setOver(true);
      },
      onDragLeave: leave,
      onDrop: leave,
    });
  }, [target, stage, lane]);
  return over;
}
