import { useCallback, useEffect, useMemo, useState } from 'react';
import type { BoardView } from '../../../preload/contract/board.ts';
import { useRouter, useRouterState } from '../../app/router-context.tsx';
import { usePreferences } from '../../app/shell-context.tsx';
import { useQuery } from '../../client/client-context.tsx';
import { useHeldBoard } from './board-context.tsx';
import { everything, readShown, shownOf, startOf, textOf, writeShown, type Shown } from './filter-address.ts';

export interface ShownBoard {
  readonly shown: Shown;
  /** The saved view it came from; it may have been changed since. */
  readonly view: BoardView | undefined;
  readonly views: readonly BoardView[];
  /** False until the address says what to show: what was kept may still have to be put into it. */
  readonly settled: boolean;
  readonly set: (shown: Shown) => void;
  readonly choose: (view: BoardView | undefined) => void;
}

/**
 * What the board shows is in the address. A visit without it comes back to what was shown last; the first one of a window starts with the
 * default view, when there is one. That is kept beside the preferences as well, so that the first picture does not wait for it.
 */
export function useShown(): ShownBoard {
  const router = useRouter();
  const { location } = useRouterState();
  const session = useHeldBoard().session;
  const [preferences, setPreferences] = usePreferences();
  const views = useQuery('boardView.list', {}).data;
  const search = location?.search;
  const text = textOf(readShown(search ?? {}));
  const shown = useMemo(() => shownOf(text), [text]);
  const viewId = search?.['view'] ?? '';
  // Decided once, when the board comes up: later an empty address is what its reader asked for.
  const [pending, setPending] = useState(() =>
    text === '' && viewId === '' ? startOf(session.isBegun(), preferences) : '',
  );

  const put = useCallback(
    (next: Shown, view: string) => {
      const here = router.snapshot().location;
      if (here?.name !== 'board') return;
      router.replace({ ...here, search: { ...here.search, ...writeShown(next), view } });
    },
    [router],
  );
  useEffect(() => {
    session.begin();
    if (pending === '') return;
    put(shownOf(pending), new URLSearchParams(pending).get('view') ?? '');
    setPending(''); // eslint-disable-line react-hooks/set-state-in-effect -- the address has it from now on
  }, [pending, put, session]);
  useEffect(() => {
    if (pending !== '') return;
    const kept = withView(text, viewId);
    if (kept !== preferences.board) setPreferences({ board: kept });
  }, [text, viewId, pending, preferences.board, setPreferences]);
  useEffect(() => {
    if (!views) return;
    const first = views.find(({ isDefault }) => isDefault);
    const start = first ? withView(textOf(first), first.id) : '';
    if (start !== preferences.boardStart) setPreferences({ boardStart: start });
  }, [views, preferences.boardStart, setPreferences]);

  return {
    shown,
    view: views?.find(({ id }) => id === viewId),
    views: views ?? [],
    settled: pending === '',
    set: useCallback(
      (next) => {
        put(next, viewId);
      },
      [put, viewId],
    ),
    choose: useCallback(
      (view) => {
        put(view ?? everything, view?.id ?? '');
      },
      [put],
    ),
  };
}

function withView(text: string, view: string): string {
  if (view === '') return text;
  return `${text}${text === '' ? '' : '&'}view=${view}`;
}
