import { askStatus } from '../../../domain/run/ask.ts';
import type { OutputOf } from '../../../../preload/contract/operations.ts';
import { plainText } from '../../plain-text.ts';
import { ask, refuse } from '../ask.ts';
import { arg, flag, given, text, type CommandSpec } from '../command.ts';
import type { CommandContext } from '../io.ts';
import { table } from '../table.ts';
import { afterSpan, readTime } from '../until.ts';
import { relativeTime } from '../words.ts';

type Asked = OutputOf<'permission.list'>[number];

/** The first characters of an id, which are enough to tell it from the others here. */
const short = (id: string): string => id.slice(-8);

function one<T extends { id: string }>(all: readonly T[], ref: string, what: string): T {
  const [found, ...more] = all.filter(({ id }) => id === ref || id.endsWith(ref));
  if (!found || more.length > 0 || ref.length < 4)
    return refuse({
      tag: 'not_found',
      message: `There is no ${what} ${ref}.`,
      hint: `\`homer permission ${what === 'grant' ? 'grants' : 'list'}\` shows their ids.`,
    });
  return found;
}

/** By its id, or by the run it is of (`#7`) when that asks one thing. */
async function open(context: CommandContext, ref: string): Promise<Asked> {
  const all = await ask(context, 'permission.list', { limit: 500 });
  const ofRun = all.filter(
    ({ status, runNumber }) =>
      status === 'open' && `#${String(runNumber)}` === (ref.startsWith('#') ? ref : `#${ref}`),
  );
  return ofRun.length === 1 && ofRun[0] ? ofRun[0] : one(all, ref, 'permission');
}

const note = { flags: '--note <words>', description: 'words the agent reads' } as const;

export const permissionCommands: readonly CommandSpec[] = [
  {
    usage: 'list',
    summary: 'What agents ask to be allowed, what waits first',
    examples: ['homer permission', 'homer permission list --json'],
    perform: async (context) => {
      const all = await ask(context, 'permission.list', {});
      const now = context.clock.now();
      const view = all.length
        ? table(
            [
              { title: 'ID', cell: ({ id }) => ({ text: short(id), style: 'bold' }) },
              { title: 'RUN', cell: ({ runNumber }) => `#${String(runNumber)}` },
              {
                title: 'STATUS',
                cell: ({ status }) =>
                  status === 'open'
                    ? { text: '! waits', style: 'yellow' }
                    : askStatus.labels[status].toLowerCase(),
              },
              { title: 'RISK', cell: ({ risk }) => risk ?? '' },
              { title: 'TOOL', cell: ({ tool }) => tool },
              { title: 'WHAT', cell: (it) => it.text, flexible: true },
              {
                title: 'EXPIRES',
                cell: ({ status, expiresAt }) => (status === 'open' ? relativeTime(expiresAt, now) : ''),
              },
            ],
            all,
            context.width,
            context.paint,
          )
        : 'No agent has asked for permission.';
      return { json: all, text: view };
    },
  },
  {
    usage: 'allow <permission>',
    summary: 'Allow it once, or for its intent until a time',
    examples: ['homer permission allow #7', 'homer permission allow 3f9a1c02 --intent --for 8h'],
    options: [
      { flags: '--intent', description: 'the same thing for all runs of its intent, for 24 h unless told' },
      { flags: '--for <span>', description: 'how long, such as 8h or 7d; with --intent' },
      { flags: '--until <time>', description: 'until when; with --intent' },
      note,
    ],
    perform: async (context, args, options) => {
      const asked = await open(context, arg(args, 0));
      const span = text(options, 'for');
      const time = text(options, 'until');
      const intent = flag(options, 'intent');
      if (!intent && (span !== undefined || time !== undefined))
        return refuse({
          tag: 'bad_input',
          message: 'A time needs --intent.',
          hint: 'Without it, it is allowed once.',
        });
      const until =
        span === undefined ? (time === undefined ? undefined : readTime(time)) : afterSpan(context, span);
      const done = await ask(context, 'permission.decide', {
        id: asked.id,
        choice: intent ? 'allow_intent' : 'allow',
        ...given({ until, note: text(options, 'note') }),
      });
      return {
        json: done,
        text: `Allowed ${plainText(done.tool)} for #${String(done.runNumber)}${intent ? ' and its intent' : ', once'}.`,
      };
    },
  },
  {
    usage: 'deny <permission>',
    summary: 'Deny it; the agent goes on without',
    examples: ['homer permission deny #7', 'homer permission deny 3f9a1c02 --note "use the mirror"'],
    options: [note],
    perform: async (context, args, options) => {
      const asked = await open(context, arg(args, 0));
      const done = await ask(context, 'permission.decide', {
        id: asked.id,
        choice: 'deny',
        ...given({ note: text(options, 'note') }),
      });
      return { json: done, text: `Denied ${plainText(done.tool)} for #${String(done.runNumber)}.` };
    },
  },
  {
    usage: 'grants',
    summary: 'What is allowed to intents now',
    examples: ['homer permission grants', 'homer permission grants --json'],
    perform: async (context) => {
      const all = await ask(context, 'grant.list', { limit: 500 });
      const now = context.clock.now();
      const view = all.length
        ? table(
            [
              { title: 'ID', cell: ({ id }) => ({ text: short(id), style: 'bold' }) },
              { title: 'INTENT', cell: ({ intentName }) => intentName, flexible: true },
              { title: 'TOOL', cell: ({ tool }) => tool },
              { title: 'WHAT', cell: (it) => it.text, flexible: true },
              { title: 'FROM', cell: ({ runNumber }) => `#${String(runNumber)}` },
              { title: 'BY', cell: ({ grantedBy }) => grantedBy },
              {
                title: 'UNTIL',
                cell: ({ expiresAt, once }) => `${relativeTime(expiresAt, now)}${once ? ', once' : ''}`,
              },
              { title: 'USED', cell: ({ uses }) => String(uses), align: 'right' },
            ],
            all,
            context.width,
            context.paint,
          )
        : 'Nothing is allowed beyond the profiles.';
      return { json: all, text: view };
    },
  },
  {
    usage: 'revoke <grant>',
    summary: 'Take back what was allowed to an intent',
    examples: ['homer permission revoke 3f9a1c02'],
    perform: async (context, args) => {
      const { id } = one(await ask(context, 'grant.list', { limit: 500 }), arg(args, 0), 'grant');
      const done = await ask(context, 'grant.revoke', { id });
      return {
        json: done,
        text: `Revoked: ${plainText(done.tool)} for ${plainText(done.intentName)}.\nTake it back: homer permission restore ${id}`,
      };
    },
  },
  {
    usage: 'restore <grant>',
    summary: 'Take a revocation back, while its time has not passed',
    examples: ['homer permission restore 019aa3c2-7d4e-7c11-8f6e-3a5f9a1c02bd'],
    perform: async (context, args) => {
      const done = await ask(context, 'grant.restore', { id: arg(args, 0) });
      return {
        json: done,
        text: `Good again: ${plainText(done.tool)} for ${plainText(done.intentName)}, ends ${relativeTime(done.expiresAt, context.clock.now())}.`,
      };
    },
  },
];
