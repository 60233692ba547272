import { useEffect, useRef, useState } from 'react';
import { labels } from '../../../preload/contract/labels.ts';
import type { Stage } from '../../../preload/contract/moves.ts';
import { useEntryState, useSearchValue } from '../../app/router-context.tsx';
import { useShellState } from '../../app/shell-context.tsx';
import type { ViewProps } from '../../app/views.tsx';
import { useClient, useConnection, useOverview } from '../../client/client-context.tsx';
import { useNow } from '../../ui/clock-context.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { formatDuration } from '../../ui/format-time.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Onboarding } from '../onboarding/onboarding.tsx';
import { ProposalPeek } from '../proposal/proposal-peek.tsx';
import { useBoard, useBoardState, useCursor } from './board-context.tsx';
import { focusCard } from './board-cursor.ts';
import { BoardToolbar } from './board-toolbar.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { BoardColumn } from './column.tsx';
import { Rail } from './rail.tsx';
import { strings } from './strings.ts';
import { useBoardActions } from './use-board-actions.ts';
import { useBoardDrag } from './use-board-drag.ts';

const main: readonly Stage[] = ['idea', 'research', 'plan', 'approved'];
const rails = ['archived', 'rejected'] as const;
const typingMs = 60;

export function BoardView(_: ViewProps<'board'>) {
  const overview = useOverview();
  return overview?.projects === 0 && overview.proposals === 0 ? <Onboarding /> : <FilledBoard />;
}

function FilledBoard() {
  const board = useBoard();
  const cursor = useCursor();
  const { clock } = useClient();
  const { project } = useShellState();
  const [goal, setGoal] = useSearchValue('goal');
  const [search, setSearch] = useSearchValue('q');
  const [typed, setTyped] = useState(search);
  const [peeked, setPeeked] = useEntryState<string | undefined>('peek', undefined);
  const [rail, setRail] = useEntryState<(typeof rails)[number] | undefined>('rail', undefined);
  const field = useRef<HTMLInputElement>(null);
  const loaded = useBoardState((state) => state.columns !== undefined);
  const failure = useBoardState((state) => state.failure);

  useEffect(() => {
    board.show({ projectId: project, goalId: goal || undefined, search: search || undefined });
  }, [board, project, goal, search]);
  useEffect(() => {
    if (typed === search) return undefined;
    return clock.after(typingMs, () => {
      setSearch(typed);
    });
  }, [typed, search, setSearch, clock]);

  const toggleRail = (which: (typeof rails)[number]): void => {
    setRail(rail === which ? undefined : which);
  };
  const shown: readonly Stage[] = rail ? [...main, rail] : main;
  useBoardActions({
    shown,
    peek: setPeeked,
    focusFilter: () => {
      field.current?.focus();
      field.current?.select();
    },
    clearFilter: () => {
      setTyped('');
    },
    toggleRail,
  });
  useBoardDrag();

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <BoardToolbar
        field={field}
        search={typed}
        onSearch={setTyped}
        onLeaveSearch={() => {
          const first = shown.flatMap(
            (stage) => board.store.getState().columns?.[stage].ids.slice(0, 1) ?? [],
          );
          if (first[0] === undefined) field.current?.blur();
          else focusCard(cursor, first[0]);
        }}
        goal={goal}
        onGoal={setGoal}
      />
      <StaleBar />
      {failure ? (
        <div className="px-12 pb-4">
          <ErrorBar
            message={strings.failed}
            hint={`${failure.message} ${failure.hint ?? ''}`}
            onRetry={board.reread}
          />
        </div>
      ) : null}
      <div
        aria-label={strings.board}
        role="group"
        className="flex min-h-0 flex-1 gap-12 overflow-x-auto overflow-y-hidden px-12 pb-12"
      >
        {main.map((stage) =>
          loaded ? (
            <BoardColumn key={stage} stage={stage} onOpen={setPeeked} />
          ) : (
            <SkeletonColumn key={stage} stage={stage} still={failure !== undefined} />
          ),
        )}
        {rails.map((stage) =>
          rail === stage ? (
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
              onExpand={() => {
                setRail(stage);
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
          const next = neighbour(board, shown, peeked, by);
          if (next === undefined) return;
          cursor.setState({ focused: next });
          setPeeked(next);
        }}
      />
    </div>
  );
}

function neighbour(
  board: ReturnType<typeof useBoard>,
  shown: readonly Stage[],
  id: string | undefined,
  by: 1 | -1,
): string | undefined {
  for (const stage of shown) {
    const ids = board.store.getState().columns?.[stage].ids ?? [];
    const at = id === undefined ? -1 : ids.indexOf(id);
    if (at >= 0) return ids[at + by];
  }
  return undefined;
}

function StaleBar() {
  const connection = useConnection();
  const client = useClient();
  const now = useNow(1000);
  if (connection.state !== 'stale' && connection.state !== 'offline') return null;
  return (
    <div className="px-12 pb-4">
      <ErrorBar
        kind="stale"
        message={strings.lost(formatDuration(now - connection.since))}
        hint={strings.lostHint}
        onRetry={client.retry}
      />
    </div>
  );
}

function SkeletonColumn({ stage, still }: { stage: Stage; still: boolean }) {
  return (
    <section
      aria-label={labels.stage[stage]}
      aria-busy={!still}
      className="flex min-w-[224px] flex-1 basis-0 flex-col"
    >
      <h2 className="flex h-28 items-center px-6 text-body font-strong">{labels.stage[stage]}</h2>
      <div className="flex flex-col gap-8 px-2 pt-6">
        {still
          ? null
          : [72, 92, 72].map((height, index) => (
              <div
                key={index}
                style={{ height }}
                className="flex flex-col gap-8 rounded-card border border-line bg-surface px-12 py-8"
              >
                <Skeleton className="w-[30%]" />
                <Skeleton className="w-[80%]" />
              </div>
            ))}
      </div>
    </section>
  );
}
