import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { laneChoices, noValue, type BoardFilter, type BoardLanes } from '../../../preload/contract/board.ts';
import type { Stage } from '../../../preload/contract/moves.ts';
import { useEntryState } from '../../app/router-context.tsx';
import { useShellState } from '../../app/shell-context.tsx';
import type { ViewProps } from '../../app/view-props.ts';
import { useOverview } from '../../client/client-context.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { Onboarding } from '../onboarding/onboarding.tsx';
import { ProposalPeek } from '../proposal/proposal-peek.tsx';
import { useBoard, useBoardState, useCursor, useLanes } from './board-context.tsx';
import { columnLayout, laneLayout, type Layout } from './board-layout.ts';
import { focusCard } from './board-cursor.ts';
import { boardQuery } from './board-input.ts';
import { BoardSearch } from './board-search.tsx';
import { BoardToolbar } from './board-toolbar.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { BoardColumn } from './column.tsx';
import { chosenCount } from './filter-address.ts';
import { FilterChips } from './filter-chips.tsx';
import { FilterPopover } from './filter-popover.tsx';
import { LaneBoard } from './lane-board.tsx';
import { Rail } from './rail.tsx';
import { SkeletonColumn } from './skeleton-column.tsx';
import { StageStrip } from './stage-strip.tsx';
import { StaleBar } from './stale-bar.tsx';
import { strings } from './strings.ts';
import { useBoardActions } from './use-board-actions.ts';
import { useBoardDrag } from './use-board-drag.ts';
import { useSearchBox } from '../../client/use-search-box.ts';
import { useKeptCard } from './use-kept-card.ts';
import { useShown } from './use-shown.ts';
import { ViewsMenu } from './views-menu.tsx';

const main: readonly Stage[] = ['idea', 'research', 'plan', 'approved'];
const rails = ['archived', 'rejected'] as const;
const every: readonly Stage[] = [...main, ...rails];

export function BoardView(_: ViewProps<'board'>) {
  const overview = useOverview();
  return overview?.projects === 0 && overview.proposals === 0 ? <Onboarding /> : <FilledBoard />;
}

