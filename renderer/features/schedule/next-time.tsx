import { parseTime } from '../../client/clock.ts';
import { useNow } from '../../ui/clock-context.tsx';
import { formatRelative } from '../../ui/format-time.ts';
import { strings } from './strings.ts';

/** "in 3 hr", kept true by the shared clock; on hover the exact time in the zone of the schedule. */
export function NextTime({ at, local, zone }: { at: string; local: string; zone: string }) {
  const now = useNow(60_000);
  const then = parseTime(at);
  return (
    <time dateTime={at} title={strings.exact(local, zone)}>
      {then <= now ? strings.due : formatRelative(then, now)}
    </time>
  );
}
