import { Field } from '@base-ui/react/field';
import type { LucideIcon } from 'lucide-react';
import type { ComponentPropsWithRef } from 'react';
import { cx } from './cx.ts';
import { Kbd } from './kbd.tsx';

export interface TextFieldProps extends Omit<
  ComponentPropsWithRef<'input'>,
  'size' | 'value' | 'defaultValue' | 'onChange'
> {
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  readonly icon?: LucideIcon | undefined;
  readonly keys?: string | undefined;
  readonly mono?: boolean | undefined;
}

export const inputLook =
  'w-full min-w-0 rounded-control border border-control bg-surface text-body text-ink placeholder:text-ink-3 hover:border-ink-3 data-invalid:border-danger disabled:bg-inset disabled:text-ink-3 focus-visible:outline-offset-0';

/** One line of text. Inside a Field it takes label, help and error from it; alone it needs an aria-label. */
export function TextField({
  value,
  onValueChange,
  icon: Icon,
  keys,
  mono = false,
  className,
  type = 'text',
  ...rest
}: TextFieldProps) {
  return (
    <span className={cx('relative flex min-w-0 items-center', className)}>
      {Icon ? (
        <Icon
          aria-hidden
          size={16}
          strokeWidth={1.5}
          className="pointer-events-none absolute start-8 text-ink-3"
        />
      ) : null}
      <Field.Control
        spellCheck={false}
        autoComplete="off"
        {...rest}
        type={type}
        value={value}
        onValueChange={(next) => {
          onValueChange(next);
        }}
        className={cx(
          inputLook,
          'h-28 px-8 read-only:bg-inset',
          Icon && 'ps-28',
          keys && 'pe-32',
          mono && 'font-mono text-code',
        )}
      />
      {keys && value === '' ? (
        <span className="pointer-events-none absolute end-6">
          <Kbd keys={keys} />
        </span>
      ) : null}
    </span>
  );
}
