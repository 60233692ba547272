import { Square } from 'lucide-react';
import { memo } from 'react';
import { useRow } from '../../client/client-context.tsx';
import { useNow } from '../../ui/clock-context.tsx';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Changes } from './changes.tsx';
import { Elapsed } from './elapsed.tsx';
import { runDoing } from './run-doing.ts';
import { RowCheck } from './row-check.tsx';
import { formatCost } from './run-figures.ts';
import { rowAllows, runLook } from './run-look.ts';
import type { RunRow } from './run-types.ts';
import { StopConfirm } from './stop-confirm.tsx';
import { strings } from './strings.ts';
import { TestChange } from './test-change.tsx';

/** Columns in order; what matters least leaves first when the table is narrow. */
export const columns =
  'grid grid-cols-[132px_minmax(160px,1.2fr)_minmax(120px,1fr)_64px] @[760px]/runs:grid-cols-[132px_minmax(180px,1.3fr)_minmax(120px,1fr)_64px_96px_80px] @[1000px]/runs:grid-cols-[132px_minmax(152px,1.6fr)_minmax(120px,1.2fr)_72px_96px_64px_96px_80px_64px] gap-x-12 px-12';
export const fromMedium = 'hidden @[760px]/runs:block';
export const fromWide = 'hidden @[1000px]/runs:block';

export interface RunTableRowProps {
  readonly row: RunRow;
  readonly id: string;
  readonly index: number;
  readonly top: number;
  readonly selected: boolean;
  readonly stopping: boolean;
  readonly checked: boolean;
  /** Any run of the list is checked: then every row shows its box. */
  readonly checking: boolean;
  readonly onCheck: (id: string, range: boolean) => void;
  readonly onSelect: (id: string) => void;
  readonly onOpen: (id: string) => void;
  readonly onStopping: (id: string | null) => void;
  readonly onStop: (row: RunRow) => void;
}

export const RunTableRow = memo(function RunTableRow(props: RunTableRowProps) {
  // What the live stream said last; the list itself may be a little older.
  const live = useRow(props.row.id);
  const row = live && live.version >= props.row.version ? live : props.row;
  const look = runLook(row.status);
  const doing = runDoing(row, useNow(60_000));
  return (
    <div
      role="row"
      id={props.id}
      aria-rowindex={props.index + 2}
      aria-selected={props.checking ? props.checked : props.selected}
      data-selected={props.selected || undefined}
      onClick={(event) => {
        if (event.shiftKey || event.metaKey || event.ctrlKey) props.onCheck(row.id, event.shiftKey);
        else props.onSelect(row.id);
      }}
      onContextMenu={() => {
        // The menu that opens is about this run.
        props.onSelect(row.id);
      }}
      onDoubleClick={() => {
        props.onOpen(row.id);
      }}
      style={{ transform: `translateY(${String(props.top)}px)` }}
      className={cx(
        columns,
        'group/row absolute inset-x-0 top-0 h-row items-center hover:bg-hover data-selected:bg-selected group-focus-visible/runs:data-selected:outline-2 group-focus-visible/runs:data-selected:-outline-offset-2 group-focus-visible/runs:data-selected:outline-focus',
      )}
    >
      <div role="gridcell" className="flex min-w-0 items-center gap-8">
        <RowCheck
          number={row.number}
          shape={look.shape}
          checked={props.checked}
          checking={props.checking}
          onCheck={(range) => {
            props.onCheck(row.id, range);
          }}
        />
        <span className={cx('truncate', look.tone === 'neutral' ? 'text-ink-2' : toneWords[look.tone])}>
          {look.label}
        </span>
      </div>
      <div role="gridcell" className="flex min-w-0 items-baseline gap-8" title={row.name}>
        <span className="min-w-32 shrink-0 font-mono text-meta text-ink-3">#{row.number}</span>
        <span className="truncate font-medium text-ink">{row.name}</span>
        {row.attempt > 1 ? (
          <span className="shrink-0 text-meta text-ink-3">{strings.list.attempt(row.attempt)}</span>
        ) : null}
        {row.dryRun ? <span className="shrink-0 text-meta text-ink-3">{strings.list.dryRun}</span> : null}
        <span className="max-w-[96px] shrink-0 truncate text-meta text-ink-3 @[1000px]/runs:hidden">
          {row.projectName}
        </span>
      </div>
      <div
        role="gridcell"
        title={doing}
        className={cx(
          'truncate',
          look.tone === 'danger' ? 'text-ink' : look.shape === 'diamond' ? 'text-ink' : 'text-ink-2',
        )}
      >
        {doing}
      </div>
      <div role="gridcell" className={cx(fromWide, 'truncate text-ink-2')} title={row.projectName}>
        {row.projectName}
      </div>
      <div
        role="gridcell"
        className={cx(fromWide, 'truncate text-ink-2')}
        title={row.accountLabel ? `${row.accountLabel} · ${row.executorLabel}` : row.executorLabel}
      >
        {row.accountLabel ?? row.executorLabel}
      </div>
      <div role="gridcell" className="text-end tabular-nums">
        <Elapsed run={row} />
      </div>
      <div role="gridcell" className={cx(fromMedium, 'text-end')}>
        <Changes files={row.filesChanged} additions={row.additions} deletions={row.deletions} />
      </div>
      <div role="gridcell" className={fromMedium}>
        <TestChange before={row.testBeforeExit} after={row.testAfterExit} hasTests={row.hasTests} />
      </div>
      <div role="gridcell" className={cx(fromWide, 'text-end tabular-nums')}>
        {formatCost(row)}
      </div>
      {rowAllows(row.status, 'stop') ? (
        <div
          role="gridcell"
          className={cx(
            'absolute top-2 end-8 rounded-control bg-raised',
            props.stopping
              ? 'block'
              : 'sr-only group-hover/row:not-sr-only group-hover/row:absolute focus-within:not-sr-only focus-within:absolute',
          )}
        >
          <StopConfirm
            number={row.number}
            open={props.stopping}
            onOpenChange={(open) => {
              props.onStopping(open ? row.id : null);
            }}
            onConfirm={() => {
              props.onStop(row);
            }}
            trigger={<IconButton icon={Square} label={strings.actions.stop} keys="Shift+x" tabIndex={-1} />}
          />
        </div>
      ) : null}
    </div>
  );
});

const toneWords = {
  neutral: 'text-ink-2',
  running: 'text-running-text',
  attention: 'text-attention-text',
  success: 'text-success-text',
  danger: 'text-danger-text',
} as const;
