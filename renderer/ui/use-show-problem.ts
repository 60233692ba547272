import { useEffect, useRef, type RefObject } from 'react';

/**
 * Takes whoever sent a form to what is wrong with it: the first invalid control gets the focus; where there is none, the alert is
 * scrolled into view. `attempt` counts what was sent, `failure` is what came back.
 */
export function useShowProblem(attempt: number, failure: unknown): RefObject<HTMLDivElement | null> {
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (attempt === 0 && !failure) return;
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid=true]');
    if (wrong) wrong.focus();
    else form.current?.querySelector('[role=alert]')?.scrollIntoView({ block: 'nearest' });
  }, [attempt, failure]);
  return form;
}
