import { Checkbox as Base } from '@base-ui/react/checkbox';
import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { passChord } from './pass-chord.ts';

export interface CheckboxProps {
  readonly checked: boolean;
  readonly onCheckedChange: (checked: boolean) => void;
  readonly label: ReactNode;
  readonly help?: ReactNode;
  readonly hideLabel?: boolean | undefined;
  readonly indeterminate?: boolean | undefined;
  readonly disabled?: boolean | undefined;
}

export function Checkbox({
  checked,
  onCheckedChange,
  label,
  help,
  hideLabel = false,
  indeterminate = false,
  disabled = false,
}: CheckboxProps) {
  const Mark = indeterminate ? Minus : Check;
  return (
    <label className="group inline-flex min-h-24 items-start gap-8 py-2 text-body">
      <Base.Root
        checked={checked}
        indeterminate={indeterminate}
        disabled={disabled}
        onKeyDown={passChord}
        onCheckedChange={(next) => {
          onCheckedChange(next);
        }}
        className="mt-2 inline-flex size-16 shrink-0 items-center justify-center rounded-chip border border-control bg-surface text-on-accent group-hover:border-ink-3 data-checked:border-accent data-checked:bg-accent data-disabled:opacity-50 data-indeterminate:border-accent data-indeterminate:bg-accent"
      >
        <Base.Indicator className="inline-flex">
          <Mark aria-hidden size={12} strokeWidth={2.5} />
        </Base.Indicator>
      </Base.Root>
      <span className={hideLabel ? 'sr-only' : 'min-w-0'}>
        {label}
        {help ? <span className="block text-meta text-ink-2">{help}</span> : null}
      </span>
    </label>
  );
}
