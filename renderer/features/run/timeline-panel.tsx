import { Activity } from 'lucide-react';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { Inspector } from '../../app/inspector.tsx';
import { useSearchValue } from '../../app/router-context.tsx';
import { formatTime } from '../../client/clock.ts';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../../ui/clock-context.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { Time } from '../../ui/time.tsx';
import type { EventFeed, FeedState } from './event-feed.ts';
import { EventInspector } from './event-inspector.tsx';
import { FindBox } from './find-box.tsx';
import { RawRow } from './raw-row.tsx';
import { strings } from './strings.ts';
import { timelineCounts } from './timeline-counts.ts';
import { TimelineMinimap, type MinimapHandle } from './timeline-minimap.tsx';
import { TimelineBackdrop, TimelineScale } from './timeline-scale.tsx';
import { TimelineList, type TimelineListHandle } from './timeline-list.tsx';
import { TimelineRowView } from './timeline-row.tsx';
import type { TimelineFilter } from './timeline-rows.ts';
import { lenses, TimelineToolbar, type Lens } from './timeline-toolbar.tsx';
import { holdsFound } from './timeline-place.ts';
import { useTimelineActions } from './use-timeline-actions.ts';
import { useTimelineFind } from './use-timeline-find.ts';
import { tellingIndex, useTimelineAxis, useTimelineRows } from './use-timeline-rows.ts';

const words = strings.timeline;

export interface TimelinePanelProps {
  readonly runId: string;
  readonly feed: EventFeed;
  readonly state: FeedState;
  /** The run is going on: its end is now. */
  readonly live: boolean;
  /** How it came out, once its work is over. */
  readonly outcome: 'well' | 'wrong' | undefined;
  /** When the stream was lost; milliseconds since 1970. */
  readonly lostSince: number | undefined;
  /** The steps whose checkpoints it can be tried again from. */
  readonly retryable: ReadonlySet<number>;
  readonly onRetryFrom: (step: number) => void;
}

