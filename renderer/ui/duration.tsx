import { parseTime } from '../client/clock.ts';
import { useNow } from './clock-context.tsx';
import { cx } from './cx.ts';
import { formatDuration } from './format-time.ts';

const look = 'whitespace-nowrap tabular-nums';

function Running({ since }: { since: string }) {
  return formatDuration(useNow(1000) - parseTime(since));
}

/** How long something took, or has been taking: give `until` or `ms` once it has ended. */
export function Duration(
  props: { className?: string } & ({ ms: number } | { since: string; until?: string | null }),
) {
  const className = cx(look, props.className);
  if ('ms' in props) return <span className={className}>{formatDuration(props.ms)}</span>;
  if (props.until)
    return (
      <span className={className}>{formatDuration(parseTime(props.until) - parseTime(props.since))}</span>
    );
  return (
    <span className={className}>
      <Running since={props.since} />
    </span>
  );
}
