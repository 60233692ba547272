import { secretKeeper, secretProtection } from '../../../domain/secret/secret.ts';
import { plainText } from '../../plain-text.ts';
import { ask } from '../ask.ts';
import { arg, type CommandSpec } from '../command.ts';
import { fields, table } from '../table.ts';
import { count, relativeTime } from '../words.ts';

export const secretCommands: readonly CommandSpec[] = [
  {
    usage: 'set <name>',
    summary: 'Keep a secret: typed without being shown, or from standard input',
    examples: ['homer secrets set github/token', 'homer secrets set github/token <token.txt'],
    perform: async (context, args) => {
      const name = arg(args, 0);
      const value = await context.readSecret(`Value of ${plainText(name)}: `);
      const entry = await ask(context, 'secret.set', { name, value });
      return { json: entry, text: `Kept ${plainText(entry.name)} (${secretKeeper.labels[entry.keeper]}).` };
    },
  },
  {
    usage: 'list',
    summary: 'List secrets by name; their values are shown nowhere',
    examples: ['homer secrets list'],
    perform: async (context) => {
      const secrets = await ask(context, 'secret.list', {});
      const now = context.clock.now();
      const view = secrets.length
        ? table(
            [
              { title: 'NAME', cell: (secret) => secret.name, flexible: true },
              { title: 'KEPT BY', cell: (secret) => secretKeeper.labels[secret.keeper] },
              { title: 'SET', cell: (secret) => relativeTime(secret.updatedAt, now) },
              { title: 'READABLE HERE', cell: (secret) => (secret.readable ? 'yes' : 'no') },
            ],
            secrets,
            context.width,
            context.paint,
          )
        : 'No secrets. Keep one with `homer secrets set NAME`.';
      return { json: secrets, text: view };
    },
  },
  {
    usage: 'delete <name>',
    summary: 'Delete a secret',
    examples: ['homer secrets delete github/token'],
    perform: async (context, args) => {
      const name = arg(args, 0);
      await context.confirm(`Delete the secret ${name}?`);
      const deleted = await ask(context, 'secret.delete', { name });
      return { json: deleted, text: `Deleted ${plainText(deleted.name)}.` };
    },
  },
  {
    usage: 'status',
    summary: 'Where secrets are kept, and how well that protects them',
    examples: ['homer secrets status', 'homer secrets status --json'],
    perform: async (context) => {
      const status = await ask(context, 'secret.status', {});
      const view = fields(
        [
          ['Kept', `${count(status.count, 'secret')} in ${plainText(status.folder)}`],
          ['New ones go to', status.keeper === null ? 'nowhere' : secretKeeper.labels[status.keeper]],
          ...status.keepers.map(({ kind, protection, detail }): [string, string] => [
            secretKeeper.labels[kind],
            `${secretProtection.labels[protection]}. ${plainText(detail)}`,
          ]),
          ...status.damaged.map((file): [string, string] => ['Damaged', plainText(file)]),
        ],
        context.paint,
      );
      return { json: status, text: view, exit: status.keeper === null ? 1 : 0 };
    },
  },
];
