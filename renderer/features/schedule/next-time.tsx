import { parseTime } from '../../client/clock.ts';
import { useNow } from '../../ui/clock-context.tsx';
import { strings } from './strings.ts';
import { untilWords } from './until-words.ts';

/** "in 3 hr", kept true by the shared clock; on hover the exact time in the zone of the schedule. */
export function NextTime({ at, local, zone }: { at: string; local: string; zone: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={strings.exact(local, zone)}>
      {untilWords(parseTime(at), now)}
    </time>
  );
}
