import { Plus, RefreshCw } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand/react';
import type { RunListFilter } from '../../../preload/contract/runs-shown.ts';
import { useEntryState, useRouter, useScrollMemory, useSearchValue } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { TitleBarActions, useShellState } from '../../app/shell-context.tsx';
import type { ViewProps } from '../../app/view-props.ts';
import { useClient, useConnection } from '../../client/client-context.tsx';
import { formatTime } from '../../client/clock.ts';
import { useCommand } from '../../client/use-command.ts';
import { useSearchBox } from '../../client/use-search-box.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Time } from '../../ui/time.tsx';
import { BehindBar } from './behind-bar.tsx';
import type { BulkAction } from './bulk-runs.ts';
import { startOfDay } from './day-label.ts';
import { NoMatch, NoneBehind, NoRuns } from './no-runs.tsx';
import { withDays } from './run-days.ts';
import { useRunEntries } from './run-entries.ts';
import { RunPeek } from './run-peek.tsx';
import { RunTable, toggledKey, type RunTableHandle } from './run-table.tsx';
import type { RunRow, SavedRuns } from './run-types.ts';
import { chosenFields, runTabs, textOfRuns } from './runs-address.ts';
import { RunsBulkBar } from './runs-bulk-bar.tsx';
import { RunsFilter, RunsFilterChips } from './runs-filter.tsx';
import { RunsViewsMenu } from './runs-views-menu.tsx';
import { runsWords } from './runs-words.ts';
import { strings } from './strings.ts';
import { useBehind } from './use-behind.ts';
import { useRetry } from './use-retry.tsx';
import { useRunList } from './use-run-list.ts';
import { useRunsActions } from './use-runs-actions.ts';
import { useRunsBulk } from './use-runs-bulk.ts';
import { useShownRuns } from './use-shown-runs.ts';

const words = strings.list;
const nothing = (): void => undefined;
const none: ReadonlySet<string> = new Set();

