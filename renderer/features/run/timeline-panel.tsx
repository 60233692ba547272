import { Activity, ArrowDown, ArrowUp } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { Inspector } from '../../app/inspector.tsx';
import { useActions } from '../../app/actions-context.tsx';
import { useSearchValue } from '../../app/router-context.tsx';
import { formatTime } from '../../client/clock.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/badge.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { Time } from '../../ui/time.tsx';
import { useNow } from '../../ui/clock-context.tsx';
import type { EventFeed, FeedState } from './event-feed.ts';
import { EventInspector } from './event-inspector.tsx';
import { RawRow } from './raw-row.tsx';
import { strings } from './strings.ts';
import { createAxis } from './timeline-axis.ts';
import { TimelineList, type TimelineListHandle } from './timeline-list.tsx';
import { TimelineRowView } from './timeline-row.tsx';
import { rowIndex, timelineFilters, timelineRows, type TimelineFilter } from './timeline-rows.ts';
import type { Entry } from './timeline-entry.ts';

const words = strings.timeline;
const lenses = ['outline', 'waterfall', 'raw'] as const;
type Lens = (typeof lenses)[number];

export interface TimelinePanelProps {
  readonly feed: EventFeed;
  readonly state: FeedState;
  /** The run is going on: its end is now. */
  readonly live: boolean;
  /** When the stream was lost; milliseconds since 1970. */
  readonly lostSince: number | undefined;
  readonly aside?: ReactNode;
}

