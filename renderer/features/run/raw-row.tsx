import { memo } from 'react';
import { parseTime } from '../../client/clock.ts';
import { findWords } from '../../../preload/contract/find-words.ts';
import { cx } from '../../ui/cx.ts';
import { Marked } from '../../ui/marked.tsx';
import { timeOfDay } from './clock-words.ts';
import { eventFailed } from './event-kind.ts';
import type { RunEvent } from './run-types.ts';

export interface RawRowProps {
  readonly event: RunEvent;
  /** What was looked for and found in it; '' otherwise. */
  readonly found: string;
  readonly id: string;
  readonly index: number;
  readonly count: number;
  readonly top: number;
  readonly selected: boolean;
  readonly onSelect: (key: string) => void;
}

/** No character is narrower, in pixels: what is wider than the window is laid out for nobody. */
const NARROWEST = 6;
const texts = new WeakMap<RunEvent, string>();

/** An event does not change, and a reader scrolls over it more than once. */
function payloadText(event: RunEvent): string {
  const known = texts.get(event) ?? JSON.stringify(event.payload).slice(0, 1_000);
  texts.set(event, known);
  return known;
}

/** One event as it was written: sequence, time, kind, payload. */
export const RawRow = memo(function RawRow(props: RawRowProps) {
  const { event, found } = props;
  const payload = payloadText(event).slice(0, Math.ceil(window.innerWidth / NARROWEST));
  return (
    <div
      id={props.id}
      role="treeitem"
      aria-level={1}
      aria-selected={props.selected}
      aria-posinset={props.index + 1}
      aria-setsize={props.count}
      data-selected={props.selected || undefined}
      data-found={found === '' ? undefined : true}
      onClick={() => {
        props.onSelect(`e${String(event.seq)}`);
      }}
      style={{ transform: `translateY(${String(props.top)}px)` }}
      className="absolute inset-x-0 top-0 grid h-row [contain:strict] grid-cols-[56px_64px_128px_minmax(0,1fr)] items-center gap-x-12 px-12 font-mono text-meta hover:bg-hover data-found:shadow-[inset_3px_0_0_var(--color-attention)] data-selected:bg-selected group-focus-visible/rows:data-selected:outline-2 group-focus-visible/rows:data-selected:-outline-offset-2 group-focus-visible/rows:data-selected:outline-focus"
    >
      <span className="text-end text-ink-3">{event.seq}</span>
      <span className="text-ink-3">{timeOfDay(parseTime(event.createdAt), true)}</span>
      <span className={cx('truncate', eventFailed(event) ? 'text-danger-text' : 'text-ink')}>
        {event.type}
      </span>
      <span className="truncate text-ink-2">
        <Marked text={payload} ranges={found === '' ? undefined : findWords(payload, found)} />
      </span>
    </div>
  );
});
