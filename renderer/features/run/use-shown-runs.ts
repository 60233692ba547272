import { useCallback, useMemo } from 'react';
import { useRouter, useRouterState } from '../../app/router-context.tsx';
import { useQuery } from '../../client/client-context.tsx';
import type { RunFilter, SavedRuns } from './run-types.ts';
import { readShownRuns, textOfRuns, writeShownRuns, type ShownRuns } from './runs-address.ts';

/** What the list of runs shows: it is in the address, and a change of it takes the place of the one before. */
export function useShownRuns(): {
  readonly shown: ShownRuns;
  /** The saved view it came from; it may have been changed since. */
  readonly view: SavedRuns | undefined;
  readonly views: readonly SavedRuns[];
  readonly set: (shown: ShownRuns) => void;
  /** Leaves a saved view, with what it chose; without one, words and fields go along. */
  readonly turnTo: (tab: RunFilter) => void;
  /** Shows a saved view, or all runs. */
  readonly choose: (view: SavedRuns | undefined) => void;
} {
  const router = useRouter();
  const search = useRouterState().location?.search;
  const views = useQuery('runView.list', {}).data;
  const text = textOfRuns(readShownRuns(search ?? {}));
  const shown = useMemo(() => readShownRuns(search ?? {}), [text]); // eslint-disable-line react-hooks/exhaustive-deps -- the same text is the same list
  const viewId = search?.['view'] ?? '';
  const put = useCallback(
    (next: ShownRuns, view: string) => {
      const here = router.snapshot().location;
      if (here?.name !== 'runs') return;
      router.replace({ ...here, search: { ...here.search, ...writeShownRuns(next), view } });
    },
    [router],
  );
  return {
    shown,
    view: views?.find(({ id }) => id === viewId),
    views: views ?? [],
    set: useCallback(
      (next) => {
        put(next, viewId);
      },
      [put, viewId],
    ),
    turnTo: useCallback(
      (show) => {
        put({ show, filter: viewId === '' ? shown.filter : {} }, '');
      },
      [put, viewId, shown.filter],
    ),
    choose: useCallback(
      (view) => {
        put(view ? { show: view.tab, filter: view.filter } : { show: 'all', filter: {} }, view?.id ?? '');
      },
      [put],
    ),
  };
}
