import { RefreshCw } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useActions } from '../../app/actions-context.tsx';
import { useEntryState, useRouter, useScrollMemory, useSearchValue } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { TitleBarActions, useShellState } from '../../app/shell-context.tsx';
import { useClient, useConnection, useQuery } from '../../client/client-context.tsx';
import { formatTime } from '../../client/clock.ts';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../../ui/clock-context.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { ReadState } from '../../ui/read-state.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Time } from '../../ui/time.tsx';
import type { VirtualListHandle } from '../../ui/virtual-list.tsx';
import { EmptySchedule } from './empty-schedule.tsx';
import { IntentPeek } from './intent-peek.tsx';
import { IntentTable } from './intent-table.tsx';
import { filters, fits, isOver, withDetail } from './intent-state.ts';
import type { IntentDetail, IntentFilter } from './intent-types.ts';
import { strings } from './strings.ts';
import { useHeldOrder } from './use-held-order.ts';
import { useIntentCommands } from './use-intent-commands.ts';

const { actions } = strings;
const most = 1_000;

export interface IntentListViewProps {
  /** The choice between list and calendars. */
  readonly modes: ReactNode;
  readonly create: ReactNode;
  readonly onStart: (starter: string) => void;
}

/** What runs when: every intent, the one that is due next first. */
export function IntentListView({ modes, create, onStart }: IntentListViewProps) {
  const router = useRouter();
  const client = useClient();
  const connection = useConnection();
  const { project } = useShellState();
  const [search, setFilter] = useSearchValue('show', 'all');
  const [selected, setSelected] = useEntryState<string | null>('selected', null);
  const [peeking, setPeeking] = useState(false);
  const [busy, setBusy] = useState(false);
  const memory = useScrollMemory();
  const now = useNow(60_000);
  const list = useRef<VirtualListHandle>(null);
  const filter = filters.find((each) => each === search) ?? 'all';
  const input = useMemo(
    () => (project === undefined ? { limit: most } : { projectId: project, limit: most }),
    [project],
  );
  const { data, failure, pending, reread } = useQuery('intent.list', input, { every: 1_000 });
  const held = useHeldOrder(data?.rows, project ?? '', busy);
  const shown = useMemo(() => held.rows?.filter((row) => fits(row, filter, now)), [held.rows, filter, now]);
  const counts = useMemo(
    () =>
      Object.fromEntries(
        filters.map((each) => [each, data?.rows.filter((row) => fits(row, each, now)).length]),
      ) as Record<IntentFilter, number | undefined>,
    [data, now],
  );

  // Shown at once; the list itself is read again a moment later.
  const keep = useCallback(
    (detail: IntentDetail) => {
      const known = client.queries.snapshot('intent.list', input).data;
      if (known) client.queries.put('intent.list', input, withDetail(known, detail));
    },
    [client, input],
  );
  const { enable, runNow } = useIntentCommands(keep);
  const open = useCallback(
    (id: string) => {
      router.go(to('intent', { id }));
    },
    [router],
  );

  const at = shown?.findIndex(({ id }) => id === selected) ?? -1;
  const row = shown?.[at];
  const step = (by: number): void => {
    const next = shown?.[Math.min(shown.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
    if (!next) return;
    setSelected(next.id);
    list.current?.scrollTo(next.id);
  };
  const base = { group: strings.group, scope: 'view' } as const;
  const reason = row ? (isOver(row) ? actions.over : undefined) : actions.select;
  useActions([
    {
      ...base,
      id: 'intent.next',
      title: actions.next,
      keys: ['j', 'ArrowDown'],
      listed: false,
      repeats: true,
      run: () => {
        step(1);
      },
    },
    {
      ...base,
      id: 'intent.previous',
      title: actions.previous,
      keys: ['k', 'ArrowUp'],
      listed: false,
      repeats: true,
      run: () => {
        step(-1);
      },
    },
    {
      ...base,
      id: 'intent.open',
      title: actions.open,
      keys: 'Enter',
      unavailable: row ? undefined : actions.select,
      run: () => {
        if (row) open(row.id);
      },
    },
    {
      ...base,
      id: 'intent.peek',
      title: actions.peek,
      keys: 'Space',
      unavailable: row ? undefined : actions.select,
      run: () => {
        setPeeking(true);
      },
    },
    {
      ...base,
      id: 'intent.run',
      title: actions.run,
      keys: ['Shift+Enter', 'r'],
      unavailable: reason ?? (row?.activeRun ? actions.busy(row.activeRun.number) : undefined),
      run: () => {
        if (row) runNow(row.id);
      },
    },
    {
      ...base,
      id: 'intent.edit',
      title: actions.edit,
      keys: 'e',
      unavailable: reason,
      run: () => {
        if (row) router.go(to('intent', { id: row.id }, { edit: '1' }));
      },
    },
    {
      ...base,
      id: 'intent.pause',
      title: row ? (row.enabled ? actions.pause : actions.resume) : actions.pauseOrResume,
      keys: 'p',
      unavailable: reason,
      run: () => {
        if (row) enable(row, !row.enabled);
      },
    },
  ]);
  // What was chosen before a filter hid it is no longer chosen.
  useEffect(() => {
    if (selected !== null && shown && at < 0) setSelected(null);
  }, [selected, shown, at, setSelected]);

  const stale = connection.state === 'stale' || connection.state === 'offline' ? connection.since : undefined;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <TitleBarActions>{data?.rows.length === 0 ? null : create}</TitleBarActions>
      <div className="shrink-0 px-12 pt-8">
        <Tabs
          label={strings.filter}
          value={filter}
          onValueChange={setFilter}
          tabs={filters.map((value) => ({ value, label: strings.filters[value], count: counts[value] }))}
          aside={
            <span className="flex items-center gap-8 pb-4">
              {held.moved ? (
                <Button size="small" icon={RefreshCw} onClick={held.refresh}>
                  {strings.moved}
                </Button>
              ) : null}
              {modes}
            </span>
          }
        />
      </div>
      <div className="flex flex-col gap-8 px-12 pt-8 empty:hidden">
        {stale !== undefined && data ? (
          <ErrorBar
            kind="stale"
            message={strings.stale}
            hint={<Time at={formatTime(stale)} />}
            onRetry={client.retry}
          />
        ) : null}
        {data && data.count > data.rows.length ? (
          <p className="text-meta text-ink-2">{strings.more(data.rows.length, data.count)}</p>
        ) : null}
      </div>
      <div
        className="flex min-h-0 flex-1 flex-col"
        onPointerEnter={() => {
          setBusy(true);
        }}
        onPointerLeave={() => {
          setBusy(false);
        }}
      >
        <ReadState
          // While the connection is gone, the bar above says so already.
          query={{
            data: shown,
            failure: stale === undefined || !data ? failure : undefined,
            pending,
            reread,
          }}
          failed={data ? strings.stale : strings.failure}
          rows={10}
          label={strings.loading}
          barClassName="px-12 pt-8"
        >
          {(rows) =>
            rows.length === 0 ? (
              <EmptySchedule
                filter={data?.rows.length === 0 ? 'all' : filter}
                create={create}
                onStart={onStart}
              />
            ) : (
              <IntentTable
                key={filter}
                ref={list}
                rows={rows}
                selected={selected}
                onSelect={setSelected}
                onOpen={open}
                onPeek={(id) => {
                  setSelected(id);
                  setPeeking(true);
                }}
                onEnable={enable}
                memory={memory}
              />
            )
          }
        </ReadState>
      </div>
      <IntentPeek
        row={peeking ? row : undefined}
        onClose={() => {
          setPeeking(false);
        }}
        onStep={step}
      />
    </div>
  );
}
