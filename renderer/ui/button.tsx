import { LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ComponentPropsWithRef, MouseEvent } from 'react';
import { cx } from './cx.ts';
import { formatKeys } from './keys.ts';
import { KeyCaps } from './kbd.tsx';
import { useShownKeys } from './key-hints.tsx';
import { Tooltip } from './tooltip.tsx';

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger';
export type ButtonSize = 'small' | 'medium' | 'large';

export interface ButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'disabled'> {
  /** One primary per view. Danger is for what cannot be undone. */
  readonly variant?: ButtonVariant | undefined;
  readonly size?: ButtonSize | undefined;
  readonly icon?: LucideIcon | undefined;
  /** The key that does the same, as a hint (key-hints.tsx); shown, and told to assistive technology. */
  readonly keys?: string | undefined;
  /** Work is under way: says so, keeps its width, ignores presses. */
  readonly busy?: boolean | undefined;
  /** A reason makes the button unavailable yet reachable, so that the reason can be read. */
  readonly unavailable?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly block?: boolean | undefined;
}

export const buttonBase =
  'inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-control border text-body font-medium transition-[opacity,transform] duration-fast active:opacity-85 aria-disabled:active:opacity-100';
const variants: Record<ButtonVariant, string> = {
  primary: 'border-transparent bg-accent text-on-accent not-aria-disabled:hover:bg-accent-hover',
  secondary:
    'border-line bg-raised text-ink not-aria-disabled:hover:bg-hover aria-pressed:bg-selected data-popup-open:bg-hover',
  ghost:
    'border-transparent text-ink-2 not-aria-disabled:hover:bg-hover not-aria-disabled:hover:text-ink aria-pressed:bg-selected aria-pressed:text-ink data-popup-open:bg-hover',
  danger: 'border-transparent bg-danger-button text-on-accent not-aria-disabled:hover:bg-danger-button-hover',
};
const off: Record<ButtonVariant, string> = {
  primary: 'border-transparent bg-neutral-tint text-ink-3',
  secondary: 'border-line bg-transparent text-ink-3',
  ghost: 'border-transparent text-ink-3',
  danger: 'border-transparent bg-neutral-tint text-ink-3',
};
const sizes: Record<ButtonSize, string> = {
  small: 'h-24 gap-4 px-8 text-meta',
  medium: 'h-28 gap-6 px-12',
  large: 'h-32 gap-8 px-16',
};

/** "$mod+Enter" as aria-keyshortcuts wants it; a sequence has no such form and is left out. */
export function ariaKeys(keys: string | undefined): string | undefined {
  if (!keys || formatKeys(keys).length > 1) return undefined;
  return keys.replace('$mod', 'Control');
}

export function Button({
  variant = 'secondary',
  size = 'medium',
  icon: Icon,
  keys: hint,
  busy = false,
  unavailable,
  disabled = false,
  block = false,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  const keys = useShownKeys(hint);
  const blocked = busy || disabled || unavailable !== undefined;
  const press = (event: MouseEvent<HTMLButtonElement>): void => {
    if (blocked) event.preventDefault();
    else onClick?.(event);
  };
  const Mark = busy ? LoaderCircle : Icon;
  const button = (
    <button
      {...rest}
      type={type}
      onClick={press}
      aria-disabled={blocked || undefined}
      aria-busy={busy || undefined}
      aria-keyshortcuts={ariaKeys(keys)}
      className={cx(
        buttonBase,
        sizes[size],
        blocked && !busy ? off[variant] : variants[variant],
        block && 'w-full',
        className,
      )}
    >
      {Mark ? (
        <Mark
          aria-hidden
          size={size === 'small' ? 14 : 16}
          strokeWidth={busy ? 2 : 1.5}
          className={cx('shrink-0', busy && 'animate-turn')}
        />
      ) : null}
      {children}
      {keys ? <KeyCaps keys={keys} quiet /> : null}
    </button>
  );
  return unavailable === undefined ? button : <Tooltip content={unavailable}>{button}</Tooltip>;
}
