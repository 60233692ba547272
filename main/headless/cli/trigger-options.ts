import { InvalidArgumentError } from 'commander';
import type { InputOf } from '../../../preload/contract/operations.ts';
import { formatTime, parseTime } from '../../shared/clock.ts';
import { refuse } from './ask.ts';
import { flag, text, type OptionSpec, type Options } from './command.ts';

type Trigger = InputOf<'intent.create'>['trigger'];

/** How a trigger is typed: one of these, and what belongs to it. */
export const triggerOptions: readonly OptionSpec[] = [
  { flags: '--cron <expression>', description: 'when, as five or six cron fields, such as "0 1 * * 1-5"' },
  { flags: '--zone <zone>', description: 'time zone of the cron expression; without it, this machine’s' },
  { flags: '--every <duration>', description: 'again and again, such as 30m, 2h or 1d', parse: durationMs },
  {
    flags: '--at <time>',
    description: 'once, such as "2026-12-01 09:00" here, or with Z in UTC',
    parse: pointInTime,
  },
  {
    flags: '--on <event>',
    description: 'when an event comes: a name, intent:<id>:completed, project:<id>:moved',
  },
  {
    flags: '--paths <globs>',
    description: 'of project:<id>:moved: only with a change in these, parted by commas',
  },
  { flags: '--manual', description: 'only by hand' },
];

const units: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Milliseconds of `90s`, `30m`, `2h`, `1d`, or of several in a row. */
export function durationMs(typed: string): number {
  const compact = typed.replaceAll(/\s/gu, '');
  const parts = [...compact.matchAll(/(\d+)(min|[smhd])/gu)];
  if (parts.length === 0 || parts.map((part) => part[0]).join('') !== compact)
    throw new InvalidArgumentError('Write a duration such as 90s, 30m, 2h or 1d.');
  return parts.reduce((sum, part) => sum + Number(part[1]) * (units[part[2] ?? ''] ?? 0), 0);
}

/** A time here, or with a zone, as it is stored. */
export function pointInTime(typed: string): string {
  const ms = parseTime(typed.trim());
  if (Number.isNaN(ms))
    throw new InvalidArgumentError('Write a time such as "2026-12-01 09:00", or 2026-12-01T08:00:00Z.');
  return formatTime(ms);
}

/** The trigger that was typed; undefined when none was. Two at once are refused. */
export function triggerOf(options: Options): Trigger | undefined {
  const made: Trigger[] = [];
  const cron = text(options, 'cron');
  const zone = text(options, 'zone');
  const at = text(options, 'at');
  const on = text(options, 'on');
  const every = options['every'];
  if (cron !== undefined) made.push({ type: 'cron', expression: cron, zone: zone ?? null });
  if (typeof every === 'number') made.push({ type: 'interval', everyMs: every });
  if (at !== undefined) made.push({ type: 'once', at });
  if (on !== undefined) {
    const paths = text(options, 'paths')
      ?.split(',')
      .map((glob) => glob.trim());
    made.push({ type: 'event', event: on, ...(paths === undefined ? {} : { paths }) });
  }
  if (flag(options, 'manual')) made.push({ type: 'manual' });
  if (flag(options, 'now')) made.push({ type: 'immediate' });
  if (made.length > 1 || (zone !== undefined && cron === undefined))
    return refuse({
      tag: 'usage',
      message: made.length > 1 ? 'An intent has one trigger.' : 'A zone belongs to a cron expression.',
      hint: 'Give one of --cron (with --zone), --every, --at, --on, --now, --manual.',
    });
  return made[0];
}
