import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import { cx } from './cx.ts';
import { menuPopup } from './menu.tsx';
import { inputLook } from './text-field.tsx';

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly detail?: string | undefined;
  /** Why it cannot be chosen now. */
  readonly unavailable?: string | undefined;
}

export interface SelectProps<Value extends string> {
  readonly value: Value | null;
  readonly onValueChange: (value: Value) => void;
  readonly options: readonly SelectOption<Value>[];
  readonly placeholder?: string | undefined;
  /** Needed outside a Field. */
  readonly label?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly className?: string | undefined;
}

export function Select<Value extends string>({
  value,
  onValueChange,
  options,
  placeholder = 'Choose…',
  label,
  disabled = false,
  className,
}: SelectProps<Value>) {
  const chosen = options.find((option) => option.value === value);
  return (
    <Base.Root
      items={options.map((option) => ({ value: option.value, label: option.label }))}
      value={value}
      disabled={disabled}
      onValueChange={(next) => {
        if (next !== null) onValueChange(next);
      }}
    >
      <Base.Trigger
        aria-label={label}
        className={cx(
          inputLook,
          'flex h-28 items-center gap-8 px-8 text-start data-disabled:bg-inset data-disabled:text-ink-3',
          className,
        )}
      >
        <span className={cx('min-w-0 flex-1 truncate', chosen === undefined && !value && 'text-ink-3')}>
          {/* An option may stand for nothing chosen: its own words are shown, where the control would take its value for none. */}
          <Base.Value>{chosen?.label ?? (value || placeholder)}</Base.Value>
        </span>
        <Base.Icon
          render={<ChevronDown aria-hidden size={16} strokeWidth={1.5} className="shrink-0 text-ink-3" />}
        />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner
          alignItemWithTrigger={false}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 min-w-(--anchor-width) outline-none"
        >
          <Base.Popup data-scope="popover" className={menuPopup}>
            {options.map((option) => (
              <Base.Item
                key={option.value}
                value={option.value}
                disabled={option.unavailable !== undefined}
                className="flex min-h-28 select-none items-center gap-8 rounded-chip px-8 py-4 outline-none data-disabled:text-ink-3 data-highlighted:bg-hover"
              >
                <span className="min-w-0 flex-1">
                  <Base.ItemText>{option.label}</Base.ItemText>
                  {(option.unavailable ?? option.detail) ? (
                    <span className="block text-meta text-ink-2">{option.unavailable ?? option.detail}</span>
                  ) : null}
                </span>
                <Base.ItemIndicator
                  render={<Check aria-hidden size={16} strokeWidth={1.5} className="shrink-0" />}
                />
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
