import { useEffect, useState } from 'react';
import { useClient } from '../../client/client-context.tsx';

const typingMs = 200;

/** The value once it has stayed the same for a moment: what is asked while someone types is asked once. */
export function useSettled(value: string): string {
  const { clock } = useClient();
  const [settled, setSettled] = useState(value);
  useEffect(
    () =>
      clock.after(typingMs, () => {
        setSettled(value);
      }),
    [value, clock],
  );
  return settled;
}
