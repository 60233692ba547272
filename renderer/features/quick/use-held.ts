import { useEffect, useState, useSyncExternalStore } from 'react';
import { useClient } from '../../client/client-context.tsx';
import { createHeldDecision, type HeldDecision, type HeldState } from './held-decision.ts';
import { sendDecision } from './send-decision.ts';

/** What was decided here and not sent yet; it goes when the window is left. */
export function useHeld(): HeldState & HeldDecision {
  const client = useClient();
  const [decision] = useState(() =>
    createHeldDecision({ clock: client.clock, send: (held) => sendDecision(client, held) }),
  );
  const { release, subscribe, snapshot } = decision;
  useEffect(() => {
    const hidden = (): void => {
      if (document.visibilityState === 'hidden') release();
    };
    window.addEventListener('blur', release);
    window.addEventListener('pagehide', release);
    document.addEventListener('visibilitychange', hidden);
    return () => {
      window.removeEventListener('blur', release);
      window.removeEventListener('pagehide', release);
      document.removeEventListener('visibilitychange', hidden);
      release();
    };
  }, [release]);
  return { ...decision, ...useSyncExternalStore(subscribe, snapshot) };
}
