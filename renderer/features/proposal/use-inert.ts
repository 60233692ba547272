import { useCallback, useEffect, useState } from 'react';
import { useClient } from '../../client/client-context.tsx';

const inertMs = 500;

/**
 * True for half a second after `token` changed underneath the reader: a press meant for what was there must not decide what is.
 * `settle` says that the reader made the change and knows what is shown.
 */
export function useInert(token: string): readonly [boolean, (token: string) => void] {
  const { clock } = useClient();
  const [settled, setSettled] = useState(token);
  useEffect(() => {
    if (settled === token) return undefined;
    return clock.after(inertMs, () => {
      setSettled(token);
    });
  }, [clock, settled, token]);
  const settle = useCallback((known: string) => {
    setSettled(known);
  }, []);
  return [settled !== token, settle];
}
