import type { ReactElement } from 'react';
import { Button } from '../../ui/button.tsx';
import { Popover } from '../../ui/popover.tsx';

/** Asks once before something ends; the way out is focused first. */
export function ConfirmPopover({
  title,
  detail,
  confirm,
  cancel,
  side,
  trigger,
  open,
  onOpenChange,
  onConfirm,
}: {
  title: string;
  detail: string;
  confirm: string;
  cancel: string;
  side?: 'top' | 'bottom';
  trigger: ReactElement<Record<string, unknown>>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onConfirm: () => void;
}) {
  return (
    <Popover
      trigger={trigger}
      title={title}
      open={open}
      onOpenChange={onOpenChange}
      align="end"
      {...(side ? { side } : {})}
    >
      <p className="text-body text-ink-2">{detail}</p>
      <div className="mt-12 flex justify-end gap-8">
        <Button
          onClick={() => {
            onOpenChange(false);
          }}
        >
          {cancel}
        </Button>
        <Button
          variant="danger"
          onClick={() => {
            onOpenChange(false);
            onConfirm();
          }}
        >
          {confirm}
        </Button>
      </div>
    </Popover>
  );
}
