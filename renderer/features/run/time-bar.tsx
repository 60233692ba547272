import { cx } from '../../ui/cx.ts';
import type { Tone } from '../../ui/status-glyph.tsx';
import type { TimelineAxis } from './timeline-axis.ts';

const fills: Record<Tone, string> = {
  neutral: 'bg-neutral',
  running: 'bg-running',
  attention: 'bg-attention',
  success: 'bg-success',
  danger: 'bg-danger',
};

/** When something happened, across the width: thick for work, a thin line for waiting, a dot for a moment. */
export function TimeBar({
  axis,
  from,
  to,
  tone,
  waiting = false,
  failedAt,
  className,
}: {
  axis: TimelineAxis;
  from: number;
  to: number;
  tone: Tone;
  waiting?: boolean;
  /** Moments within it that failed; milliseconds since 1970. */
  failedAt?: readonly number[] | undefined;
  className: string;
}) {
  const left = axis.at(from);
  const width = Math.max(0, axis.at(to) - left);
  return (
    <span aria-hidden dir="ltr" className={cx('relative h-full w-full overflow-hidden', className)}>
      <span
        className={cx(
          'absolute top-1/2 min-w-2 -translate-y-1/2 rounded-full',
          waiting ? cx('h-2', tone === 'neutral' ? 'bg-control' : fills[tone]) : cx('h-6', fills[tone]),
        )}
        style={{ left: `${String(Math.min(left, 0.995) * 100)}%`, width: `${String(width * 100)}%` }}
      />
      {failedAt?.map((at) => (
        <span
          key={at}
          className="absolute top-1/2 h-12 w-2 -translate-1/2 bg-danger"
          style={{ left: `${String(axis.at(at) * 100)}%` }}
        />
      ))}
    </span>
  );
}
