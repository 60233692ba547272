import { parseTime } from '../client/clock.ts';
import { useNow } from './clock-context.tsx';
import { formatExact, formatRelative } from './format-time.ts';

export interface TimeProps {
  /** A stored UTC time. */
  readonly at: string;
  /** "exact" prints the local time with its zone instead of the distance. */
  readonly form?: 'relative' | 'exact' | undefined;
  readonly className?: string | undefined;
}

/** "3 min ago", kept true by the shared clock; the exact local time with its zone on hover. */
export function Time({ at, form = 'relative', className }: TimeProps) {
  const now = useNow(60_000);
  const then = parseTime(at);
  if (Number.isNaN(then)) return <span className={className}>unknown time</span>;
  // The present is rounded down to its minute, so what happened within it would read as the future.
  const distance = formatRelative(then, then - now < 60_000 ? Math.max(now, then) : now);
  return (
    <time dateTime={at} title={formatExact(then)} className={className}>
      {form === 'exact' ? formatExact(then) : distance}
    </time>
  );
}