export function RunsView(_: ViewProps<'runs'>) {
  const router = useRouter();
  const client = useClient();
  const command = useCommand();
  const connection = useConnection();
  const { project: ofShell } = useShellState();
  const { behind, project: ofPoint } = useBehind();
  const project = behind ? ofPoint : ofShell;
  const { shown, view, views, set, turnTo, choose } = useShownRuns();
  const [, setCreating] = useSearchValue('new');
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const [selected, setSelected] = useEntryState<string | null>('selected', null);
  const [checked, setChecked] = useState<ReadonlySet<string>>(none);
  const [stopping, setStopping] = useState<string | null>(null);
  const [asking, setAsking] = useState<'stop' | 'discard'>();
  const [peeking, setPeeking] = useState(false);
  const [filtersOpen, setFiltersOpen] = useState(false);
  const [viewsOpen, setViewsOpen] = useState(false);
  const [naming, setNaming] = useState<'save' | 'rename'>();
  const memory = useScrollMemory();
  const table = useRef<RunTableHandle>(null);
  const field = useRef<HTMLInputElement>(null);
  const setFilter = useCallback(
    (filter: RunListFilter) => {
      set({ ...shown, filter });
    },
    [set, shown],
  );
  const box = useSearchBox(
    shown.filter.search ?? '',
    (search) => {
      setFilter({ ...shown.filter, search: search === '' ? undefined : search });
    },
    nothing,
  );
  // What is typed is asked for at once; the address gets it when the typing rests.
  const written = useStore(box.store, (state) => state.typed);
  const typed = written.trim();
  const show = behind ? 'all' : shown.show;
  const filter = useMemo<RunListFilter>(() => {
    if (behind) return {};
    const { search: _kept, ...fields } = shown.filter;
    return typed === '' ? fields : { ...fields, search: typed };
  }, [behind, shown.filter, typed]);
  const list = useRunList({ show, filter, project, behind }, pointed || focused);
  const items = useMemo(() => withDays(list.rows ?? [], startOfDay), [list.rows]);
  const narrowed = JSON.stringify(filter);
  const before = useRef(narrowed);
  useEffect(() => {
    // What was found is read from its beginning; coming back to the list finds the place that was left.
    if (before.current !== narrowed) table.current?.toTop();
    before.current = narrowed;
  }, [narrowed]);
  const filtered = typed !== '' || chosenFields(filter) > 0;

  const open = useCallback(
    (id: string) => {
      router.go(to('run', { id }));
    },
    [router],
  );
  const stop = useCallback(
    (row: RunRow) => {
      void command('run.stop', { id: row.id });
    },
    [command],
  );
  /** As the live stream has it; the list may be a little older. */
  const newest = (row: RunRow): RunRow => client.rows.getState().byId.get(row.id) ?? row;
  const known = list.rows?.find((each) => each.id === selected);
  const row = known ? newest(known) : undefined;
  // What has left the list is no longer among the checked.
  const several = (list.rows ?? []).filter(({ id }) => checked.has(id)).map(newest);
  const bulk = useRunsBulk();
  const retry = useRetry();
  const act = (action: BulkAction): void => {
    setChecked(none);
    bulk.carryOut(several, action);
  };
  const clearFilter = (): void => {
    box.type('');
    setFilter({});
  };
  const save =
    behind === undefined && filtered
      ? () => {
          setNaming('save');
        }
      : undefined;
  const chooseView = (next: SavedRuns | undefined): void => {
    box.type(next?.filter.search ?? '');
    choose(next);
  };
  useRunsActions({
    row,
    several,
    table,
    open,
    peek: () => {
      setPeeking(true);
    },
    retry: retry.retry,
    askToStop: setStopping,
    askForAll: setAsking,
    act,
    check: (id) => {
      setChecked(toggledKey(checked, id));
    },
    checkAll: () => {
      setChecked(new Set(list.rows?.map(({ id }) => id)));
    },
    clear: () => {
      if (several.length > 0) setChecked(none);
      else if (filtered) clearFilter();
    },
    refresh: list.held > 0 ? list.refresh : undefined,
    focusSearch: () => {
      field.current?.focus();
      field.current?.select();
    },
    openFilters: () => {
      setFiltersOpen(true);
    },
    openViews: () => {
      setViewsOpen(true);
    },
    saveView: save,
  });

  const entries = useRunEntries();
  const stale = connection.state === 'stale' || connection.state === 'offline' ? connection.since : undefined;
  const create = (primary: boolean) => (
    <Button
      variant={primary ? 'primary' : 'secondary'}
      icon={Plus}
      keys="n"
      onClick={() => {
        setCreating('run');
      }}
    >
      {words.create}
    </Button>
  );
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <TitleBarActions>{create(true)}</TitleBarActions>
      <div className="shrink-0 px-12 pt-8">
        {behind ? (
          <BehindBar
            behind={behind}
            count={list.rows === undefined ? undefined : words.behind.count(list.rows.length)}
          />
        ) : (
          <Tabs
            label={words.filter}
            value={view?.id ?? show}
            onValueChange={(next) => {
              const tab = runTabs.find((each) => each === next);
              if (tab === undefined) chooseView(views.find(({ id }) => id === next));
              else {
                if (view) box.type('');
                turnTo(tab);
              }
            }}
            tabs={[
              ...runTabs.map((value) => ({
                value,
                label: words.filters[value],
                // A view narrows one of them down; how much the others hold of what it chose says nothing.
                count: view ? undefined : list.counts?.[value],
              })),
              ...views.map(({ id, name }) => ({
                value: id,
                label: name,
                count: id === view?.id ? list.counts?.[show] : undefined,
              })),
            ]}
            aside={
              <div className="flex items-center gap-8 pb-4">
                {list.held > 0 ? (
                  <Button size="small" icon={RefreshCw} keys="Shift+r" onClick={list.refresh}>
                    {words.changed(list.held)}
                  </Button>
                ) : null}
                <SearchField
                  ref={field}
                  label={runsWords.search}
                  placeholder={runsWords.placeholder}
                  value={written}
                  onValueChange={box.type}
                  onLeave={() => {
                    if (items.length > 0) table.current?.focus();
                    else field.current?.blur();
                  }}
                />
                <RunsFilter
                  filter={shown.filter}
                  project={project}
                  open={filtersOpen}
                  onOpenChange={setFiltersOpen}
                  onChange={setFilter}
                />
                <RunsViewsMenu
                  shown={{ show, filter }}
                  view={view}
                  choose={chooseView}
                  open={viewsOpen}
                  onOpenChange={setViewsOpen}
                  naming={naming}
                  onNaming={setNaming}
                />
              </div>
            }
          />
        )}
      </div>
      {behind ? null : (
        <RunsFilterChips filter={shown.filter} onChange={setFilter} onSave={view ? undefined : save} />
      )}
      {list.failure && (stale === undefined || !list.rows) ? (
        <div className="px-12 pt-8">
          <ErrorBar
            message={list.rows ? words.stale : words.failure}
            hint={list.failure.message}
            kind={list.rows ? 'stale' : 'error'}
            onRetry={list.refresh}
          />
        </div>
      ) : null}
      {stale !== undefined && list.rows ? (
        <div className="px-12 pt-8">
          <ErrorBar
            kind="stale"
            message={words.stale}
            hint={<Time at={formatTime(stale)} />}
            onRetry={client.retry}
          />
        </div>
      ) : null}
      <div
        className="flex min-h-0 flex-1 flex-col"
        onPointerEnter={() => {
          setPointed(true);
        }}
        onPointerLeave={() => {
          setPointed(false);
        }}
        onFocus={() => {
          setFocused(true);
        }}
        onBlur={({ currentTarget, relatedTarget }) => {
          if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setFocused(false);
        }}
      >
        {list.rows === undefined ? (
          list.failure ? null : (
            <SkeletonRows rows={10} label={words.loading} />
          )
        ) : items.length > 0 ? (
          <RunTable
            key={behind ? JSON.stringify(behind) : textOfRuns({ show, filter: {} })}
            ref={table}
            items={items}
            selected={selected}
            onSelect={setSelected}
            checked={checked}
            onChecked={setChecked}
            onOpen={open}
            onPeek={() => {
              setPeeking(true);
            }}
            entries={entries}
            stopping={stopping}
            onStopping={setStopping}
            onStop={stop}
            onEnd={list.more}
            memory={memory}
          />
        ) : behind ? (
          <NoneBehind />
        ) : filtered ? (
          <NoMatch
            search={typed}
            elsewhere={show === 'all' ? 0 : (list.counts?.all ?? 0)}
            onAll={() => {
              set({ ...shown, show: 'all' });
            }}
            onClear={clearFilter}
          />
        ) : (
          <NoRuns show={show} action={create(false)} />
        )}
      </div>
      <RunsBulkBar
        rows={several}
        progress={bulk.progress}
        asking={asking}
        onAsking={setAsking}
        onAct={act}
        onClear={() => {
          setChecked(none);
        }}
      />
      {retry.dialog}
      <RunPeek
        row={peeking ? row : undefined}
        onClose={() => {
          setPeeking(false);
        }}
        onStep={(by) => {
          table.current?.step(by);
        }}
      />
    </div>
  );
}
