import { RollBackDialog } from '../run/roll-back-dialog.tsx';
import type { Run } from '../run/run-types.ts';
import { ApplyDialog } from './apply-dialog.tsx';
import type { Diff } from './diff-file.ts';
import { DiscardDialog } from './discard-dialog.tsx';
import type { leftOutOf } from './left-out.ts';
import { SendBackDialog } from './send-back-dialog.tsx';
import type { Marks } from './use-marks.ts';

export type ReviewDialog = 'apply' | 'sendBack' | 'discard' | 'rollBack';

/** What a decision asks before it is taken; after each of them the reader is back at the run. */
export function ReviewDialogs({
  open,
  run,
  diff,
  marks,
  leftOut,
  onTakeAll,
  onAsk,
  onClose,
  onLeave,
}: {
  open: ReviewDialog | null;
  run: Run;
  diff: Diff;
  marks: Marks;
  leftOut: ReturnType<typeof leftOutOf>;
  onTakeAll: () => void;
  onAsk: (conflicts: readonly string[]) => void;
  onClose: () => void;
  onLeave: () => void;
}) {
  switch (open) {
    case null:
      return null;
    case 'apply':
      return (
        <ApplyDialog
          run={run}
          diff={diff}
          leftOut={leftOut}
          onTakeAll={onTakeAll}
          onAsk={onAsk}
          onClose={onClose}
          onApplied={onLeave}
        />
      );
    case 'rollBack':
      return <RollBackDialog run={run} onClose={onClose} onDone={onLeave} />;
    case 'sendBack':
      return (
        <SendBackDialog
          run={run}
          comments={marks.comments}
          general={marks.general}
          onGeneral={marks.setGeneral}
          onClose={onClose}
          onSent={() => {
            marks.clear();
            onLeave();
          }}
        />
      );
    case 'discard':
      return <DiscardDialog run={run} onClose={onClose} onDone={onLeave} />;
  }
}
