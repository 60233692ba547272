import { parseTime } from '../../../shared/clock.ts';
import { createScope } from '../../../shared/scope.ts';
import { noticeOutcome } from '../../../domain/notice/notice.ts';
import type { InputOf, OutputOf } from '../../../../preload/contract/operations.ts';
import { plainText } from '../../plain-text.ts';
import { ask, refuse } from '../ask.ts';
import { arg, given, number, oneOf, text, wholeNumber, type CommandSpec } from '../command.ts';
import { fields, table } from '../table.ts';
import { afterSpan, readTime } from '../until.ts';
import { count, duration, relativeTime } from '../words.ts';

type Notice = OutputOf<'notification.get'>;

const POLL_MS = 300;
const SHOWN_WITHIN_MS = 15_000;

export const notificationCommands: readonly CommandSpec[] = [
  {
    usage: 'list',
    summary: 'List what you were told, newest first, and what became of it',
    examples: ['homer notifications', 'homer notifications list --outcome failed --json'],
    options: [
      {
        flags: '--outcome <outcome>',
        description: noticeOutcome.values.join(', '),
        parse: oneOf(noticeOutcome.values),
      },
      { flags: '--limit <n>', description: 'at most this many; 30 by default', parse: wholeNumber(1) },
    ],
    perform: async (context, _args, options) => {
      const outcome = text(options, 'outcome') as InputOf<'notification.list'>['outcome'];
      const list = await ask(context, 'notification.list', {
        limit: number(options, 'limit') ?? 30,
        ...given({ outcome }),
      });
      const now = context.clock.now();
      const view = list.length
        ? table(
            [
              { title: 'WHEN', cell: (notice) => relativeTime(notice.createdAt, now) },
              { title: 'OUTCOME', cell: (notice) => noticeOutcome.labels[notice.outcome] },
              { title: 'BY', cell: (notice) => notice.channel },
              { title: 'TITLE', cell: (notice) => notice.title, flexible: true },
              { title: 'DETAIL', cell: (notice) => notice.outcomes.at(-1)?.detail ?? '', flexible: true },
            ],
            list,
            context.width,
            context.paint,
          )
        : 'You were told nothing yet.';
      return { json: list, text: view };
    },
  },
  {
    usage: 'support',
    summary: 'What shows notifications on this machine, and whether its buttons were seen to work',
    examples: ['homer notifications support'],
    perform: async (context) => {
      const support = await ask(context, 'notification.support', {});
      const now = context.clock.now();
      const yes = (is: boolean): string => (is ? 'yes' : 'no');
      const view = support.channels.length
        ? table(
            [
              { title: 'CHANNEL', cell: (channel) => ({ text: channel.name, style: 'bold' }) },
              { title: 'WORKS', cell: (channel) => yes(channel.available) },
              { title: 'SERVER', cell: (channel) => channel.server },
              {
                title: 'BUTTONS',
                cell: (channel) => (channel.actions ? `up to ${String(channel.mostButtons)}` : 'no'),
              },
              { title: 'REPLY', cell: (channel) => yes(channel.inlineReply) },
              {
                title: 'SEEN TO WORK',
                cell: (channel) =>
                  channel.lastPressedAt ? relativeTime(channel.lastPressedAt, now) : 'never',
              },
              { title: 'NOTE', cell: (channel) => channel.note, flexible: true },
            ],
            support.channels,
            context.width,
            context.paint,
          )
        : 'Nothing shows notifications here: no host runs in a desktop session.';
      const facts = fields(
        [
          ['Notifications', support.enabled ? 'on' : 'off'],
          ['Quiet', support.quiet?.why ?? 'no'],
          [
            'Quiet hours',
            support.quietHours
              ? `${support.quietHours.from} to ${support.quietHours.to} (${support.zone})`
              : 'none',
          ],
          ['Held back', count(support.held, 'thing')],
        ],
        context.paint,
      );
      return { json: support, text: `${view}\n\n${facts}` };
    },
  },
  {
    usage: 'test',
    summary: 'Send a notification with a button, and say when it came back',
    examples: ['homer notifications test', 'homer notifications test --wait 60'],
    options: [
      {
        flags: '--wait <seconds>',
        description: 'how long to wait for the button; 30 by default, 0 does not',
        parse: wholeNumber(0),
      },
    ],
    perform: async (context, _args, options) => {
      const sent = await ask(context, 'notification.test', {});
      const wait = (number(options, 'wait') ?? 30) * 1_000;
      context.note('Look for it, and press the button.');
      const scope = createScope('test of notifications');
      const end = context.clock.monotonic() + wait;
      let notice: Notice = sent;
      const shown = (): boolean => notice.outcomes.some(({ outcome }) => outcome === 'shown');
      const pressed = (): boolean => notice.outcome === 'pressed';
      while (!pressed() && !context.signal.aborted && context.clock.monotonic() < end) {
        await context.clock.sleep(scope, POLL_MS);
        notice = await ask(context, 'notification.get', { id: sent.id });
        if (!shown() && context.clock.monotonic() > end - wait + SHOWN_WITHIN_MS) break;
      }
      return { json: notice, text: howItWent(notice), exit: wait === 0 || pressed() ? 0 : 1 };
    },
  },
  {
    usage: 'quiet [span]',
    summary: 'Do not disturb: for a span, until a time, until it is turned off, or no longer',
    examples: [
      'homer notifications quiet 2h',
      'homer notifications quiet on',
      'homer notifications quiet off',
    ],
    options: [{ flags: '--until <time>', description: 'such as 2027-01-31T09:00' }],
    perform: async (context, args, options) => {
      const typed = text(options, 'until');
      const span = args[0] ?? (typed === undefined ? undefined : '');
      if (span === undefined)
        return refuse({
          tag: 'usage',
          message: 'Say for how long.',
          hint: 'A span such as 2h, on, off, or --until a time.',
        });
      const until =
        typed !== undefined
          ? readTime(typed)
          : span === 'off'
            ? null
            : span === 'on'
              ? 'on'
              : afterSpan(context, arg(args, 0));
      const set = await ask(context, 'notification.quiet', { until });
      return {
        json: set,
        text:
          set.until === null
            ? 'You are told again.'
            : set.until === 'on'
              ? 'Quiet until you turn it off: homer notifications quiet off'
              : `Quiet; told again ${relativeTime(set.until, context.clock.now())}.`,
      };
    },
  },
  {
    usage: 'hours [from] [to]',
    summary: 'Quiet hours of every day: show them, set them, or have none',
    examples: ['homer notifications hours 22:00 07:00', 'homer notifications hours off'],
    perform: async (context, args) => {
      const [from, to] = args;
      if (from !== undefined && from !== 'off' && to === undefined)
        return refuse({
          tag: 'usage',
          message: 'Give two times.',
          hint: 'As in: homer notifications hours 22:00 07:00',
        });
      if (from !== undefined) {
        const value = from === 'off' ? '' : `${from}-${arg(args, 1)}`;
        await ask(context, 'flag.set', { key: 'notify.quiet_hours', value });
      }
      const { quietHours, zone } = await ask(context, 'notification.support', {});
      return {
        json: { quietHours, zone },
        text: quietHours
          ? `Quiet every day from ${quietHours.from} to ${quietHours.to} (${zone}).`
          : 'There are no quiet hours.',
      };
    },
  },
];

function howItWent(notice: Notice): string {
  const at = (wanted: string) => notice.outcomes.find(({ outcome }) => outcome === wanted);
  const after = (to: { at: string }, from: { at: string } | undefined): string =>
    duration(Math.max(0, parseTime(to.at) - parseTime(from?.at ?? notice.createdAt)));
  const failed = notice.outcomes
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ channel, detail }) => `${plainText(channel)} failed: ${plainText(detail)}`);
  const shown = at('shown');
  const pressed = at('pressed');
  return [
    ...failed,
    shown
      ? `Shown by ${plainText(shown.channel)} after ${after(shown, undefined)}.`
      : 'It was not shown yet.',
    pressed
      ? `Its button came back ${after(pressed, shown)} later: decisions from notifications work.`
      : 'Its button was not pressed yet.',
  ].join('\n');
}
