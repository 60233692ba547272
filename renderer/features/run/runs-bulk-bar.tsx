import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { ableTo, type BulkAction } from './bulk-runs.ts';
import { ConfirmPopover } from './confirm-popover.tsx';
import type { RunRow } from './run-types.ts';
import { runsWords } from './runs-words.ts';

const words = runsWords.bulk;

export interface RunsBulkBarProps {
  readonly rows: readonly RunRow[];
  readonly progress: { readonly done: number; readonly all: number } | undefined;
  /** What is asked about before it is done. */
  readonly asking: 'stop' | 'discard' | undefined;
  readonly onAsking: (asking: 'stop' | 'discard' | undefined) => void;
  readonly onAct: (action: BulkAction) => void;
  readonly onClear: () => void;
}

/** What can be done with all selected runs; each names how many of them it is possible for. */
export function RunsBulkBar({ rows, progress, asking, onAsking, onAct, onClear }: RunsBulkBarProps) {
  if (rows.length === 0 && progress === undefined) return null;
  const count = (action: BulkAction): number => ableTo(rows, action).length;
  const face = (action: BulkAction): ReactNode => (
    <>
      {words[action]}
      {count(action) > 0 && count(action) < rows.length ? (
        <span className="text-ink-3 tabular-nums">{count(action)}</span>
      ) : null}
    </>
  );
  const reason = (action: BulkAction): string | undefined =>
    count(action) === 0 ? words.cannot[action] : undefined;
  const button = (action: BulkAction, keys: string | undefined): ReactNode => (
    <Button
      size="small"
      keys={keys}
      unavailable={reason(action)}
      onClick={() => {
        onAct(action);
      }}
    >
      {face(action)}
    </Button>
  );
  const asked = (action: 'stop' | 'discard', keys: string): ReactNode => {
    const trigger = (
      <Button size="small" keys={keys} unavailable={reason(action)}>
        {face(action)}
      </Button>
    );
    // Without anything to ask about the button only says why.
    if (count(action) === 0) return trigger;
    const { title, detail, confirm, cancel } = words.ask[action];
    return (
      <ConfirmPopover
        title={title(count(action))}
        detail={detail}
        confirm={confirm(count(action))}
        cancel={cancel}
        side="top"
        open={asking === action}
        onOpenChange={(open) => {
          onAsking(open ? action : undefined);
        }}
        onConfirm={() => {
          onAct(action);
        }}
        trigger={trigger}
      />
    );
  };
  const pauses = count('pause') > 0;
  return (
    <div className="pointer-events-none absolute inset-x-12 bottom-16 z-20 flex justify-center">
      <div
        role="toolbar"
        aria-label={words.label}
        className="pointer-events-auto flex flex-wrap items-center gap-8 rounded-card border border-line bg-raised py-6 pe-6 ps-16 shadow-popover"
      >
        <span role="status" className="me-8 text-body font-medium whitespace-nowrap tabular-nums">
          {progress ? words.working(progress.done, progress.all) : words.count(rows.length)}
        </span>
        {progress ? null : (
          <>
            {button('pause', pauses ? 'p' : undefined)}
            {button('resume', pauses ? undefined : 'p')}
            {button('retry', 'y')}
            {asked('discard', 'e')}
            {asked('stop', 'Shift+x')}
            <Button size="small" variant="ghost" keys="Escape" onClick={onClear}>
              {words.clear}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
