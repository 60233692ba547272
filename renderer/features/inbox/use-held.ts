import { useEffect, useState, useSyncExternalStore } from 'react';
import { useClient } from '../../client/client-context.tsx';
import { createHeldDecision, type HeldDecision, type HeldState } from './held-decision.ts';
import { sendDecision } from './send-decision.ts';

/** What was decided here and not sent yet; it goes when the view is left or the window is closed, and in a window that hides itself when it is left. */
export function useHeld(hides: boolean): HeldState & HeldDecision {
  const client = useClient();
  const [decision] = useState(() =>
    createHeldDecision({ clock: client.clock, send: (decision) => sendDecision(client, decision) }),
  );
  const { release, subscribe, snapshot } = decision;
  useEffect(() => {
    const hidden = (): void => {
      if (document.visibilityState === 'hidden') release();
    };
    if (hides) window.addEventListener('blur', release);
    window.addEventListener('pagehide', release);
    document.addEventListener('visibilitychange', hidden);
    return () => {
      window.removeEventListener('blur', release);
      window.removeEventListener('pagehide', release);
      document.removeEventListener('visibilitychange', hidden);
      release();
    };
  }, [release, hides]);
  return { ...decision, ...useSyncExternalStore(subscribe, snapshot) };
}
