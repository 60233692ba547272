import { decisionChannel } from '../../../domain/decision/decision.ts';
import { proposalStage } from '../../../domain/proposal/stage.ts';
import { snoozeChoice, type SnoozeChoice } from '../../../domain/inbox/choice.ts';
import type { OutputOf } from '../../../../preload/contract/operations.ts';
import { plainText } from '../../plain-text.ts';
import { ask, refuse } from '../ask.ts';
import { arg, given, number, text, wholeNumber, type CommandSpec, type Options } from '../command.ts';
import type { CommandContext } from '../io.ts';
import { projectRef } from '../refs.ts';
import { table } from '../table.ts';
import { afterSpan, readTime } from '../until.ts';
import { relativeTime } from '../words.ts';

type Item = OutputOf<'inbox.list'>['items'][number];

const project = { flags: '--project <project>', description: 'of one project' } as const;

async function ofProject(context: CommandContext, options: Options): Promise<{ projectId?: string }> {
  const ref = text(options, 'project');
  return given({ projectId: ref === undefined ? undefined : (await projectRef(context, ref)).id });
}

/** An item by its ref (`P-12`, `#7`). */
function one<T extends Pick<Item, 'ref' | 'key'>>(items: readonly T[], ref: string): T {
  const found = items.find((item) => [item.ref, item.key].includes(ref) || item.ref.slice(1) === ref);
  return (
    found ??
    refuse({
      tag: 'not_found',
      message: `${ref} does not wait for you.`,
      hint: 'Refs are as `homer inbox` prints them: P-12, #7.',
    })
  );
}

export const inboxCommands: readonly CommandSpec[] = [
  {
    usage: 'list',
    summary: 'What needs you, first what blocks a running agent',
    examples: ['homer inbox', 'homer inbox --project parser'],
    options: [project],
    perform: async (context, _args, options) => {
      const inbox = await ask(context, 'inbox.list', await ofProject(context, options));
      const now = context.clock.now();
      const rest = inbox.total - inbox.items.length;
      const view = inbox.items.length
        ? table(
            [
              { title: 'REF', cell: (item) => ({ text: item.ref, style: 'bold' }) },
              {
                title: 'KIND',
                cell: (item) => ({
                  text: `${item.blocking ? '! ' : ''}${item.kind.replaceAll('_', ' ')}`,
                  ...(item.blocking ? { style: 'yellow' as const } : {}),
                }),
              },
              { title: 'TITLE', cell: (item) => item.title, flexible: true },
              { title: 'DETAIL', cell: (item) => item.detail, flexible: true },
              { title: 'SINCE', cell: (item) => relativeTime(item.since, now) },
            ],
            inbox.items,
            context.width,
            context.paint,
          )
        : 'Nothing needs you.';
      const more = [
        rest > 0 ? `and ${String(rest)} more` : '',
        inbox.snoozed > 0 ? `${String(inbox.snoozed)} snoozed; \`homer inbox snoozed\` shows them` : '',
      ];
      return { json: inbox, text: [view, ...more].filter((line) => line !== '').join('\n') };
    },
  },
  {
    usage: 'snooze <ref>',
    summary: 'Take anything out of the inbox for a while; one hour by default',
    examples: [
      'homer inbox snooze P-12 --for tonight',
      "homer inbox snooze '#7' --for 4h",
      'homer inbox snooze P-12 --until 2027-01-31T09:00',
    ],
    options: [
      { flags: '--for <span>', description: 'hour, tonight, tomorrow, or such as 30min, 4h, 2d' },
      { flags: '--until <time>', description: 'such as 2027-01-31T09:00' },
    ],
    perform: async (context, args, options) => {
      const { items } = await ask(context, 'inbox.list', { limit: 1_000 });
      const { key, version, ref } = one(items, arg(args, 0));
      const until = text(options, 'until');
      const span = text(options, 'for') ?? 'hour';
      const done = await ask(context, 'inbox.snooze', {
        key,
        version,
        ...(until !== undefined
          ? { until: readTime(until) }
          : isSnooze(span)
            ? { for: span }
            : { until: afterSpan(context, span) }),
      });
      return { json: done, text: `${ref} comes back ${relativeTime(done.until, context.clock.now())}.` };
    },
  },
  {
    usage: 'unsnooze <ref>',
    summary: 'Bring a snoozed one back now',
    examples: ['homer inbox unsnooze P-12'],
    perform: async (context, args) => {
      const { items } = await ask(context, 'inbox.snoozed', { limit: 1_000 });
      const { key, version, ref } = one(items, arg(args, 0));
      return { json: await ask(context, 'inbox.unsnooze', { key, version }), text: `${ref} is back.` };
    },
  },
  {
    usage: 'snoozed',
    summary: 'List what was snoozed, the first to come back first',
    examples: ['homer inbox snoozed'],
    options: [project],
    perform: async (context, _args, options) => {
      const snoozed = await ask(context, 'inbox.snoozed', await ofProject(context, options));
      const now = context.clock.now();
      const view = snoozed.items.length
        ? table(
            [
              { title: 'REF', cell: (item) => ({ text: item.ref, style: 'bold' }) },
              { title: 'KIND', cell: (item) => item.kind.replaceAll('_', ' ') },
              { title: 'TITLE', cell: (item) => item.title, flexible: true },
              { title: 'BACK', cell: (item) => relativeTime(item.snoozedUntil, now) },
            ],
            snoozed.items,
            context.width,
            context.paint,
          )
        : 'Nothing is snoozed.';
      return { json: snoozed, text: view };
    },
  },
  {
    usage: 'done',
    summary: 'List the newest decisions: what, who, where, when',
    examples: ['homer inbox done', 'homer inbox done --limit 5 --json'],
    options: [
      project,
      { flags: '--limit <n>', description: 'at most this many; 30 by default', parse: wholeNumber(1) },
    ],
    perform: async (context, _args, options) => {
      const done = await ask(context, 'inbox.done', {
        ...(await ofProject(context, options)),
        limit: number(options, 'limit') ?? 30,
      });
      const now = context.clock.now();
      const view = done.length
        ? table(
            [
              { title: 'WHEN', cell: (each) => relativeTime(each.createdAt, now) },
              { title: 'REF', cell: (each) => ({ text: each.ref, style: 'bold' }) },
              { title: 'DECISION', cell: (each) => each.action.replaceAll('_', ' ') },
              { title: 'BY', cell: (each) => `${each.actor}, ${decisionChannel.labels[each.channel]}` },
              { title: 'TITLE', cell: (each) => each.title, flexible: true },
              { title: 'UNDO', cell: (each) => (each.undo === null ? '' : each.id) },
            ],
            done,
            context.width,
            context.paint,
          )
        : 'Nothing was decided yet.';
      return { json: done, text: view };
    },
  },
  {
    usage: 'undo <decision>',
    summary: 'Undo a decision that still can be, by the id that `homer inbox done` prints',
    examples: ['homer inbox undo 0199…'],
    perform: async (context, args) => {
      const undone = await ask(context, 'inbox.undo', { id: arg(args, 0) });
      return {
        json: undone,
        text: `Undone: ${plainText(undone.key)} is back in ${proposalStage.labels[undone.stage]}.${undone.planningEnded ? ' The plan is no longer being written.' : ''}`,
      };
    },
  },
];

function isSnooze(span: string): span is SnoozeChoice {
  return (snoozeChoice as readonly string[]).includes(span);
}
