import { useCallback, useMemo } from 'react';
import { useRouter, useRouterState } from '../../app/router-context.tsx';
import { readShownRuns, textOfRuns, writeShownRuns, type ShownRuns } from './runs-address.ts';

/** What the list of runs shows: it is in the address, and a change of it takes the place of the one before. */
export function useShownRuns(): {
  readonly shown: ShownRuns;
  readonly set: (shown: ShownRuns) => void;
} {
  const router = useRouter();
  const search = useRouterState().location?.search;
  const text = textOfRuns(readShownRuns(search ?? {}));
  const shown = useMemo(() => readShownRuns(search ?? {}), [text]); // eslint-disable-line react-hooks/exhaustive-deps -- the same text is the same list
  const set = useCallback(
    (next: ShownRuns) => {
      const here = router.snapshot().location;
      if (here?.name !== 'runs') return;
      router.replace({ ...here, search: { ...here.search, ...writeShownRuns(next) } });
    },
    [router],
  );
  return { shown, set };
}
