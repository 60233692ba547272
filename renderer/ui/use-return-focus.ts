import { useLayoutEffect, useRef, type RefObject } from 'react';

/** Tab comes to it, or a person put the focus there. */
function isStop(element: Element | null): element is HTMLElement {
  return element instanceof HTMLElement && element.isConnected && element.tabIndex >= 0;
}

/**
 * Where the focus goes when an overlay closes; the result is its `finalFocus`. What was a stop for the Tab key gets the focus back by
 * the overlay itself. Opened by a key, it was the page that had the focus: then that gets it back, and never the first button in it, which
 * the next Enter would press.
 */
export function useReturnFocus(open: boolean, popup: RefObject<HTMLElement | null>): () => boolean {
  const before = useRef<Element | null>(null);
  useLayoutEffect(() => {
    if (!open) return undefined;
    const look = (): void => {
      const { activeElement } = document;
      if (popup.current?.contains(activeElement) !== true) before.current = activeElement;
    };
    look();
    // A menu that it was chosen from gives the focus back first.
    queueMicrotask(look);
    return () => {
      if (isStop(before.current) || movedOn(popup)) return;
      const focused = before.current;
      queueMicrotask(() => {
        const page =
          focused instanceof HTMLElement && focused.isConnected && focused !== document.body
            ? focused
            : document.querySelector('main');
        page?.focus({ preventScroll: true });
      });
    };
  }, [open, popup]);
  return () => isStop(before.current) && !movedOn(popup);
}

/** Something else took the focus while the overlay was open, such as the next page. */
function movedOn(popup: RefObject<HTMLElement | null>): boolean {
  const { activeElement } = document;
  return (
    activeElement !== null &&
    activeElement !== document.body &&
    popup.current?.contains(activeElement) !== true
  );
}
