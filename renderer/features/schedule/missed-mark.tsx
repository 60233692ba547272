import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { labels } from '../../../preload/contract/labels.ts';
import { Link } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { Button } from '../../ui/button.tsx';
import { Popover } from '../../ui/popover.tsx';
import type { RangeIntent, RangeMissed } from './calendar-types.ts';
import { strings } from './strings.ts';

const words = strings.calendar;

export interface MissedMarkProps {
  readonly intent: RangeIntent;
  readonly missed: RangeMissed;
  readonly when: string;
  readonly reachable: boolean;
  readonly onRun: () => void;
}

/** A time that started no run when it came: why, and a run to make up for it. */
export function MissedMark({ intent, missed, when, reachable, onRun }: MissedMarkProps) {
  const [open, setOpen] = useState(false);
  const title = words.missedAt(when, missed.count, missed.atLeast);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      title={title}
      trigger={
        <button
          type="button"
          tabIndex={reachable ? 0 : -1}
          aria-label={`${intent.name}: ${title}`}
          className="flex size-24 items-center justify-center rounded-control bg-attention-tint text-attention-text ring-2 ring-canvas group-data-[selected]/row:ring-selected hover:bg-hover"
        >
          <TriangleAlert aria-hidden size={14} strokeWidth={2} />
        </button>
      }
    >
      <p className="text-body text-ink-2">
        {labels.missedOutcome[missed.outcome]}.{missed.reason === '' ? '' : ` ${missed.reason}`}
      </p>
      <div className="mt-8 flex items-center gap-8">
        {missed.runId === null ? (
          <Button
            size="small"
            unavailable={intent.busy ? words.busy : undefined}
            onClick={() => {
              setOpen(false);
              onRun();
            }}
          >
            {words.runOnce}
          </Button>
        ) : (
          <Link
            location={to('run', { id: missed.runId })}
            className="text-accent-text underline-offset-2 hover:underline"
          >
            {words.lateRun}
          </Link>
        )}
      </div>
    </Popover>
  );
}
