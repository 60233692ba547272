import { useCallback, useState } from 'react';

/** The width of an element, kept true as it changes; 0 before it is known. */
export function useWidth(): [(element: HTMLElement | null) => (() => void) | undefined, number] {
  const [width, setWidth] = useState(0);
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined;
    setWidth(element.clientWidth);
    const sized = new ResizeObserver(() => {
      setWidth(element.clientWidth);
    });
    sized.observe(element);
    return () => {
      sized.disconnect();
    };
  }, []);
  return [ref, width];
}
