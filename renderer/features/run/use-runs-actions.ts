import type { RefObject } from 'react';
import { useActions } from '../../app/actions-context.tsx';
import type { Action } from '../../app/actions.ts';
import { usePaletteSubject } from '../../app/palette-context.tsx';
import { useRouter } from '../../app/router-context.tsx';
import { href, to } from '../../app/routes.ts';
import { useCommand } from '../../client/use-command.ts';
import { useToast } from '../../ui/toast.tsx';
import { ableTo, type BulkAction } from './bulk-runs.ts';
import { rowAllows } from './run-look.ts';
import type { RunTableHandle } from './run-table.tsx';
import type { RunRow } from './run-types.ts';
import { runsWords } from './runs-words.ts';
import { strings } from './strings.ts';

const words = strings.actions;

export interface RunsActionsOptions {
  /** The selected run, as the live stream has it. */
  readonly row: RunRow | undefined;
  /** The checked ones: while there are some, a decision is on all of them. */
  readonly several: readonly RunRow[];
  readonly table: RefObject<RunTableHandle | null>;
  readonly open: (id: string) => void;
  readonly peek: () => void;
  readonly retry: (id: string) => void;
  readonly askToStop: (id: string) => void;
  readonly askForAll: (what: 'stop' | 'discard') => void;
  readonly act: (action: BulkAction) => void;
  readonly check: (id: string) => void;
  readonly checkAll: () => void;
  readonly clear: () => void;
  /** Undefined while nothing waits for its place. */
  readonly refresh: (() => void) | undefined;
  readonly focusSearch: () => void;
  readonly openFilters: () => void;
  readonly openViews: () => void;
  /** Undefined while there is nothing to keep under a name. */
  readonly saveView: (() => void) | undefined;
}

/** Everything the keyboard does in the list of runs; the palette and the shortcuts sheet read the same list. */
export function useRunsActions(options: RunsActionsOptions): void {
  const { row, several, table, open, act } = options;
  const router = useRouter();
  const command = useCommand();
  const toast = useToast();
  const bulk = several.length > 0;
  const reason = (action: Parameters<typeof rowAllows>[1]): string | undefined =>
    !row
      ? words.select
      : rowAllows(row.status, action)
        ? undefined
        : words.notNow(strings.status[row.status]);
  const forAll = (action: BulkAction): string | undefined =>
    ableTo(several, action).length === 0 ? runsWords.bulk.cannot[action] : undefined;
  const base = { group: strings.group, scope: 'view' } as const;
  const on = (
    id: string,
    title: string,
    keys: string,
    unavailable: string | undefined,
    work: (row: RunRow) => void,
  ): Action => ({
    ...base,
    onSelection: true,
    id,
    title,
    keys,
    unavailable,
    run: () => {
      if (row) work(row);
    },
  });
  usePaletteSubject(() => (bulk ? runsWords.bulk.count(several.length) : row && `#${String(row.number)}`));
  const paused = row?.status === 'paused';
  const pauses = ableTo(several, 'pause').length > 0;
  const chosen = row ? undefined : words.select;
  const one: readonly Action[] = [
    on(
      'run.pause',
      row ? (paused ? words.resume : words.pause) : words.pauseOrResume,
      'p',
      reason(paused ? 'resume' : 'pause'),
      ({ id }) => {
        void command(paused ? 'run.resume' : 'run.pause', { id });
      },
    ),
    on('run.stop', words.stop, 'Shift+x', reason('stop'), ({ id }) => {
      options.askToStop(id);
    }),
    on('run.retry', words.retry, 'y', reason('retry'), ({ id }) => {
      options.retry(id);
    }),
  ];
  const all = (action: BulkAction, id: string, title: string, keys: string, run: () => void): Action => ({
    ...base,
    onSelection: true,
    id,
    title,
    keys,
    unavailable: forAll(action),
    run,
  });
  const each: readonly Action[] = [
    all(
      pauses ? 'pause' : 'resume',
      'run.pause',
      pauses || ableTo(several, 'resume').length === 0 ? words.pause : words.resume,
      'p',
      () => {
        act(pauses ? 'pause' : 'resume');
      },
    ),
    all('retry', 'run.retry', words.retry, 'y', () => {
      act('retry');
    }),
    all('discard', 'run.discard', runsWords.bulk.discard, 'e', () => {
      options.askForAll('discard');
    }),
    all('stop', 'run.stop', words.stop, 'Shift+x', () => {
      options.askForAll('stop');
    }),
  ];
  useActions([
    on('run.open', words.open, 'o', chosen, ({ id }) => {
      open(id);
    }),
    on('run.peek', words.peek, 'Space', chosen, options.peek),
    {
      ...base,
      id: 'run.menu',
      title: words.menu,
      keys: '.',
      unavailable: chosen,
      run: () => table.current?.menu(),
    },
    on('run.copy-link', words.copyLink, '$mod+Shift+c', chosen, ({ id }) => {
      const link = new URL(href(to('run', { id })), document.baseURI).toString();
      void navigator.clipboard.writeText(link).then(() => {
        toast({ text: words.copied });
      });
    }),
    ...(bulk ? each : one),
    on(
      'run.diff',
      words.diff,
      'd',
      row && row.filesChanged === 0 ? words.noChanges : reason('diff'),
      ({ id }) => {
        router.go(to('review', { id }));
      },
    ),
    on('run.select', runsWords.select.one, 'x', chosen, ({ id }) => {
      options.check(id);
    }),
    {
      ...base,
      id: 'run.extendDown',
      title: runsWords.select.down,
      keys: ['Shift+J', 'Shift+ArrowDown'],
      listed: false,
      repeats: true,
      run: () => table.current?.extend(1),
    },
    {
      ...base,
      id: 'run.extendUp',
      title: runsWords.select.up,
      keys: ['Shift+K', 'Shift+ArrowUp'],
      listed: false,
      repeats: true,
      run: () => table.current?.extend(-1),
    },
    { ...base, id: 'run.selectAll', title: runsWords.select.all, keys: '$mod+a', run: options.checkAll },
    {
      ...base,
      id: 'run.refresh',
      title: runsWords.refresh,
      keys: 'Shift+r',
      unavailable: options.refresh ? undefined : runsWords.nothingHeld,
      run: () => options.refresh?.(),
    },
    { ...base, id: 'run.search', title: runsWords.search, keys: '/', run: options.focusSearch },
    { ...base, id: 'run.filters', title: runsWords.filters.action, keys: 'f', run: options.openFilters },
    { ...base, id: 'run.views', title: runsWords.views.action, keys: 'v', run: options.openViews },
    {
      ...base,
      id: 'run.saveView',
      title: runsWords.views.save,
      unavailable: options.saveView ? undefined : runsWords.views.plain,
      run: () => options.saveView?.(),
    },
    { ...base, id: 'run.clear', title: runsWords.clear, keys: 'Escape', listed: false, run: options.clear },
  ]);
}
