import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useSearchValue } from '../../app/router-context.tsx';
import type { EventFeed, FeedState } from './event-feed.ts';
import type { TimelineFilter } from './timeline-rows.ts';
import { placeOfEvent } from './timeline-place.ts';
import { useRunFind } from './use-run-find.ts';

const seqOfKey = (key: string): number | null => {
  const seq = /^e(\d+)$/u.exec(key)?.[1];
  return seq === undefined ? null : Number(seq);
};

/**
 * Finding in a timeline, and going to an event wherever it lies: earlier events are read until it is there, its step and its fold are opened,
 * and filters that would hide it are taken off. `selected` is the key the address names.
 */
export function useTimelineFind(options: {
  readonly runId: string;
  readonly feed: EventFeed;
  readonly state: FeedState;
  readonly raw: boolean;
  readonly selected: string;
  readonly toggled: ReadonlySet<string>;
  readonly onToggled: (toggled: ReadonlySet<string>) => void;
  readonly filters: ReadonlySet<TimelineFilter>;
  readonly onFilters: (filters: ReadonlySet<TimelineFilter>) => void;
  readonly select: (key: string) => void;
  /** Brings a row into view; once it is there, when rows are just changing. */
  readonly reveal: (key: string, moved: boolean) => void;
}) {
  const { runId, feed, state, raw, selected, toggled, filters } = options;
  const { onToggled, onFilters, select, reveal } = options;
  const [text, setText] = useSearchValue('find');
  const [asked, setAsked] = useState(0);
  const [opened, setOpened] = useState(text !== '');
  // A link names an event that may not have been read yet.
  const target = useRef(seqOfKey(selected));
  const [current, setCurrent] = useState(() => (text === '' ? null : seqOfKey(selected)));
  const found = useRunFind(runId, opened ? text : '', state.timeline.lastSeq);
  const seqs = useMemo(() => new Set(found.seqs), [found.seqs]);

  const goOn = useCallback(() => {
    const seq = target.current;
    if (seq === null || state.timeline.events.length === 0) return;
    if (seq < state.timeline.firstSeq) {
      feed.reach(seq);
      return;
    }
    const place = raw ? undefined : placeOfEvent(state.timeline, seq);
    if (!raw && !place) return;
    target.current = null;
    const key = place?.key ?? `e${String(seq)}`;
    let moved = false;
    if (place) {
      const next = new Set(toggled);
      if (place.fold !== undefined) next.add(place.fold);
      if (place.step !== undefined) next.delete(place.step);
      moved = next.size !== toggled.size || filters.size > 0;
      if (next.size !== toggled.size) onToggled(next);
      if (filters.size > 0) onFilters(new Set());
    }
    select(key);
    reveal(key, moved);
    // The timeline grows in place: a new state comes with every change of it.
  }, [state, raw, toggled, filters, feed, onToggled, onFilters, select, reveal]);
  useEffect(goOn, [goOn]);

  const step = (direction: 1 | -1): void => {
    const all = found.seqs;
    const from = current ?? seqOfKey(selected);
    const next =
      from === null
        ? undefined
        : direction === 1
          ? all.find((seq) => seq > from)
          : all.findLast((seq) => seq < from);
    const to = next ?? (direction === 1 ? all[0] : all.at(-1));
    if (to === undefined) return;
    setCurrent(to);
    target.current = to;
    goOn();
  };
  return {
    open: opened,
    /** What rows mark: the words, in rows that hold one of these. */
    text: opened ? text.trim() : '',
    seqs,
    ask: () => {
      setOpened(true);
      setAsked((count) => count + 1);
    },
    close: () => {
      setOpened(false);
      setText('');
      setCurrent(null);
    },
    box: {
      text,
      onText: (typed: string) => {
        setText(typed);
        setCurrent(null);
      },
      asked,
      at: current === null ? 0 : found.seqs.indexOf(current) + 1,
      total: found.total,
      complete: found.complete,
      pending: found.pending,
      failure: found.failure,
      onStep: step,
    },
  };
}
