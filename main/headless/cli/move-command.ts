import { formatTime, parseTime } from '../../shared/clock.ts';
import { plainText } from '../plain-text.ts';
import { ask, refuse } from './ask.ts';
import { arg, given, number, text, type CommandSpec, type Options } from './command.ts';
import { intentRef } from './refs.ts';
import { durationMs, pointInTime } from './trigger-options.ts';

/** Moves one planned time of an intent, or several in a row, and says how that is taken back. */
export const moveCommand: CommandSpec = {
  usage: 'move <intent>',
  summary: 'Move a planned time of an intent, this once; what comes after it stays',
  examples: [
    'homer intent move Nightly --later 2h',
    'homer intent move Nightly --time "2026-12-02 01:00" --to "2026-12-02 04:30"',
    'homer intent move Hourly --time 2026-12-02T09:00:00Z --through 2026-12-02T12:00:00Z --earlier 30m',
  ],
  options: [
    {
      flags: '--time <time>',
      description: 'which one, as `homer intent show` lists it; without it, the next',
      parse: pointInTime,
    },
    {
      flags: '--through <time>',
      description: 'and all from there to this one, each by as much',
      parse: pointInTime,
    },
    {
      flags: '--to <time>',
      description: 'to this time, such as "2026-12-01 09:00" here, or with Z in UTC',
      parse: pointInTime,
    },
    { flags: '--later <duration>', description: 'by so much, such as 30m or 2h', parse: durationMs },
    { flags: '--earlier <duration>', description: 'by so much', parse: durationMs },
  ],
  perform: async (context, args, options) => {
    const { id } = await intentRef(context, arg(args, 0));
    const wanted = where(options);
    const from = text(options, 'time') ?? (await ask(context, 'intent.get', { id })).schedule.next[0]?.at;
    if (from === undefined)
      return refuse({
        tag: 'time_not_planned',
        message: 'This intent has no time to come.',
        hint: '`homer intent show` says when it comes.',
      });
    const through = text(options, 'through');
    const to = typeof wanted === 'string' ? wanted : formatTime(parseTime(from) + wanted);
    const detail = await ask(context, 'intent.moveTime', { id, from, to, ...given({ through }) });
    const last = through === undefined ? undefined : parseTime(through) + parseTime(to) - parseTime(from);
    const back = [
      `--time ${to}`,
      ...(last === undefined ? [] : [`--through ${formatTime(last)}`]),
      `--to ${from}`,
    ];
    const next = detail.schedule.next[0];
    return {
      json: detail,
      text: [
        `Moved ${plainText(detail.intent.name)} to ${to}.${next ? ` Next: ${next.local}.` : ''}`,
        `Take it back: homer intent move ${id} ${back.join(' ')}`,
      ].join('\n'),
    };
  },
};

/** The time it moves to, or by how many milliseconds. */
function where(options: Options): string | number {
  const to = text(options, 'to');
  const later = number(options, 'later');
  const earlier = number(options, 'earlier');
  const given = [to, later, earlier === undefined ? undefined : -earlier].filter((it) => it !== undefined);
  const [only] = given;
  return given.length === 1 && only !== undefined
    ? only
    : refuse({
        tag: 'usage',
        message: given.length === 0 ? 'Say where it moves.' : 'It moves to one time.',
        hint: 'Give one of --to, --later, --earlier.',
      });
}
