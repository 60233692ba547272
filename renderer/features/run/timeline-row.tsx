import { ChevronDown, ChevronRight, type LucideIcon } from 'lucide-react';
import { memo, type ReactElement } from 'react';
import { Badge } from '../../ui/badge.tsx';
import { findWords } from '../../../preload/contract/find-words.ts';
import { cx } from '../../ui/cx.ts';
import { Marked } from '../../ui/marked.tsx';
import { formatDuration } from '../../ui/format-time.ts';
import { StatusGlyph, toneText, type GlyphShape, type Tone } from '../../ui/status-glyph.tsx';
import { useNow } from '../../ui/clock-context.tsx';
import { timeOfDay } from './clock-words.ts';
import { entryLook } from './entry-look.ts';
import { TimeBar } from './time-bar.tsx';
import type { TimelineAxis } from './timeline-axis.ts';
import type { EntryKind, TimelineRow } from './timeline-entry.ts';

export interface TimelineRowProps {
  readonly row: TimelineRow;
  readonly id: string;
  readonly index: number;
  readonly count: number;
  readonly top: number;
  readonly selected: boolean;
  readonly axis: TimelineAxis;
  readonly wide: boolean;
  /** What was looked for and found in one of its events; '' otherwise. */
  readonly found: string;
  readonly onSelect: (key: string) => void;
  readonly onToggle: (key: string) => void;
}

/** Rows that name their stage by themselves need no chip beside it. */
const selfNamed: ReadonlySet<EntryKind> = new Set(['stage_started', 'stage_ended', 'joined']);

/** Time, what happened, when on the axis, how long. The rows and what is drawn behind them share these. */
export const wideColumns = 'grid-cols-[40px_minmax(0,5fr)_minmax(0,6fr)_64px]';
export const outlineColumns =
  'grid-cols-[40px_minmax(0,1fr)_64px] group-data-roomy/timeline:grid-cols-[40px_minmax(0,1fr)_minmax(120px,22%)_64px]';

/** By depth; the room of the button that opens a row is kept where there is none. */
const indents = ['ps-0', 'ps-20', 'ps-40'] as const;
const closedIndents = ['ps-24', 'ps-[44px]', 'ps-[64px]'] as const;
const iconTones = {
  neutral: 'text-ink-3',
  running: 'text-running',
  attention: 'text-attention',
  success: 'text-success',
  danger: 'text-danger',
} as const;

/**
 * Pictures are made once and shown in every row that wears them: what is the very same element is not rendered again, and a leap renders
 * all rows in sight in one frame.
 */
const opened = <ChevronDown size={14} strokeWidth={1.5} />;
const closed = <ChevronRight size={14} strokeWidth={1.5} />;
const icons = new Map<LucideIcon, Map<Tone, ReactElement>>();
function iconOf(Icon: LucideIcon, tone: Tone): ReactElement {
  const tones = icons.get(Icon) ?? new Map<Tone, ReactElement>();
  icons.set(Icon, tones);
  const known = tones.get(tone) ?? (
    <Icon aria-hidden size={14} strokeWidth={1.5} className={cx('mx-[1px] shrink-0', iconTones[tone])} />
  );
  tones.set(tone, known);
  return known;
}
const glyphs = new Map<GlyphShape, ReactElement>();
function glyphOf(shape: GlyphShape): ReactElement {
  const known = glyphs.get(shape) ?? <StatusGlyph shape={shape} still />;
  glyphs.set(shape, known);
  return known;
}

