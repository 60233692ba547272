import { Inbox as InboxIcon } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useActions } from '../../app/actions-context.tsx';
import { useRouter, useScrollMemory, useSearchValue } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useShellState } from '../../app/shell-context.tsx';
import { useMedia } from '../../app/use-media.ts';
import type { ViewProps } from '../../app/view-props.ts';
import { useOverview, useQuery } from '../../client/client-context.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { Split } from '../../ui/split.tsx';
import { VirtualList, type VirtualListHandle } from '../../ui/virtual-list.tsx';
import { Onboarding } from '../onboarding/onboarding.tsx';
import { useInert } from '../proposal/use-inert.ts';
import type { InboxItem } from './inbox-item.ts';
import { DoneList } from './done-list.tsx';
import { InboxRow } from './inbox-row.tsx';
import { ProposalPane } from './proposal-pane.tsx';
import { RunPane } from './run-pane.tsx';
import { SnoozedList } from './snoozed-list.tsx';
import { strings } from './strings.ts';

export function InboxView(_: ViewProps<'inbox'>) {
  const overview = useOverview();
  return overview?.projects === 0 && overview.proposals === 0 ? <Onboarding /> : <Lists />;
}

const lists = ['waiting', 'snoozed', 'done'] as const;

/** What waits, what was snoozed, and what was decided; `v` goes through them. */
function Lists() {
  const [chosen, choose] = useSearchValue('list', 'waiting');
  const { project } = useShellState();
  const { data } = useQuery('inbox.list', project ? { projectId: project } : {});
  const list = lists.find((each) => each === chosen) ?? 'waiting';
  useActions([
    {
      id: 'inbox.list',
      title: strings.showNext,
      group: strings.group,
      scope: 'view',
      keys: 'v',
      run: () => {
        choose(lists[(lists.indexOf(list) + 1) % lists.length] ?? 'waiting');
      },
    },
  ]);
  return (
    <>
      <div className="flex shrink-0 items-center border-b border-line px-16 py-8">
        <Segmented
          label={strings.which}
          value={list}
          onValueChange={choose}
          segments={lists.map((value) => ({
            value,
            label:
              value === 'snoozed' && data && data.snoozed > 0
                ? `${strings.lists.snoozed} ${String(data.snoozed)}`
                : strings.lists[value],
          }))}
        />
      </div>
      {list === 'waiting' ? <FilledInbox /> : list === 'snoozed' ? <SnoozedList /> : <DoneList />}
    </>
  );
}

const none: readonly InboxItem[] = [];

