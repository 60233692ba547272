import { memo } from 'react';
import { labels } from '../../../preload/contract/labels.ts';
import { Badge } from '../../ui/badge.tsx';
import { cx } from '../../ui/cx.ts';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { Switch } from '../../ui/switch.tsx';
import { Time } from '../../ui/time.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { parseTime } from '../../client/clock.ts';
import { runLook, runOutcome } from '../run/run-look.ts';
import { clockIn } from './when-in.ts';
import { isOver } from './intent-state.ts';
import type { IntentRow as Row } from './intent-types.ts';
import { NextThree } from './next-three.tsx';
import { NextTime } from './next-time.tsx';
import { Sparkline } from './sparkline.tsx';
import { strings } from './strings.ts';

/** Columns in order; what matters least leaves first when the list is narrow. */
export const columns =
  'grid grid-cols-[minmax(140px,1.3fr)_minmax(100px,1fr)_84px_52px_36px] @[760px]/schedule:grid-cols-[minmax(160px,1.3fr)_minmax(140px,1fr)_80px_92px_76px_52px_36px] @[1000px]/schedule:grid-cols-[minmax(180px,1.3fr)_minmax(160px,1fr)_156px_144px_76px_52px_36px] gap-x-12 px-12 items-center';
export const fromMedium = 'hidden @[760px]/schedule:block';
export const fromWide = 'hidden @[1000px]/schedule:inline';

export interface IntentRowProps {
  readonly row: Row;
  readonly onEnable: (row: Row, enabled: boolean) => void;
}

export const IntentRow = memo(function IntentRow({ row, onEnable }: IntentRowProps) {
  const over = isOver(row);
  const quiet = over || !row.enabled;
  return (
    <div className={cx(columns, 'h-[calc(var(--spacing-row)+8px)]')}>
      <span className="flex min-w-0 items-baseline gap-8" title={row.name}>
        <span className={cx('truncate font-medium', quiet ? 'text-ink-2' : 'text-ink')}>{row.name}</span>
        <span className="max-w-[96px] shrink-0 truncate text-meta text-ink-3">{row.projectName}</span>
      </span>
      <span className="flex min-w-0 items-baseline gap-8 text-ink-2" title={row.words}>
        <span className="truncate">{row.words}</span>
        {row.trigger.type === 'cron' && row.trigger.zone !== null ? (
          <span className={cx(fromMedium, 'shrink-0 text-meta text-ink-3')}>{row.zone}</span>
        ) : null}
      </span>
      <span className={cx('truncate tabular-nums', row.nextDueAt === null ? 'text-ink-3' : 'text-ink')}>
        {over ? (
          labels.intentStatus[row.status]
        ) : row.nextDueAt === null ? (
          row.enabled ? (
            strings.none
          ) : (
            strings.page.paused
          )
        ) : (
          <>
            <Tooltip content={<NextThree row={row} />}>
              <NextTime at={row.nextDueAt} />
            </Tooltip>
            <span className={cx(fromWide, 'text-meta text-ink-3')}>
              {' · '}
              {clockIn(row.zone).format(parseTime(row.nextDueAt))}
            </span>
          </>
        )}
      </span>
      <span className="flex min-w-0 items-center gap-6">
        <Outcome row={row} />
        {row.missed > 0 ? <Missed count={row.missed} className="@[760px]/schedule:hidden" /> : null}
      </span>
      <span className={fromMedium}>
        <Sparkline history={row.history} />
      </span>
      <span className={fromMedium}>{row.missed > 0 ? <Missed count={row.missed} /> : null}</span>
      {over ? (
        <span />
      ) : (
        <span
          // Turned on and off again quickly is not a wish to open it.
          onDoubleClick={(event) => {
            event.stopPropagation();
          }}
        >
          <Switch
            hideLabel
            label={strings.enabled(row.name)}
            checked={row.enabled}
            onCheckedChange={(enabled) => {
              onEnable(row, enabled);
            }}
          />
        </span>
      )}
    </div>
  );
});

/** How many times were missed so far. */
function Missed({ count, className }: { count: number; className?: string }) {
  return (
    <span className={cx('shrink-0', className)} title={strings.missed(count)}>
      <Badge tone="attention">
        <span aria-hidden>{count}</span>
        <span className="sr-only">{strings.missed(count)}</span>
      </Badge>
    </span>
  );
}

/** The run at work, else how the last one came out. */
function Outcome({ row }: { row: Row }) {
  const run = row.activeRun ?? row.lastRun;
  if (!run) return <span className={cx(fromMedium, 'text-ink-3')}>{strings.none}</span>;
  const look = runLook(run.status);
  const wrong = runOutcome(run.status) === 'wrong';
  return (
    <>
      <StatusGlyph shape={look.shape} tone={look.tone} label={look.label} />
      <span className={cx(fromMedium, 'truncate text-meta text-ink-2')} title={look.label}>
        {run.endedAt === null ? (
          look.label
        ) : (
          <>
            {wrong ? <span className={fromWide}>{look.label} </span> : null}
            <Time at={run.endedAt} />
          </>
        )}
      </span>
    </>
  );
}
