import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import type { Tone } from './status-glyph.tsx';

const tones: Record<Tone, string> = {
  neutral: 'bg-neutral-tint text-ink-2',
  running: 'bg-running-tint text-running-text',
  attention: 'bg-attention-tint text-attention-text',
  success: 'bg-success-tint text-success-text',
  danger: 'bg-danger-tint text-danger-text',
};

/** A fact in a word or a number; never a control. */
export function Badge({
  tone = 'neutral',
  mono = false,
  children,
}: {
  tone?: Tone;
  mono?: boolean;
  children: ReactNode;
}) {
  return (
    <span
      className={cx(
        'inline-flex h-20 shrink-0 items-center gap-4 whitespace-nowrap rounded-chip px-6 text-meta',
        tones[tone],
        mono && 'font-mono',
      )}
    >
      {children}
    </span>
  );
}

export interface ChipProps {
  readonly children: ReactNode;
  /** With it the chip is a toggle. */
  readonly onPress?: (() => void) | undefined;
  readonly pressed?: boolean | undefined;
  /** With it the chip carries a cross; the label names what is taken away. */
  readonly onRemove?: (() => void) | undefined;
  readonly removeLabel?: string | undefined;
}

/** A filter or a chosen value: can be toggled or removed. */
export function Chip({ children, onPress, pressed, onRemove, removeLabel }: ChipProps) {
  const look = cx(
    'inline-flex h-24 shrink-0 items-center gap-4 rounded-chip border px-8 text-meta',
    pressed ? 'border-transparent bg-selected text-ink' : 'border-line text-ink-2',
  );
  if (onPress)
    return (
      <button
        type="button"
        aria-pressed={pressed ?? false}
        onClick={onPress}
        className={cx(look, !pressed && 'hover:bg-hover hover:text-ink')}
      >
        {children}
      </button>
    );
  return (
    <span className={cx(look, onRemove && 'pe-0')}>
      {children}
      {onRemove ? (
        <button
          type="button"
          aria-label={removeLabel ?? 'Remove'}
          onClick={onRemove}
          className="inline-flex size-24 items-center justify-center rounded-chip text-ink-3 hover:text-ink"
        >
          <X aria-hidden size={14} strokeWidth={1.5} />
        </button>
      ) : null}
    </span>
  );
}
