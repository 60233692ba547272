import { useRef } from 'react';
import { Button } from '../../ui/button.tsx';
import { Popover } from '../../ui/popover.tsx';
import type { ReactElement } from 'react';
import { strings } from './strings.ts';

const words = strings.stop;

/** Asks once before a run is ended; the way out is focused first. */
export function StopConfirm({
  number,
  trigger,
  open,
  onOpenChange,
  onConfirm,
}: {
  number: number;
  trigger: ReactElement<Record<string, unknown>>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onConfirm: () => void;
}) {
  const keep = useRef<HTMLButtonElement>(null);
  return (
    <Popover
      trigger={trigger}
      title={words.title(number)}
      open={open}
      onOpenChange={onOpenChange}
      align="end"
    >
      <p className="text-body text-ink-2">{words.detail}</p>
      <div className="mt-12 flex justify-end gap-8">
        <Button
          ref={keep}
          onClick={() => {
            onOpenChange(false);
          }}
        >
          {words.cancel}
        </Button>
        <Button
          variant="danger"
          onClick={() => {
            onOpenChange(false);
            onConfirm();
          }}
        >
          {words.confirm}
        </Button>
      </div>
    </Popover>
  );
}
