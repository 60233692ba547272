import type { ReactElement } from 'react';
import { ConfirmPopover } from './confirm-popover.tsx';
import { strings } from './strings.ts';

const words = strings.stop;

/** Asks once before a run is ended. */
export function StopConfirm({
  number,
  ...rest
}: {
  number: number;
  trigger: ReactElement<Record<string, unknown>>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onConfirm: () => void;
}) {
  return (
    <ConfirmPopover
      title={words.title(number)}
      detail={words.detail}
      confirm={words.confirm}
      cancel={words.cancel}
      {...rest}
    />
  );
}
