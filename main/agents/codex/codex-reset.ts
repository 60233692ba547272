import { formatTime } from '../../shared/clock.ts';

const AT_DAY = /try again at ([A-Z][a-z]{2,8} \d{1,2})(?:st|nd|rd|th)?, (\d{4}) (\d{1,2}:\d{2} ?[AP]M)/u;
const AT_HOUR = /try again at (\d{1,2}):(\d{2}) ?([AP])M/u;
const IN = /try again in ((?:\d+ (?:day|hour|minute|second)s?(?:, | and | )?)+)/u;
const UNITS = { day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1_000 } as const;

/** When a limit ends, from the words Codex has for it in the time zone of this machine; null when they do not say. `now`: ms since 1970. */
export function resetIn(text: string, now: number): string | null {
  const day = AT_DAY.exec(text);
  if (day) {
    const at = Date.parse(`${day[1] ?? ''}, ${day[2] ?? ''} ${day[3] ?? ''}`);
    return Number.isNaN(at) ? null : formatTime(at);
  }
  const hour = AT_HOUR.exec(text);
  if (hour) {
    const at = new Date(now);
    at.setHours((Number(hour[1]) % 12) + (hour[3] === 'P' ? 12 : 0), Number(hour[2]), 0, 0);
    // An hour that is over today is tomorrow's.
    if (at.getTime() <= now) at.setDate(at.getDate() + 1);
    return formatTime(at.getTime());
  }
  const wait = IN.exec(text)?.[1];
  if (wait === undefined) return null;
  let ms = 0;
  for (const [, count, unit] of wait.matchAll(/(\d+) (day|hour|minute|second)/gu))
    ms += Number(count) * UNITS[unit as keyof typeof UNITS];
  return formatTime(now + ms);
}