function FilledBoard() {
  const board = useBoard();
  const laneStore = useLanes();
  const cursor = useCursor();
  const { project } = useShellState();
  useKeptCard(cursor);
  const shownBoard = useShown();
  const { shown: chosen, settled, set } = shownBoard;
  const { filter, lanes } = chosen;
  const keepSearch = useCallback(
    (search: string) => {
      set({ ...chosen, filter: { ...chosen.filter, search: search || undefined } });
    },
    [chosen, set],
  );
  const show = useCallback(
    (search: string) => {
      const query = boardQuery(filter, search, project);
      board.show(query);
      laneStore.show(lanes, query);
    },
    [board, laneStore, project, filter, lanes],
  );
  const box = useSearchBox(filter.search ?? '', keepSearch, show);
  const [filtersOpen, setFiltersOpen] = useState(false);
  const [viewsOpen, setViewsOpen] = useState(false);
  const [naming, setNaming] = useState<'save' | 'rename'>();
  const [peeked, setPeeked] = useEntryState<string | undefined>('peek', undefined);
  const [rail, setRail] = useEntryState<(typeof rails)[number] | undefined>('rail', undefined);
  const field = useRef<HTMLInputElement>(null);
  const columns = useRef<HTMLDivElement>(null);
  const loaded = useBoardState((state) => state.columns !== undefined);
  const failure = useBoardState((state) => state.failure);

  useEffect(() => {
    if (settled) show(box.store.getState().typed);
  }, [settled, show, box]);
  const setFilter = (next: BoardFilter): void => {
    set({ ...chosen, filter: next });
  };
  const setLanes = (next: BoardLanes): void => {
    set({ ...chosen, lanes: next });
  };

  const toggleRail = (which: (typeof rails)[number]): void => {
    setRail(rail === which ? undefined : which);
  };
  const shown = useMemo<readonly Stage[]>(() => (rail ? [...main, rail] : main), [rail]);
  const layout = useMemo(
    () => (lanes === 'none' ? columnLayout(board, shown) : laneLayout(laneStore, shown)),
    [board, laneStore, lanes, shown],
  );
  useBoardActions({
    shown,
    layout,
    foldLane:
      lanes === 'none'
        ? undefined
        : (card) => {
            const lane = (lanes === 'goal' ? card.goalId : card.projectId) ?? noValue;
            laneStore.fold(lane, !laneStore.store.getState().folded.has(lane));
          },
    peek: setPeeked,
    focusFilter: () => {
      field.current?.focus();
      field.current?.select();
    },
    clearFilter: () => {
      if (box.store.getState().typed !== '') box.type('');
      else if (chosenCount(filter) > 0) setFilter({});
    },
    openFilters: () => {
      setFiltersOpen(true);
    },
    openViews: () => {
      setViewsOpen(true);
    },
    saveView: () => {
      setNaming('save');
    },
    nextLanes: () => {
      setLanes(laneChoices[(laneChoices.indexOf(lanes) + 1) % laneChoices.length] ?? 'none');
    },
    toggleRail,
  });
  useBoardDrag(layout);

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <BoardToolbar lanes={lanes} onLanes={setLanes}>
        <BoardSearch
          box={box}
          field={field}
          onLeave={() => {
            const first = shown.flatMap((stage) => layout.idsOf(stage).slice(0, 1));
            if (first[0] === undefined) field.current?.blur();
            else focusCard(cursor, first[0]);
          }}
        />
        <FilterPopover
          filter={filter}
          project={project}
          open={filtersOpen}
          onOpenChange={setFiltersOpen}
          onChange={setFilter}
        />
        <ViewsMenu
          {...shownBoard}
          open={viewsOpen}
          onOpenChange={setViewsOpen}
          naming={naming}
          onNaming={setNaming}
        />
      </BoardToolbar>
      <FilterChips
        filter={filter}
        project={project}
        onChange={setFilter}
        onClear={() => {
          setFilter({});
        }}
        onSave={
          shownBoard.view === undefined
            ? () => {
                setNaming('save');
              }
            : undefined
        }
      />
      {failure ? null : <StaleBar />}
      {failure ? (
        <div className="px-12 pb-4">
          <ErrorBar
            message={strings.failed}
            hint={`${failure.message} ${failure.hint ?? ''}`}
            onRetry={board.reread}
          />
        </div>
      ) : null}
      <StageStrip board={columns} stages={every} />
      <div
        ref={columns}
        aria-label={strings.board}
        role="group"
        className="flex min-h-0 flex-1 gap-12 overflow-x-auto overflow-y-hidden px-12 pb-12"
      >
        {lanes !== 'none' ? (
          <LaneBoard shown={shown} onOpen={setPeeked} />
        ) : (
          main.map((stage) =>
            loaded ? (
              <BoardColumn key={stage} stage={stage} onOpen={setPeeked} />
            ) : (
              <SkeletonColumn key={stage} stage={stage} still={failure !== undefined} />
            ),
          )
        )}
        {rails.map((stage) =>
          rail === stage && lanes === 'none' ? (
            <BoardColumn
              key={stage}
              stage={stage}
              onOpen={setPeeked}
              onFold={() => {
                setRail(undefined);
              }}
            />
          ) : (
            <Rail
              key={stage}
              stage={stage}
              open={rail === stage}
              onExpand={() => {
                toggleRail(stage);
              }}
            />
          ),
        )}
      </div>
      <BulkBar />
      <ProposalPeek
        id={peeked}
        onClose={() => {
          setPeeked(undefined);
          focusCard(cursor, cursor.getState().focused);
        }}
        onStep={(by) => {
          const next = neighbour(layout, shown, peeked, by);
          if (next === undefined) return;
          cursor.setState({ focused: next });
          setPeeked(next);
        }}
      />
    </div>
  );
}

function neighbour(
  layout: Layout,
  shown: readonly Stage[],
  id: string | undefined,
  by: 1 | -1,
): string | undefined {
  for (const stage of shown) {
    const ids = layout.idsOf(stage);
    const at = id === undefined ? -1 : ids.indexOf(id);
    if (at >= 0) return ids[at + by];
  }
  return undefined;
}
