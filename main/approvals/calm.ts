import type { InboxKind } from '../domain/inbox/inbox-item.ts';
import { inboxKind } from '../domain/inbox/inbox-item.ts';
import type { Loudness } from '../domain/notice/notice.ts';
import { parseTime } from '../shared/clock.ts';
import type { Read } from '../store/database.ts';
import { readFlag } from '../store/flag-store.ts';
import { firstMinute, localTime, minuteOf, wallTime } from './local-time.ts';

const DAY_MS = 86_400_000;

/** How the owner wants to be told; every value is a setting. */
export interface CalmSettings {
  readonly enabled: boolean;
  readonly channel: 'auto' | 'electron' | 'dbus' | 'quick';
  /** Minutes since midnight; null: no quiet hours. */
  readonly quietHours: { readonly from: number; readonly to: number } | null;
  readonly zone: string;
  readonly passes: 'nothing' | 'blocked' | 'urgent';
  /** Empty, `on`, or a time (ISO). */
  readonly quietUntil: string;
  readonly desktopQuiet: boolean;
  readonly atOnce: number;
  readonly most: number;
  readonly digestAt: number | null;
  readonly buttonHours: number;
  readonly loudness: Readonly<Record<InboxKind, Loudness>>;
}

export function readCalm(read: Read, host: 'desktop' | 'headless' | 'cli'): CalmSettings {
  const hours = readFlag(read, 'notify.quiet_hours');
  const digest = readFlag(read, 'notify.digest_at');
  return {
    enabled:
      readFlag(read, 'notify.enabled') === 'on' &&
      (host !== 'headless' || readFlag(read, 'notify.headless') === 'on'),
    channel: readFlag(read, 'notify.channel') as CalmSettings['channel'],
    quietHours: hours === '' ? null : { from: minuteOf(hours), to: minuteOf(hours.slice(6)) },
    zone: readFlag(read, 'notify.zone'),
    passes: readFlag(read, 'notify.quiet_passes') as CalmSettings['passes'],
    quietUntil: readFlag(read, 'notify.quiet_until'),
    desktopQuiet: readFlag(read, 'notify.desktop_quiet') === 'on',
    atOnce: Number(readFlag(read, 'notify.at_once')),
    most: Number(readFlag(read, 'notify.most')),
    digestAt: digest === '' ? null : minuteOf(digest),
    buttonHours: Number(readFlag(read, 'notify.button_hours')),
    loudness: Object.fromEntries(
      inboxKind.values.map((kind) => [kind, readFlag(read, `notify.${kind}`)]),
    ) as Record<InboxKind, Loudness>,
  };
}

export interface Quiet {
  /** For people: `quiet hours until 07:00`. */
  readonly why: string;
  /** When to look again, in milliseconds since 1970; null: when something changes. */
  readonly until: number | null;
}

/** Whether the owner wants quiet now, and until when; null when not. */
export function quietNow(settings: CalmSettings, now: number, desktopIsQuiet: boolean): Quiet | null {
  const { quietUntil, quietHours, zone } = settings;
  if (quietUntil === 'on') return { why: 'do not disturb', until: null };
  if (quietUntil !== '' && parseTime(quietUntil) > now)
    return {
      why: `do not disturb until ${untilWords(parseTime(quietUntil), now, zone)}`,
      until: parseTime(quietUntil),
    };
  if (quietHours && within(quietHours, localTime(now, zone).minute)) {
    const until = firstMinute(now, zone, ({ minute }) => !within(quietHours, minute));
    return { why: `quiet hours until ${wallTime(until, zone)}`, until };
  }
  // The desktop does not tell when it ends: it is asked again.
  if (settings.desktopQuiet && desktopIsQuiet) return { why: "the desktop's do not disturb", until: null };
  return null;
}

/** A time that comes within a day needs no date. */
function untilWords(at: number, now: number, zone: string): string {
  const time = wallTime(at, zone);
  return at - now < DAY_MS ? time : `${localTime(at, zone).date} ${time}`;
}

function within({ from, to }: { from: number; to: number }, minute: number): boolean {
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** Whether an item of this kind is told although it is quiet. */
export function passesQuiet(settings: CalmSettings, kind: InboxKind): boolean {
  if (settings.passes === 'nothing') return false;
  return (
    kind === 'blocked' ||
    kind === 'permission' ||
    (settings.passes === 'urgent' && settings.loudness[kind] === 'urgent')
  );
}
