import { use, useEffect, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { SlotsContext } from './shell-context.tsx';

/** Fills the 400 px panel at the right while mounted; `]` hides and shows it. */
export function Inspector({ children }: { children: ReactNode }) {
  const slots = use(SlotsContext);
  const setInspected = slots?.setInspected;
  useEffect(() => {
    setInspected?.(true);
    return () => setInspected?.(false);
  }, [setInspected]);
  return slots?.inspector ? createPortal(children, slots.inspector) : null;
}
