import { Switch as Base } from '@base-ui/react/switch';
import type { ReactNode } from 'react';
import { passChord } from './pass-chord.ts';

export interface SwitchProps {
  readonly checked: boolean;
  readonly onCheckedChange: (checked: boolean) => void;
  readonly label: string;
  readonly help?: ReactNode;
  /** For rows, where what it is about stands beside it. */
  readonly hideLabel?: boolean | undefined;
  readonly disabled?: boolean | undefined;
}

/** A setting that takes effect at once. The label is on the left, so that a column of them aligns. */
export function Switch({
  checked,
  onCheckedChange,
  label,
  help,
  hideLabel = false,
  disabled = false,
}: SwitchProps) {
  return (
    <label className="flex min-h-28 items-center justify-between gap-16 text-body">
      <span className={hideLabel ? 'sr-only' : 'min-w-0'}>
        {label}
        {help ? <span className="block text-meta text-ink-2">{help}</span> : null}
      </span>
      <Base.Root
        checked={checked}
        disabled={disabled}
        onKeyDown={passChord}
        onCheckedChange={(next) => {
          onCheckedChange(next);
        }}
        className="inline-flex h-20 w-36 shrink-0 items-center rounded-full border border-control bg-inset p-px data-checked:border-accent data-checked:bg-accent data-disabled:opacity-50"
      >
        <Base.Thumb className="size-16 rounded-full bg-control transition-transform duration-fast data-checked:translate-x-16 rtl:data-checked:-translate-x-16 data-checked:bg-on-accent" />
      </Base.Root>
    </label>
  );
}
