import { useEffect, type RefObject } from 'react';
import { useClient } from '../../client/client-context.tsx';

/** Has the window be as high as its content: that of the part that scrolls, and of what stands above and below it. */
export function useFit(root: RefObject<HTMLElement | null>, on: boolean): void {
  const { call } = useClient();
  useEffect(() => {
    if (!on || !root.current) return undefined;
    const parts = [...root.current.children].flatMap((part) =>
      part.tagName === 'MAIN' ? (part.firstElementChild ?? []) : part,
    );
    let told = 0;
    const observer = new ResizeObserver(() => {
      const height = Math.ceil(parts.reduce((sum, part) => sum + part.getBoundingClientRect().height, 0));
      if (height === told) return;
      told = height;
      // A window that stays as it is can still be read: nobody needs to be told.
      void call('host.fitQuick', { height });
    });
    for (const part of parts) observer.observe(part);
    return () => {
      observer.disconnect();
    };
  }, [root, on, call]);
}