export function TimelinePanel({
  runId,
  feed,
  state,
  live,
  outcome,
  lostSince,
  retryable,
  onRetryFrom,
}: TimelinePanelProps) {
  const { timeline } = state;
  const [lensValue, setLens] = useSearchValue('lens', 'outline');
  const lens: Lens = lenses.find((each) => each === lensValue) ?? 'outline';
  const [selected, setSelected] = useSearchValue('event');
  const [filters, setFilters] = useState<ReadonlySet<TimelineFilter>>(new Set());
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [follow, setFollow] = useState(selected === '' && outcome === undefined);
  const [seenSeq, setSeenSeq] = useState(timeline.lastSeq);
  const revealing = useRef<string>(undefined);
  const list = useRef<TimelineListHandle>(null);
  const raw = lens === 'raw';
  const shown = useTimelineRows(state, raw, toggled, filters);
  const { rows, count, keyAt, indexOf } = shown;
  // Nothing chosen: what is over shows how it came out.
  const chosen = indexOf(selected);
  const index = selected !== '' || outcome === undefined || follow ? chosen : tellingIndex(rows, outcome);
  const axis = useTimelineAxis(state, useNow(1000), live);
  const counts = useMemo(() => timelineCounts(state.timeline), [state]);
  const map = useRef<MinimapHandle>(null);

  // What was there when the run was opened is not news, nor what comes to one that is over.
  if ((follow || outcome !== undefined || seenSeq === 0) && seenSeq !== timeline.lastSeq)
    setSeenSeq(timeline.lastSeq);
  const fresh = Math.max(0, timeline.lastSeq - seenSeq);
  const select = useCallback(
    (key: string) => {
      setSelected(key);
      setFollow(false);
    },
    [setSelected],
  );
  // With a few rows around it.
  const show = useCallback((at: number) => {
    for (const row of [at + 3, Math.max(0, at - 3), at]) list.current?.reveal(row);
  }, []);
  const reveal = useCallback(
    (key: string, moved: boolean) => {
      const at = moved ? -1 : indexOf(key);
      revealing.current = at < 0 ? key : undefined;
      if (at >= 0) show(at);
    },
    [indexOf, show],
  );
  const find = useTimelineFind({
    runId,
    feed,
    state,
    raw,
    selected,
    toggled,
    onToggled: setToggled,
    filters,
    onFilters: setFilters,
    select,
    reveal,
  });
  const toggle = useCallback((key: string) => {
    setToggled((held) => {
      const next = new Set(held);
      if (!next.delete(key)) next.add(key);
      return next;
    });
    setFollow(false);
  }, []);
  const { momentOf, rowAt, checkpoints: checkpointRows } = shown;
  const sight = useCallback(
    (first: number, last: number) => {
      const from = momentOf(Math.max(0, first));
      const end = momentOf(Math.min(last, count - 1));
      // What is at an end of the list has the rest of the time on that side for itself.
      if (from !== undefined && end !== undefined)
        map.current?.sight(first <= 0 ? 0 : from, last >= count - 1 ? Infinity : end);
    },
    [momentOf, count],
  );
  const go = useCallback(
    (moment: number) => {
      setFollow(false);
      const at = rowAt(moment);
      for (const row of [at + 8, Math.max(0, at - 8), at]) list.current?.reveal(row);
    },
    [rowAt],
  );
  /** The next of these rows in a direction, from the chosen one; past an end it begins again. */
  const jumpTo = (places: readonly number[], direction: 1 | -1): void => {
    const next =
      direction === 1 ? places.find((at) => at > chosen) : places.findLast((at) => at < chosen || chosen < 0);
    const target = next ?? (direction === 1 ? places[0] : places.at(-1));
    const key = target === undefined ? undefined : keyAt(target);
    if (target === undefined || key === undefined) return;
    select(key);
    list.current?.reveal(target);
    list.current?.focus();
  };
  const jump = (direction: 1 | -1): void => {
    jumpTo(shown.failed(), direction);
  };
  useTimelineActions({
    errors: counts.errors,
    checkpoints: counts.flags,
    lens,
    onJump: jump,
    onCheckpoint: (direction) => {
      jumpTo(checkpointRows(), direction);
    },
    onLens: setLens,
    onFind: find.ask,
    onFollow: () => {
      setSelected('');
      setFollow(true);
    },
  });
  const onKey = (key: string): boolean => {
    const focused = rows[index];
    if (!focused) return false;
    if (focused.expanded === null) {
      if (key !== 'ArrowLeft' || focused.depth === 0) return false;
      const parent = rows.slice(0, index).findLastIndex((row) => row.depth < focused.depth);
      const above = rows[parent];
      if (!above) return false;
      select(above.key);
      list.current?.reveal(parent);
      return true;
    }
    const wants = { ArrowRight: true, ArrowLeft: false, Enter: !focused.expanded }[key];
    if (wants === undefined) return false;
    if (wants !== focused.expanded) toggle(focused.key);
    return true;
  };
  // A link may name an event, and a run that failed opens on its failure: show it once it is there.
  const revealed = useRef(false);
  useEffect(() => {
    if (revealed.current || index < 0) return;
    revealed.current = true;
    list.current?.reveal(index);
  }, [index]);

  // What was gone to is brought into view once its row is there: its step may just be opening.
  useLayoutEffect(() => {
    const at = revealing.current === undefined ? -1 : indexOf(revealing.current);
    if (at < 0) return;
    revealing.current = undefined;
    revealed.current = true;
    show(at);
  }, [indexOf, show]);

  // Before anything has happened there is nothing to choose from.
  const begun = state.loading || timeline.events.length > 0;
  return (
    <section aria-label={words.label} className="@container/panel flex min-h-0 flex-1 flex-col">
      {begun ? (
        <Inspector>
          {/* While the end is followed, its newest row is what is told in full. */}
          <EventInspector
            runId={runId}
            retryable={retryable}
            onRetryFrom={onRetryFrom}
            entry={(rows[index] ?? (follow ? rows.at(-1) : undefined))?.entry}
            event={
              raw ? (timeline.events[index] ?? (follow ? timeline.events.at(-1) : undefined)) : undefined
            }
          />
        </Inspector>
      ) : null}
      <TimelineToolbar
        hidden={!begun}
        lens={lens}
        onLens={setLens}
        filters={filters}
        onFilters={setFilters}
        counts={counts}
        partial={!state.complete}
        onJump={jump}
        onFind={find.ask}
        find={
          find.open ? (
            <FindBox
              {...find.box}
              onClose={() => {
                find.close();
                list.current?.focus();
              }}
            />
          ) : null
        }
      />
      {timeline.events.length > 1 ? (
        <TimelineMinimap
          ref={map}
          timeline={timeline}
          version={timeline.version}
          axis={axis}
          live={live}
          onGo={go}
        />
      ) : null}
      {count > 0 ? (
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
          onSight={sight}
          head={lens === 'waterfall' ? <TimelineScale axis={axis} live={live} /> : null}
          backdrop={raw ? null : <TimelineBackdrop axis={axis} live={live} wide={lens === 'waterfall'} />}
          notice={state.loadingOlder ? <Notice text={words.loadingOlder} /> : null}
          renderRow={(at, id, top, slot) => {
            const place = { id, index: at, count, top, selected: at === index, onSelect: select };
            if (raw) {
              const event = timeline.events[at];
              return event ? (
                <RawRow
                  key={slot}
                  event={event}
                  found={find.seqs.has(event.seq) ? find.text : ''}
                  {...place}
                />
              ) : null;
            }
            const row = rows[at];
            return row ? (
              <TimelineRowView
                key={slot}
                row={row}
                axis={axis}
                wide={lens === 'waterfall'}
                onToggle={toggle}
                found={holdsFound(row.entry, find.seqs) ? find.text : ''}
                {...place}
              />
            ) : null;
          }}
        />
      ) : state.loading ? (
        <SkeletonRows rows={10} label={words.loadingOlder} />
      ) : filters.size > 0 ? (
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
      )}
      <Problem failure={state.failure?.message} lostSince={lostSince} onRetry={feed.retry} />
    </section>
  );
}

function Notice({ text }: { text: string }) {
  return (
    <span
      role="status"
      className="absolute top-8 left-1/2 -translate-x-1/2 rounded-full border border-line bg-raised px-12 py-4 text-meta text-ink-2"
    >
      {text}
    </span>
  );
}

/** What stands between the reader and the newest events, at the end where they would be. */
function Problem(props: { failure: string | undefined; lostSince: number | undefined; onRetry: () => void }) {
  const { failure, lostSince, onRetry } = props;
  if (failure === undefined && lostSince === undefined) return null;
  return (
    <div className="shrink-0 px-12 py-8">
      {lostSince === undefined ? (
        <ErrorBar message={words.failure} hint={failure} onRetry={onRetry} />
      ) : (
        <ErrorBar
          kind="stale"
          message={words.lost}
          hint={<Time at={formatTime(lostSince)} />}
          onRetry={onRetry}
        />
      )}
    </div>
  );
}
