import { useEffect, useState } from 'react';
import { useClient } from '../../client/client-context.tsx';

const settleMs = 500;

/** True for half a second after the window came to the front: a key that was meant for another program must not decide anything. */
export function useFresh(): boolean {
  const { clock } = useClient();
  const [since, setSince] = useState(0);
  const [settled, setSettled] = useState(-1);
  useEffect(() => {
    const again = (): void => {
      setSince((count) => count + 1);
    };
    window.addEventListener('focus', again);
    return () => {
      window.removeEventListener('focus', again);
    };
  }, []);
  useEffect(
    () =>
      clock.after(settleMs, () => {
        setSettled(since);
      }),
    [clock, since],
  );
  return settled !== since;
}