export const TimelineRowView = memo(function TimelineRowView(props: TimelineRowProps) {
  const { row, axis, wide, found } = props;
  const { entry, depth, expanded } = row;
  const look = entryLook(entry);
  const gap = entry.kind === 'gap';
  const step = entry.kind === 'step';
  const strong = step || entry.failed;
  const barShown = wide ? 'block' : 'hidden group-data-roomy/timeline:block';
  return (
    <div
      id={props.id}
      role="treeitem"
      aria-level={depth + 1}
      aria-expanded={expanded ?? undefined}
      aria-selected={props.selected}
      aria-posinset={props.index + 1}
      aria-setsize={props.count}
      data-selected={props.selected || undefined}
      data-found={found === '' ? undefined : true}
      onClick={() => {
        props.onSelect(row.key);
      }}
      onDoubleClick={() => {
        if (expanded !== null) props.onToggle(row.key);
      }}
      style={{ transform: `translateY(${String(props.top)}px)` }}
      className={cx(
        'absolute inset-x-0 top-0 grid h-row [contain:strict] items-center gap-x-12 px-12 hover:bg-hover data-found:shadow-[inset_3px_0_0_var(--color-attention)] data-selected:bg-selected group-focus-visible/rows:data-selected:outline-2 group-focus-visible/rows:data-selected:-outline-offset-2 group-focus-visible/rows:data-selected:outline-focus',
        wide ? wideColumns : outlineColumns,
        gap && 'bg-[repeating-linear-gradient(135deg,var(--color-line)_0_1px,transparent_1px_6px)]',
      )}
    >
      <span className="font-mono text-micro font-regular text-ink-3">{timeOfDay(entry.at)}</span>
      <span
        className={cx(
          'flex min-w-0 items-center gap-8',
          expanded === null ? closedIndents[depth] : indents[depth],
        )}
      >
        {expanded === null ? null : (
          <button
            type="button"
            tabIndex={-1}
            aria-hidden
            onClick={(event) => {
              event.stopPropagation();
              props.onToggle(row.key);
            }}
            className="relative inline-flex size-16 shrink-0 items-center justify-center rounded-chip text-ink-3 before:absolute before:-inset-4 before:content-[''] hover:text-ink"
          >
            {expanded ? opened : closed}
          </button>
        )}
        {look.shape ? (
          glyphOf(look.shape)
        ) : entry.open && !step ? (
          <StatusGlyph shape="spinner" />
        ) : entry.failed ? (
          glyphOf('octagon')
        ) : look.tone === 'success' ? (
          glyphOf('check')
        ) : step ? null : (
          iconOf(look.icon, look.tone)
        )}
        {props.row.depth === 0 && entry.stage !== '' && !selfNamed.has(entry.kind) ? (
          <Badge mono>{entry.stage}</Badge>
        ) : null}
        {gap ? (
          <span className="min-w-0 truncate rounded-chip bg-canvas px-6 text-ink-2">{look.title}</span>
        ) : (
          <span
            translate={look.mono ? 'no' : undefined}
            className={cx(
              'truncate',
              look.mono && 'font-mono text-code',
              strong && 'font-medium',
              entry.kind === 'reasoning' ? 'text-ink-2' : 'text-ink',
              entry.failed && toneText.danger,
              look.detail !== '' && (entry.kind === 'message' ? '' : 'max-w-[70%] shrink-0'),
            )}
          >
            <Marked text={look.title} ranges={found === '' ? undefined : findWords(look.title, found)} />
          </span>
        )}
        {look.detail === '' ? null : (
          <span
            className={cx(
              'min-w-0 truncate text-meta',
              step && entry.failedAt.length > 0 ? 'font-medium text-danger-text' : 'text-ink-2',
              (entry.kind === 'tool' || entry.kind === 'output') && 'font-mono',
            )}
          >
            <Marked text={look.detail} ranges={found === '' ? undefined : findWords(look.detail, found)} />
          </span>
        )}
        {entry.kind === 'checkpoint' ? <span className="h-px flex-1 bg-line" /> : null}
      </span>
      {entry.open ? (
        <LiveBar
          axis={axis}
          from={entry.at}
          failedAt={step ? entry.failedAt : undefined}
          className={barShown}
        />
      ) : (
        <TimeBar
          axis={axis}
          from={entry.at}
          to={entry.until ?? entry.at}
          tone={look.tone}
          waiting={gap}
          failedAt={step ? entry.failedAt : undefined}
          className={barShown}
        />
      )}
      <span className="text-end text-meta text-ink-2 tabular-nums">
        {entry.open ? <LiveTime since={entry.at} /> : tookOf(entry.at, entry.until)}
      </span>
    </div>
  );
});

function LiveBar({
  axis,
  from,
  ...rest
}: Pick<Parameters<typeof TimeBar>[0], 'axis' | 'from' | 'failedAt' | 'className'>) {
  return <TimeBar axis={axis} from={from} to={Math.max(axis.end, from)} tone="running" {...rest} />;
}

function LiveTime({ since }: { since: number }) {
  return formatDuration(useNow(1000) - since);
}

/** Moments have no duration worth a figure. */
function tookOf(at: number, until: number | null): string {
  return until === null || until - at < 1000 ? '' : formatDuration(until - at);
}