export function TimelinePanel({ feed, state, live, lostSince, aside }: TimelinePanelProps) {
  const { timeline, version } = state;
  const [lensValue, setLens] = useSearchValue('lens', 'outline');
  const lens: Lens = lenses.find((each) => each === lensValue) ?? 'outline';
  const [selected, setSelected] = useSearchValue('event');
  const [filters, setFilters] = useState<ReadonlySet<TimelineFilter>>(new Set());
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [follow, setFollow] = useState(selected === '');
  const [seenSeq, setSeenSeq] = useState(timeline.lastSeq);
  const list = useRef<TimelineListHandle>(null);
  const raw = lens === 'raw';

  const rows = useMemo(
    () => (raw ? [] : timelineRows(timeline, toggled, filters)),
    // The timeline grows in place; its version says when.
    [timeline, version, toggled, filters, raw], // eslint-disable-line react-hooks/exhaustive-deps
  );
  const count = raw ? timeline.events.length : rows.length;
  const index = useMemo(() => {
    if (selected === '') return -1;
    if (!raw) return rowIndex(rows, selected);
    const seq = Number(selected.replace(/^\D+/, ''));
    return timeline.events.findIndex((event) => event.seq === seq);
  }, [raw, rows, selected, timeline, version]); // eslint-disable-line react-hooks/exhaustive-deps
  const keyAt = useCallback(
    (at: number) => (raw ? timeline.events[at] && `e${String(timeline.events[at].seq)}` : rows[at]?.key),
    [raw, rows, timeline, version], // eslint-disable-line react-hooks/exhaustive-deps
  );
  const indexOf = useCallback(
    (key: string) =>
      raw ? timeline.events.findIndex((event) => `e${String(event.seq)}` === key) : rowIndex(rows, key),
    [raw, rows, timeline],
  );

  if (follow && seenSeq !== timeline.lastSeq) setSeenSeq(timeline.lastSeq);
  const fresh = Math.max(0, timeline.lastSeq - seenSeq);
  const select = useCallback(
    (key: string) => {
      setSelected(key);
      setFollow(false);
    },
    [setSelected],
  );
  const toggle = useCallback((key: string) => {
    setToggled((held) => {
      const next = new Set(held);
      if (!next.delete(key)) next.add(key);
      return next;
    });
    setFollow(false);
  }, []);

  const now = useNow(1000);
  const start = timeline.slots[0]?.entry.at ?? now;
  const lastAt =
    lastMoment(timeline.slots.at(-1)?.entry, timeline.slots.at(-1)?.children?.at(-1)?.entry) ?? start;
  const end = live ? Math.max(now, lastAt) : lastAt;
  const axis = useMemo(() => {
    const silences: { from: number; to: number }[] = [];
    const take = (entry: Entry): void => {
      if (entry.kind === 'gap' && entry.until !== null) silences.push({ from: entry.at, to: entry.until });
    };
    if (!raw)
      for (const slot of timeline.slots) {
        take(slot.entry);
        for (const child of slot.children ?? []) take(child.entry);
      }
    return createAxis(start, end, silences);
    // Silences are few and come with events, so the version stands for them.
  }, [timeline, version, start, end, raw]); // eslint-disable-line react-hooks/exhaustive-deps

  const jump = (direction: 1 | -1): void => {
    const failed = raw
      ? timeline.events.flatMap((event, at) =>
          timeline.failures.includes(`e${String(event.seq)}`) ? at : [],
        )
      : rows.flatMap((row, at) => (row.entry.failed ? at : []));
    const next =
      direction === 1 ? failed.find((at) => at > index) : failed.findLast((at) => at < index || index < 0);
    const target = next ?? (direction === 1 ? failed[0] : failed.at(-1));
    const key = target === undefined ? undefined : keyAt(target);
    if (target === undefined || key === undefined) return;
    select(key);
    list.current?.reveal(target);
    list.current?.focus();
  };
  const errors = timeline.failures.length;
  const none = errors === 0 ? words.noErrors : undefined;
  const view = { group: strings.group, scope: 'view' } as const;
  useActions([
    {
      ...view,
      id: 'timeline.next-error',
      title: words.nextError,
      keys: 'n',
      unavailable: none,
      run: () => {
        jump(1);
      },
    },
    {
      ...view,
      id: 'timeline.previous-error',
      title: words.previousError,
      keys: 'Shift+n',
      unavailable: none,
      run: () => {
        jump(-1);
      },
    },
    {
      ...view,
      id: 'timeline.follow',
      title: words.follow,
      keys: 'f',
      run: () => {
        setSelected('');
        setFollow(true);
      },
    },
    {
      ...view,
      id: 'timeline.lens',
      title: words.nextLens,
      keys: 'l',
      run: () => {
        setLens(lenses[(lenses.indexOf(lens) + 1) % lenses.length] ?? 'outline');
      },
    },
  ]);
  // Before anything has happened there is nothing to choose from.
  const begun = state.loading || timeline.events.length > 0;
  const focused = rows[index];
  const onKey = (key: string): boolean => {
    if (!focused || focused.expanded === null) {
      if (key !== 'ArrowLeft' || !focused || focused.depth === 0) return false;
      const parent = rows.slice(0, index).findLastIndex((row) => row.depth < focused.depth);
      const above = rows[parent];
      if (!above) return false;
      select(above.key);
      list.current?.reveal(parent);
      return true;
    }
    const wants =
      key === 'ArrowRight'
        ? true
        : key === 'ArrowLeft'
          ? false
          : key === 'Enter'
            ? !focused.expanded
            : undefined;
    if (wants === undefined) return false;
    if (wants !== focused.expanded) toggle(focused.key);
    return true;
  };
  // A link may name an event: show it once it is there.
  const revealed = useRef(false);
  useEffect(() => {
    if (revealed.current || index < 0) return;
    revealed.current = true;
    list.current?.reveal(index);
  }, [index]);

  const problem =
    lostSince === undefined ? (
      state.failure ? (
        <ErrorBar message={words.failure} hint={state.failure.message} onRetry={feed.retry} />
      ) : null
    ) : (
      <ErrorBar
        kind="stale"
        message={words.lost('')}
        hint={<Time at={formatTime(lostSince)} />}
        onRetry={feed.retry}
      />
    );
  return (
    <section aria-label={words.label} className="flex min-h-0 flex-1 flex-col">
      {begun ? (
        <Inspector>
          <EventInspector entry={rows[index]?.entry} event={raw ? timeline.events[index] : undefined} />
        </Inspector>
      ) : null}
      <div
        hidden={!begun}
        className="flex shrink-0 flex-wrap items-center gap-x-12 gap-y-6 border-b border-line px-12 py-6 [[hidden]]:hidden"
      >
        <Segmented<Lens>
          label={words.lens}
          value={lens}
          onValueChange={setLens}
          segments={lenses.map((value) => ({ value, label: words.lenses[value] }))}
        />
        {raw ? null : (
          <div role="group" aria-label={words.filter} className="flex flex-wrap items-center gap-4">
            {timelineFilters.map((filter) =>
              filter === 'errors' && errors === 0 ? null : (
                <Chip
                  key={filter}
                  pressed={filters.has(filter)}
                  onPress={() => {
                    const next = new Set(filters);
                    if (!next.delete(filter)) next.add(filter);
                    setFilters(next);
                  }}
                >
                  {words.filters[filter]}
                  {filter === 'errors' ? (
                    <span className="font-medium text-danger-text">
                      {errors}
                      {state.complete ? '' : '+'}
                    </span>
                  ) : null}
                </Chip>
              ),
            )}
          </div>
        )}
        <div className="ml-auto flex items-center gap-4">
          {errors > 0 ? (
            <>
              <IconButton
                icon={ArrowUp}
                size="small"
                label={words.previousError}
                keys="Shift+n"
                onClick={() => {
                  jump(-1);
                }}
              />
              <IconButton
                icon={ArrowDown}
                size="small"
                label={words.nextError}
                keys="n"
                onClick={() => {
                  jump(1);
                }}
              />
            </>
          ) : null}
          {aside}
        </div>
      </div>
      {state.loading && count === 0 ? (
        <SkeletonRows rows={10} label={words.loadingOlder} />
      ) : count === 0 ? (
        filters.size > 0 ? (
          <EmptyState
            icon={Activity}
            title={words.emptyFilter}
            action={
              <Button
                onClick={() => {
                  setFilters(new Set());
                }}
              >
                {words.clearFilters}
              </Button>
            }
          />
        ) : state.failure ? null : (
          <EmptyState icon={Activity} title={words.empty} />
        )
      ) : (
        <TimelineList
          key={lens}
          ref={list}
          count={count}
          keyAt={keyAt}
          indexOf={indexOf}
          selectedIndex={index}
          onSelectIndex={(next) => {
            const key = keyAt(next);
            if (key !== undefined) select(key);
          }}
          onKey={onKey}
          follow={follow}
          onFollow={setFollow}
          fresh={fresh}
          onStart={feed.older}
          notice={
            state.loadingOlder ? (
              <span
                role="status"
                className="absolute top-8 left-1/2 -translate-x-1/2 rounded-full border border-line bg-raised px-12 py-4 text-meta text-ink-2"
              >
                {words.loadingOlder}
              </span>
            ) : null
          }
          renderRow={(at, id, top) => {
            if (raw) {
              const event = timeline.events[at];
              return event ? (
                <RawRow
                  key={event.seq}
                  event={event}
                  id={id}
                  index={at}
                  count={count}
                  top={top}
                  selected={at === index}
                  onSelect={select}
                />
              ) : null;
            }
            const row = rows[at];
            return row ? (
              <TimelineRowView
                key={row.key}
                row={row}
                id={id}
                index={at}
                count={count}
                top={top}
                selected={at === index}
                axis={axis}
                wide={lens === 'waterfall'}
                onSelect={select}
                onToggle={toggle}
              />
            ) : null;
          }}
        />
      )}
      {problem ? <div className="shrink-0 px-12 py-8">{problem}</div> : null}
    </section>
  );
}

function lastMoment(...entries: readonly (Entry | undefined)[]): number | undefined {
  const moments = entries.flatMap((entry) => (entry ? [entry.until ?? entry.at] : []));
  return moments.length === 0 ? undefined : Math.max(...moments);
}
