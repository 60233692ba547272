import { useEffect, useMemo, type RefObject } from 'react';
import { useClock } from '../ui/clock-context.tsx';
import { useRouter, useRouterState } from './router-context.tsx';

/** Content that comes later than this finds the view at its top. */
const PATIENCE_MS = 5_000;
const across = (name: string): string => `${name} across`;

/**
 * Keeps how far each element with `data-scroll` is scrolled under the present entry of the history, by that name, and scrolls it there again
 * when the reader comes back to the entry, or loads the page anew. What is read late is waited for; the first touch of the reader ends that.
 */
export function useKeptScroll(root: RefObject<HTMLElement | null>): void {
  const router = useRouter();
  const clock = useClock();
  const { entry } = useRouterState();
  // Taken before the view is there, which begins at its top and may say so.
  const [memory, wanted] = useMemo(() => {
    const held = router.memory;
    return [held, new Map([...held].filter((each): each is [string, number] => typeof each[1] === 'number'))];
  }, [router, entry]); // eslint-disable-line react-hooks/exhaustive-deps -- the memory is that of the entry
  useEffect(() => {
    const within = root.current;
    if (!within) return undefined;
    const reached = new Map<HTMLElement, number>();
    let frame = 0;
    let over = wanted.size === 0;
    const settle = (): void => {
      frame = 0;
      let again = false;
      for (const element of [within, ...within.querySelectorAll<HTMLElement>('[data-scroll]')]) {
        const { scroll: name = '' } = element.dataset;
        const [top, left] = [wanted.get(name) ?? 0, wanted.get(across(name)) ?? 0];
        const times = reached.get(element) ?? 0;
        if ((top === 0 && left === 0) || times > 1) continue;
        const there = Math.abs(element.scrollTop - top) <= 1 && Math.abs(element.scrollLeft - left) <= 1;
        if (!there) element.scrollTo({ top, left, behavior: 'instant' });
        // A view may scroll itself once it is there: so it is looked at twice.
        reached.set(element, there ? times + 1 : 0);
        again ||= there;
      }
      if (again) soon();
    };
    const soon = (): void => {
      if (frame === 0) frame = requestAnimationFrame(settle);
    };
    const watch = new MutationObserver(soon);
    const end = (): void => {
      watch.disconnect();
      cancelAnimationFrame(frame);
      over = true;
    };
    const note = ({ target }: Event): void => {
      if (!(target instanceof HTMLElement)) return;
      const { scroll: name } = target.dataset;
      // One that is on its way is not where its reader left it.
      if (name === undefined || (!over && wanted.has(name) && (reached.get(target) ?? 0) < 2)) return;
      memory.set(name, target.scrollTop);
      if (target.scrollLeft !== 0 || memory.has(across(name))) memory.set(across(name), target.scrollLeft);
    };
    const touches = ['wheel', 'pointerdown', 'touchstart', 'keydown'] as const;
    const patience = over ? undefined : clock.after(PATIENCE_MS, end);
    if (!over) {
      watch.observe(within, { childList: true, subtree: true });
      for (const touch of touches) window.addEventListener(touch, end, { capture: true, passive: true });
      soon();
    }
    within.addEventListener('scroll', note, { capture: true, passive: true });
    return () => {
      end();
      patience?.();
      for (const touch of touches) window.removeEventListener(touch, end, { capture: true });
      within.removeEventListener('scroll', note, { capture: true });
    };
  }, [root, memory, wanted, clock]);
}
