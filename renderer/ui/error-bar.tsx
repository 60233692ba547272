import { OctagonX, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { cx } from './cx.ts';

export interface ErrorBarProps {
  /** What is wrong, in a sentence. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: ReactNode;
  /** "stale" when what is shown is merely old. */
  readonly kind?: 'error' | 'stale' | undefined;
  readonly onRetry?: (() => void) | undefined;
  readonly retryLabel?: string | undefined;
  readonly busy?: boolean | undefined;
  readonly actions?: ReactNode;
}

/** Stands where the failure is, and leaves what was loaded readable. */
export function ErrorBar({
  message,
  hint,
  kind = 'error',
  onRetry,
  retryLabel = 'Try again',
  busy,
  actions,
}: ErrorBarProps) {
  const Icon = kind === 'error' ? OctagonX : TriangleAlert;
  return (
    <div
      role={kind === 'error' ? 'alert' : 'status'}
      className={cx(
        'flex min-h-40 flex-wrap items-center gap-x-12 gap-y-6 rounded-control px-12 py-6',
        kind === 'error' ? 'bg-danger-tint' : 'bg-attention-tint',
      )}
    >
      <Icon
        aria-hidden
        size={16}
        strokeWidth={2}
        className={cx('shrink-0', kind === 'error' ? 'text-danger-text' : 'text-attention-text')}
      />
      <p className="min-w-0 flex-1 basis-[240px] text-body text-ink">
        <span className="font-medium">{message}</span>
        {hint ? <span className="text-ink-2"> {hint}</span> : null}
      </p>
      {actions}
      {onRetry ? (
        <Button size="small" onClick={onRetry} busy={busy}>
          {retryLabel}
        </Button>
      ) : null}
    </div>
  );
}
