import { useEffect, useRef, useState } from 'react';
import { useClient } from '../../client/client-context.tsx';

const settleMs = 300;

/** Words as they are typed, shown at once; the address gets them when the typing rests. A change of the address changes them. */
export function useSearchBox(kept: string, keep: (words: string) => void): [string, (words: string) => void] {
  const { clock } = useClient();
  const [typed, setTyped] = useState(kept);
  const written = useRef(kept);
  useEffect(() => {
    if (kept === written.current) return;
    written.current = kept;
    setTyped(kept);
  }, [kept]);
  useEffect(() => {
    if (typed === written.current) return undefined;
    return clock.after(settleMs, () => {
      written.current = typed;
      keep(typed);
    });
  }, [typed, keep, clock]);
  return [typed, setTyped];
}
