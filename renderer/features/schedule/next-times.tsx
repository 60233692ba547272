import { formatTime, parseTime } from '../../client/clock.ts';
import { useNow } from '../../ui/clock-context.tsx';
import type { Schedule } from './intent-types.ts';
import { untilWords } from './until-words.ts';
import { strings } from './strings.ts';

/** The next times: how far off, as people in the zone read them, and in UTC. */
export function NextTimes({ schedule }: { schedule: Schedule }) {
  const now = useNow();
  return (
    <table className="w-full text-start tabular-nums">
      <thead className="text-meta text-ink-3">
        <tr>
          <th scope="col" className="w-[88px] py-2 pe-12 text-start font-regular">
            {strings.page.nextTimes}
          </th>
          <th scope="col" className="py-2 pe-12 text-start font-regular">
            {strings.page.local(schedule.zone)}
          </th>
          <th scope="col" className="py-2 text-start font-regular">
            {strings.page.utc}
          </th>
        </tr>
      </thead>
      <tbody>
        {schedule.next.map(({ at, local, movedFrom }) => (
          <tr key={at}>
            <td className="py-2 pe-12 text-ink-2">{untilWords(parseTime(at), now)}</td>
            <td className="py-2 pe-12">
              {local}
              {movedFrom === null ? null : (
                <span className="text-meta text-ink-3" title={utc(movedFrom)}>
                  {' '}
                  {strings.page.moved}
                </span>
              )}
            </td>
            <td className="py-2 text-ink-2">
              <time dateTime={at}>{utc(at)}</time>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** "2026-11-22 01:00", with seconds where there are some. */
function utc(at: string): string {
  const text = formatTime(parseTime(at));
  return `${text.slice(0, 10)} ${text.slice(11, text.slice(17, 19) === '00' ? 16 : 19)}`;
}