function FilledInbox() {
  const router = useRouter();
  const narrow = useMedia('(max-width: 759px)');
  const { project } = useShellState();
  const { data, failure, pending, reread } = useQuery('inbox.list', project ? { projectId: project } : {});
  const [chosen, choose] = useSearchValue('item');
  const list = useRef<VirtualListHandle>(null);
  const memory = useScrollMemory('inbox');
  const items = data?.items ?? none;
  const at = items.findIndex(({ key }) => key === chosen);
  const place = useRef(0);
  useEffect(() => {
    if (at >= 0) place.current = at;
  }, [at]);
  // When the chosen item was dealt with, the one that took its place is shown.
  const item = items[at] ?? items[Math.min(place.current, items.length - 1)]; // eslint-disable-line react-hooks/refs -- read to stay where the reader was
  const key = item?.key;
  useEffect(() => {
    if (key !== undefined && key !== chosen) choose(key);
  }, [key, chosen, choose]);

  const token = item ? `${item.key} ${String(item.version)}` : '';
  const [inert, settle] = useInert(token);
  const select = useCallback(
    (next: InboxItem | undefined) => {
      if (!next) return;
      settle(`${next.key} ${String(next.version)}`);
      choose(next.key);
      list.current?.scrollTo(next.key);
    },
    [choose, settle],
  );
  const step = (by: number): void => {
    const from = items.findIndex((each) => each.key === key);
    select(items[Math.min(items.length - 1, Math.max(0, from + by))]);
  };
  const base = { group: strings.group, scope: 'view', listed: false, repeats: true } as const;
  useActions([
    {
      ...base,
      id: 'inbox.next',
      title: strings.next,
      keys: ['j', 'ArrowDown'],
      run: () => {
        step(1);
      },
    },
    {
      ...base,
      id: 'inbox.previous',
      title: strings.previous,
      keys: ['k', 'ArrowUp'],
      run: () => {
        step(-1);
      },
    },
    {
      ...base,
      listed: true,
      repeats: false,
      id: 'inbox.open',
      title: strings.open,
      keys: 'Enter',
      unavailable: item ? undefined : strings.choose,
      run: () => {
        if (item) router.go(to(item.entity, { id: item.entityId }));
      },
    },
  ]);

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {failure ? (
        <div className="p-12">
          <ErrorBar
            kind={data ? 'stale' : 'error'}
            message={strings.failed}
            hint={`${failure.message} ${failure.hint ?? ''}`}
            onRetry={reread}
            busy={pending}
          />
        </div>
      ) : null}
      {!data && !failure ? <SkeletonRows rows={8} /> : null}
      {data && items.length === 0 ? <Quiet /> : null}
      {item && narrow ? (
        <InboxList
          ref={list}
          items={items}
          total={data?.total ?? items.length}
          selected={item.key}
          memory={memory}
          onSelect={(next) => {
            select(next);
            router.go(to(next.entity, { id: next.entityId }));
          }}
        />
      ) : item ? (
        <Split
          label={strings.list}
          initial={420}
          minimum={300}
          maximum={560}
          first={
            <InboxList
              ref={list}
              items={items}
              total={data?.total ?? items.length}
              selected={item.key}
              memory={memory}
              onSelect={select}
            />
          }
          second={
            item.entity === 'proposal' ? (
              <ProposalPane item={item} inert={inert} />
            ) : (
              <RunPane key={item.key} item={item} inert={inert} />
            )
          }
        />
      ) : null}
    </div>
  );
}

function InboxList({
  items,
  total,
  selected,
  memory,
  onSelect,
  ref,
}: {
  items: readonly InboxItem[];
  total: number;
  selected: string;
  memory: ReturnType<typeof useScrollMemory>;
  onSelect: (item: InboxItem) => void;
  ref: React.Ref<VirtualListHandle>;
}) {
  const blocking = useMemo(() => items.filter((item) => item.blocking).length, [items]);
  return (
    <>
      <VirtualList
        ref={ref}
        label={strings.list}
        items={items}
        itemKey={({ key }) => key}
        rowHeight={(_item, index) => (index === 0 || (blocking > 0 && index === blocking) ? 84 : 56)}
        selected={selected}
        memory={memory}
        onSelect={(_key, chosen) => {
          onSelect(chosen);
        }}
        rowClassName="border-b border-line"
        renderRow={(row, { index }) => (
          <InboxRow
            item={row}
            heading={
              index === 0
                ? blocking > 0
                  ? `${strings.blocking} ${String(blocking)}`
                  : `${strings.waiting} ${String(total)}`
                : index === blocking
                  ? `${strings.waiting} ${String(total - blocking)}`
                  : undefined
            }
          />
        )}
      />
      {total > items.length ? (
        <p className="shrink-0 border-t border-line px-16 py-8 text-meta text-ink-3">
          {strings.more(total - items.length)}
        </p>
      ) : null}
    </>
  );
}

function Quiet() {
  const router = useRouter();
  const overview = useOverview();
  return (
    <EmptyState
      icon={InboxIcon}
      title={strings.empty}
      detail={overview ? strings.emptyDetail(overview.running, overview.ideas) : undefined}
      action={
        <Button
          onClick={() => {
            router.go(to('board', {}));
          }}
        >
          {strings.board}
        </Button>
      }
    />
  );
}
