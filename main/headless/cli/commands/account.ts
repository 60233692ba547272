import { accountBilling, accountKind } from '../../../domain/account/account.ts';
import { plainText } from '../../plain-text.ts';
import { nightWords } from '../night-view.ts';
import { stateWords, windowWords } from '../account-views.ts';
import { ask } from '../ask.ts';
import {
  arg,
  flag,
  given,
  number,
  oneOf,
  text,
  wholeNumber,
  type CommandSpec,
  type OptionSpec,
  type Options,
} from '../command.ts';
import type { CommandContext } from '../io.ts';
import { readQuota } from '../quota-option.ts';
import { accountRef } from '../refs.ts';
import { table } from '../table.ts';

const settings: readonly OptionSpec[] = [
  { flags: '--key', description: 'sign in with a key: typed without being shown, or from standard input' },
  { flags: '--key-variable <name>', description: 'variable the program reads the key from' },
  { flags: '--home <folder>', description: "the program's own folder for this account" },
  { flags: '--base-url <address>', description: 'where its models are, for the executor local' },
  { flags: '--billing <how>', description: 'plan or use', parse: oneOf(accountBilling.values) },
  {
    flags: '--quota <window...>',
    description: 'a window and its limits, such as five_hour:5h,tokens=2000000',
  },
  {
    flags: '--reserve <percent>',
    description: 'part of each window left to you by day',
    parse: wholeNumber(0),
  },
];

async function fieldsOf(context: CommandContext, options: Options, label: string) {
  const quotas = options['quota'];
  return given({
    key: flag(options, 'key') ? await context.readSecret(`Key of ${plainText(label)}: `) : undefined,
    kind: flag(options, 'key')
      ? ('key' as const)
      : text(options, 'home') === undefined
        ? undefined
        : ('folder' as const),
    keyVariable: text(options, 'keyVariable'),
    home: text(options, 'home'),
    baseUrl: text(options, 'baseUrl'),
    billing: text(options, 'billing') as 'plan' | 'use' | undefined,
    quotas: Array.isArray(quotas) ? quotas.map((it) => readQuota(String(it))) : undefined,
    reservePercent: number(options, 'reserve'),
  });
}

const decisions = {
  enable: { summary: 'Let an account take turns again', did: 'is enabled' },
  disable: { summary: 'Let an account take no turns', did: 'is disabled; a turn it has now ends first' },
  reset: { summary: "End an account's cooldown", did: 'is back at work' },
} as const;

export const accountCommands: readonly CommandSpec[] = [
  {
    usage: 'list',
    summary: 'List accounts, what is used of their windows, and what they wait for',
    examples: ['homer account', 'homer account list --json'],
    perform: async (context) => {
      const accounts = await ask(context, 'account.list', {});
      const now = context.clock.now();
      const view = accounts.length
        ? table(
            [
              { title: 'EXECUTOR', cell: (it) => it.executor },
              { title: 'NAME', cell: (it) => it.label },
              { title: 'STATE', cell: (it) => stateWords(it, now) },
              { title: 'USED', cell: (it) => windowWords(it, now), flexible: true },
              { title: 'SIGN-IN', cell: (it) => it.baseUrl ?? accountKind.labels[it.kind] },
            ],
            accounts,
            context.width,
            context.paint,
          )
        : 'No accounts: each program works as whoever it is signed in as. Add one with `homer account add claude work --home FOLDER`.';
      return { json: accounts, text: view };
    },
  },
  {
    usage: 'add <executor> <name>',
    summary: 'Add an account of an executor',
    examples: [
      'homer account add claude work --home /home/me/.claude-work',
      'homer account add codex api --key <key.txt',
      'homer account add local desk --base-url http://127.0.0.1:11434',
      'homer account add claude max --quota five_hour:5h,tokens=2000000',
    ],
    options: settings,
    perform: async (context, args, options) => {
      const [executor, label] = [arg(args, 0), arg(args, 1)];
      const account = await ask(context, 'account.add', {
        executor,
        label,
        ...(await fieldsOf(context, options, label)),
      });
      return { json: account, text: `Added ${plainText(account.label)} of ${account.executor}.` };
    },
  },
  {
    usage: 'edit <account>',
    summary: 'Change an account',
    examples: ['homer account edit work --reserve 30', 'homer account edit api --key <key.txt'],
    options: [...settings, { flags: '--name <name>', description: 'its name' }],
    perform: async (context, args, options) => {
      const { id, version, label } = await accountRef(context, arg(args, 0));
      const account = await ask(context, 'account.edit', {
        id,
        version,
        ...(await fieldsOf(context, options, label)),
        ...given({ label: text(options, 'name') }),
      });
      return { json: account, text: `Changed ${plainText(account.label)}.` };
    },
  },
  {
    usage: 'order <executor> [accounts...]',
    summary: 'Say which account of an executor goes first; without accounts, the least used does again',
    examples: ['homer account order claude max pro', 'homer account order claude'],
    perform: async (context, args) => {
      const executor = arg(args, 0);
      const all = await ask(context, 'account.list', { executor });
      const named = await Promise.all(args.slice(1).map((name) => accountRef(context, name)));
      // Those that were not named follow as they stood.
      const rest = named.length === 0 ? [] : all.filter(({ id }) => !named.some((it) => it.id === id));
      const ids = [...named, ...rest].map(({ id }) => id);
      const accounts = await ask(context, 'account.order', { executor, ids });
      const order = accounts.map(({ label }) => plainText(label)).join(', ');
      return {
        json: accounts,
        text: ids.length === 0 ? 'The least used account goes first.' : `Taken in this order: ${order}.`,
      };
    },
  },
  {
    usage: 'remove <account>',
    summary: 'Remove an account and forget its key; what it used and cost stays',
    examples: ['homer account remove work'],
    perform: async (context, args) => {
      const { id, version, label } = await accountRef(context, arg(args, 0));
      await context.confirm(`Remove the account ${label}?`);
      const removed = await ask(context, 'account.remove', { id, version });
      return { json: removed, text: `Removed ${plainText(label)}.` };
    },
  },
  ...(['enable', 'disable', 'reset'] as const).map((action): CommandSpec => ({
    usage: `${action} <account>`,
    summary: decisions[action].summary,
    examples: [`homer account ${action} work`],
    perform: async (context, args) => {
      const { id, version } = await accountRef(context, arg(args, 0));
      const account = await ask(context, 'account.decide', { id, version, action });
      return { json: account, text: `${plainText(account.label)} ${decisions[action].did}.` };
    },
  })),
  {
    usage: 'plan',
    summary: 'Plan the night: when each queued run would start, with whom, and what will not fit',
    examples: ['homer account plan', 'homer account plan --json'],
    perform: async (context) => {
      const plan = await ask(context, 'account.plan', {});
      return { json: plan, text: nightWords(plan, context) };
    },
  },
  {
    usage: 'test <account>',
    summary: 'Look whether an account could take a turn: program, folder, key, endpoint; no model is called',
    examples: ['homer account test work'],
    perform: async (context, args) => {
      const { id } = await accountRef(context, arg(args, 0));
      const result = await ask(context, 'account.test', { id });
      return {
        json: result,
        text: result.checks
          .map((check) => `${check.ok ? 'ok ' : 'no '} ${check.name}: ${plainText(check.detail)}`)
          .join('\n'),
        exit: result.ok ? 0 : 1,
      };
    },
  },
];
