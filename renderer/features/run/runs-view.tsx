import { Activity, Plus, RefreshCw } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useActions } from '../../app/actions-context.tsx';
import type { Action } from '../../app/actions.ts';
import { useEntryState, useRouter, useScrollMemory, useSearchValue } from '../../app/router-context.tsx';
import { href, to } from '../../app/routes.ts';
import { TitleBarActions, useShellState } from '../../app/shell-context.tsx';
import type { ViewProps } from '../../app/view-props.ts';
import { useClient, useConnection } from '../../client/client-context.tsx';
import { formatTime } from '../../client/clock.ts';
import { useCommand } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Time } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import { startOfDay } from './day-label.ts';
import { withDays } from './run-days.ts';
import { BehindBar } from './behind-bar.tsx';
import { rowAllows } from './run-look.ts';
import { useRunEntries } from './run-entries.ts';
import { RunPeek } from './run-peek.tsx';
import { RunTable, type RunTableHandle } from './run-table.tsx';
import type { RunFilter, RunRow } from './run-types.ts';
import { strings } from './strings.ts';
import { useBehind } from './use-behind.ts';
import { useRunList } from './use-run-list.ts';

const words = strings.list;
const filters: readonly RunFilter[] = ['active', 'needs_me', 'failed', 'all'];

export function RunsView(_: ViewProps<'runs'>) {
  const router = useRouter();
  const client = useClient();
  const command = useCommand();
  const toast = useToast();
  const connection = useConnection();
  const { project: ofShell } = useShellState();
  const { behind, project: ofPoint } = useBehind();
  const project = behind ? ofPoint : ofShell;
  const [search, setFilter] = useSearchValue('show', 'all');
  const [, setCreating] = useSearchValue('new');
  const filter = behind ? 'all' : (filters.find((each) => each === search) ?? 'all');
  const [busy, setBusy] = useState(false);
  const [selected, setSelected] = useEntryState<string | null>('selected', null);
  const [stopping, setStopping] = useState<string | null>(null);
  const [peeking, setPeeking] = useState(false);
  const memory = useScrollMemory();
  const table = useRef<RunTableHandle>(null);
  const list = useRunList(filter, project, busy, behind);
  const items = useMemo(() => withDays(list.rows ?? [], startOfDay), [list.rows]);

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
  const known = list.rows?.find((each) => each.id === selected);
  const row = known ? (client.rows.getState().byId.get(known.id) ?? known) : undefined;
  const reason = (action: Parameters<typeof rowAllows>[1]): string | undefined =>
    !row
      ? strings.actions.select
      : rowAllows(row.status, action)
        ? undefined
        : strings.actions.notNow(strings.status[row.status]);
  const act = (
    id: string,
    title: string,
    keys: string,
    unavailable: string | undefined,
    work: (row: RunRow) => void,
  ): Action => ({
    id,
    title,
    keys,
    unavailable,
    group: strings.group,
    scope: 'view',
    run: () => {
      if (row) work(row);
    },
  });
  const paused = row?.status === 'paused';
  const chosen = row ? undefined : strings.actions.select;
  useActions([
    act('run.open', strings.actions.open, 'o', chosen, ({ id }) => {
      open(id);
    }),
    act('run.peek', strings.actions.peek, 'Space', chosen, () => {
      setPeeking(true);
    }),
    {
      id: 'run.menu',
      title: strings.actions.menu,
      group: strings.group,
      scope: 'view',
      keys: '.',
      unavailable: chosen,
      run: () => table.current?.menu(),
    },
    act('run.copy-link', strings.actions.copyLink, '$mod+Shift+c', chosen, ({ id }) => {
      const link = new URL(href(to('run', { id })), document.baseURI).toString();
      void navigator.clipboard.writeText(link).then(() => {
        toast({ text: strings.actions.copied });
      });
    }),
    act(
      'run.pause',
      row ? (paused ? strings.actions.resume : strings.actions.pause) : strings.actions.pauseOrResume,
      'p',
      reason(paused ? 'resume' : 'pause'),
      ({ id }) => {
        void command(paused ? 'run.resume' : 'run.pause', { id });
      },
    ),
    act('run.stop', strings.actions.stop, 'Shift+x', reason('stop'), ({ id }) => {
      setStopping(id);
    }),
    act(
      'run.diff',
      strings.actions.diff,
      'd',
      row && row.filesChanged === 0 ? strings.actions.noChanges : reason('diff'),
      ({ id }) => {
        router.go(to('review', { id }));
      },
    ),
    act('run.retry', strings.actions.retry, 'y', reason('retry'), ({ id }) => {
      void command('run.retry', { id }).then((reply) => {
        if (reply.ok) open(reply.value.run.id);
      });
    }),
  ]);

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
    <div className="flex min-h-0 flex-1 flex-col">
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
            value={filter}
            onValueChange={setFilter}
            tabs={filters.map((value) => ({
              value,
              label: words.filters[value],
              count: list.counts?.[value],
            }))}
            aside={
              list.held > 0 ? (
                <Button size="small" icon={RefreshCw} onClick={list.refresh}>
                  {words.changed(list.held)}
                </Button>
              ) : null
            }
          />
        )}
      </div>
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
          setBusy(true);
        }}
        onPointerLeave={() => {
          setBusy(false);
        }}
      >
        {list.rows === undefined ? (
          list.failure ? null : (
            <SkeletonRows rows={10} label={words.loading} />
          )
        ) : items.length === 0 ? (
          <NoRuns filter={filter} behind={behind !== undefined} action={create(false)} />
        ) : (
          <RunTable
            key={behind ? JSON.stringify(behind) : filter}
            ref={table}
            items={items}
            selected={selected}
            onSelect={setSelected}
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
        )}
      </div>
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

function NoRuns({ filter, behind, action }: { filter: RunFilter; behind: boolean; action: React.ReactNode }) {
  const router = useRouter();
  const board = (
    <Button
      onClick={() => {
        router.go(to('board', {}));
      }}
    >
      {words.empty.board}
    </Button>
  );
  if (behind)
    return <EmptyState icon={Activity} title={words.behind.none} detail={words.behind.noneDetail} />;
  return (
    <EmptyState
      icon={Activity}
      title={words.empty[filter]}
      detail={words.empty[`${filter}Detail`]}
      action={
        filter === 'all' || filter === 'active' ? (
          <>
            {action}
            {board}
          </>
        ) : undefined
      }
    />
  );
}
