import type { LucideIcon } from 'lucide-react';
import type { ComponentPropsWithRef, MouseEvent } from 'react';
import { ariaKeys } from './button.tsx';
import { cx } from './cx.ts';
import { useShownKeys } from './key-hints.tsx';
import { Tooltip, type TooltipProps } from './tooltip.tsx';

export interface IconButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'disabled' | 'children'> {
  readonly icon: LucideIcon;
  /** The name read aloud and shown on hover. */
  readonly label: string;
  readonly keys?: string | undefined;
  readonly size?: 'small' | 'medium' | undefined;
  readonly unavailable?: string | undefined;
  readonly tooltipSide?: TooltipProps['side'];
}

export function IconButton({
  icon: Icon,
  label,
  keys,
  size = 'medium',
  unavailable,
  tooltipSide,
  className,
  onClick,
  type = 'button',
  ...rest
}: IconButtonProps) {
  const press = (event: MouseEvent<HTMLButtonElement>): void => {
    if (unavailable === undefined) onClick?.(event);
    else event.preventDefault();
  };
  return (
    <Tooltip
      content={unavailable ?? label}
      keys={unavailable === undefined ? keys : undefined}
      {...(tooltipSide ? { side: tooltipSide } : {})}
    >
      <button
        {...rest}
        type={type}
        aria-label={label}
        aria-disabled={unavailable !== undefined || undefined}
        aria-keyshortcuts={ariaKeys(useShownKeys(keys))}
        onClick={press}
        className={cx(
          'inline-flex shrink-0 items-center justify-center rounded-control text-ink-2 not-aria-disabled:hover:bg-hover not-aria-disabled:hover:text-ink aria-disabled:text-ink-3 aria-disabled:opacity-60 aria-pressed:bg-selected aria-pressed:text-ink data-popup-open:bg-hover',
          size === 'small' ? 'size-24' : 'size-28',
          className,
        )}
      >
        <Icon aria-hidden size={16} strokeWidth={1.5} />
      </button>
    </Tooltip>
  );
}
