import { Plus, Search, Target } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { useEntryState, useRouter, useScrollMemory, useSearchValue } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { TitleBarActions, usePageTitle } from '../../app/shell-context.tsx';
import { useMedia } from '../../app/use-media.ts';
import type { ViewProps } from '../../app/view-props.ts';
import { useQuery } from '../../client/client-context.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ReadList } from '../../ui/read-state.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Split } from '../../ui/split.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { VirtualListHandle } from '../../ui/virtual-list.tsx';
import { GoalDialogs, type GoalDialogState } from './goal-dialogs.tsx';
import { GoalPane } from './goal-pane.tsx';
import { GoalTable } from './goal-table.tsx';
import { aboveOf, firstExpanded, shownGoals, stillSelected, treeItems, type TreeItem } from './goal-tree.ts';
import { strings } from './strings.ts';
import { useGoalActions } from './use-goal-actions.ts';
import { useGoalCommands } from './use-goal-commands.ts';
import { useGoalWork } from './use-goal-work.ts';

/** What should be true: goals with their measures, and the work that serves them. */
export function GoalsView(_: ViewProps<'goals'>) {
  const router = useRouter();
  const [opened, setOpened] = useSearchValue('id');
  const [show, setShow] = useSearchValue('show', 'open');
  const [search, setSearch] = useSearchValue('find');
  const [wanted, setSelected] = useEntryState<string | null>('selected', opened === '' ? null : opened);
  const [chosen, setChosen] = useEntryState<ReadonlySet<string> | null>('expanded', null);
  const [dialog, setDialog] = useState<GoalDialogState | null>(null);
  const memory = useScrollMemory();
  const list = useRef<VirtualListHandle>(null);
  const field = useRef<HTMLInputElement>(null);
  const tight = useMedia('(max-width: 999px)');
  const commands = useGoalCommands();
  const query = useQuery('goal.tree', {}, { every: 1_000 });
  const { data } = query;

  const goals = useMemo(() => shownGoals(data ?? [], show === 'all', search), [data, show, search]);
  const expanded = useMemo(() => chosen ?? firstExpanded(data ?? []), [chosen, data]);
  const known = useMemo(
    () => goals.filter(({ id }) => expanded.has(id)).map(({ id }) => id),
    [goals, expanded],
  );
  const work = useGoalWork(known);
  const items = useMemo(
    () => treeItems(goals, expanded, work, search.trim() !== ''),
    [goals, expanded, work, search],
  );
  const selected = stillSelected(items, wanted);
  const current = items.find(({ key }) => key === selected);
  const shown = data?.find(({ id }) => id === opened);
  usePageTitle(shown?.title);

  const select = (key: string): void => {
    setSelected(key);
    const item = items.find((each) => each.key === key);
    // The pane follows, so that reading on is one key.
    if (opened !== '' && item?.kind === 'goal') setOpened(item.goalId);
  };
  const toggle = (id: string, open: boolean): void => {
    const next = new Set(expanded);
    if (open) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  const branch = (item: TreeItem, open: boolean): void => {
    if (item.kind === 'goal' && item.expanded !== open) {
      toggle(item.goalId, open);
      return;
    }
    const at = items.indexOf(item);
    const next = open ? items[at + 1] : undefined;
    const key = open ? (next && next.level > item.level ? next.key : undefined) : aboveOf(items, item.key);
    if (key === undefined) return;
    select(key);
    list.current?.scrollTo(key);
  };
  const open = (item: TreeItem): void => {
    if (item.kind === 'goal') setOpened(item.goalId);
    else if (item.kind === 'proposal') router.go(to('proposal', { id: item.proposal.id }));
    else if (item.kind === 'intent') router.go(to('intent', { id: item.intent.id }));
  };
  const close = (): void => {
    setOpened('');
    list.current?.focus();
  };
  const choose = (id: string): void => {
    setSelected(id);
    setOpened(id);
  };
  useGoalActions({
    rows: data ?? [],
    items,
    current,
    opened: shown,
    commands,
    select: (key) => {
      select(key);
      list.current?.scrollTo(key);
    },
    open,
    branch,
    close,
    dialog: setDialog,
    focusFilter: () => field.current?.focus(),
  });

  const add = (): void => {
    setDialog({ kind: 'new', parentId: '' });
  };
  const over = (data?.length ?? 0) - shownGoals(data ?? [], false, '').length;
  const table = (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-8 px-12 py-8">
        <TextField
          ref={field}
          icon={Search}
          keys="/"
          className="w-[240px]"
          aria-label={strings.filter}
          placeholder={strings.filter}
          value={search}
          onValueChange={setSearch}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' && event.key !== 'Enter' && event.key !== 'ArrowDown') return;
            event.preventDefault();
            if (event.key === 'Escape') setSearch('');
            list.current?.focus();
          }}
        />
        <Segmented
          label={strings.show.label}
          value={show === 'all' ? 'all' : 'open'}
          onValueChange={setShow}
          segments={[
            { value: 'open', label: strings.show.open },
            { value: 'all', label: strings.show.all },
          ]}
        />
      </div>
      {items.length === 0 ? (
        search.trim() === '' ? (
          <EmptyState
            icon={Target}
            title={strings.nothingOpen}
            detail={strings.nothingOpenDetail(over)}
            action={
              <Button
                onClick={() => {
                  setShow('all');
                }}
              >
                {strings.showAll}
              </Button>
            }
          />
        ) : (
          <p className="px-12 py-16 text-ink-2">{strings.noMatch}</p>
        )
      ) : (
        <GoalTable
          ref={list}
          items={items}
          selected={selected}
          onSelect={select}
          onOpen={open}
          onBranch={branch}
          onToggle={toggle}
          memory={memory}
        />
      )}
    </div>
  );
  const pane = shown ? (
    <GoalPane
      key={shown.id}
      id={shown.id}
      goals={data ?? []}
      commands={commands}
      onEdit={(detail) => {
        setDialog({ kind: 'edit', detail });
      }}
      onLink={(goal) => {
        setDialog({ kind: 'link', goalId: goal.id });
      }}
      onRemove={(goal) => {
        setDialog({ kind: 'remove', goal });
      }}
      onChoose={choose}
      onClose={close}
    />
  ) : null;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <TitleBarActions>
        {data && data.length > 0 ? (
          <Button variant="primary" icon={Plus} keys="c" onClick={add}>
            {strings.add}
          </Button>
        ) : null}
      </TitleBarActions>
      <ReadList
        query={query}
        failed={strings.failed}
        rows={8}
        empty={
          <EmptyState
            icon={Target}
            title={strings.empty}
            detail={strings.emptyDetail}
            action={
              <Button variant="primary" icon={Plus} keys="c" onClick={add}>
                {strings.add}
              </Button>
            }
          />
        }
      >
        {() =>
          pane === null ? (
            table
          ) : tight ? (
            pane
          ) : (
            <Split
              label={strings.group}
              sized="second"
              initial={400}
              minimum={320}
              first={table}
              second={pane}
            />
          )
        }
      </ReadList>
      <GoalDialogs
        state={dialog}
        goals={data ?? []}
        commands={commands}
        onClose={() => {
          setDialog(null);
        }}
        onSaved={(id) => {
          setDialog(null);
          setSelected(id);
        }}
        onRemoved={() => {
          setDialog(null);
          setOpened('');
        }}
      />
    </div>
  );
}
