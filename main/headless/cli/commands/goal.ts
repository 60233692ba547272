import { goalMachine, goalStatus } from '../../../domain/goal/status.ts';
import { plainText } from '../../plain-text.ts';
import { ask } from '../ask.ts';
import { arg, given, number, text, wholeNumber, type CommandSpec, type OptionSpec } from '../command.ts';
import type { CommandContext } from '../io.ts';
import { goalRef } from '../refs.ts';
import { table } from '../table.ts';

const settings: readonly OptionSpec[] = [
  { flags: '--description <text>', description: 'what it means' },
  { flags: '--category <word>', description: 'any word to group by' },
  { flags: '--priority <n>', description: '0 to 100', parse: wholeNumber(0) },
  { flags: '--target <date>', description: 'YYYY-MM-DD' },
  { flags: '--parent <goal>', description: 'goal it is part of' },
];

async function fieldsOf(context: CommandContext, options: Record<string, unknown>) {
  const parent = text(options, 'parent');
  return given({
    description: text(options, 'description'),
    category: text(options, 'category'),
    priority: number(options, 'priority'),
    targetDate: text(options, 'target'),
    parentId: parent === undefined ? undefined : (await goalRef(context, parent)).id,
  });
}

const summaries: Readonly<Record<string, string>> = {
  pause: 'Pause a goal',
  activate: 'Make a goal active again',
  achieve: 'Say that a goal is achieved',
  drop: 'Give a goal up',
};

export const goalCommands: readonly CommandSpec[] = [
  {
    usage: 'list',
    summary: 'List goals, highest priority first',
    examples: ['homer goal list'],
    perform: async (context) => {
      const goals = await ask(context, 'goal.list', {});
      const view = goals.length
        ? table(
            [
              { title: 'ID', cell: (goal) => goal.id.slice(-8) },
              { title: 'STATUS', cell: (goal) => goalStatus.labels[goal.status] },
              { title: 'DONE', cell: (goal) => `${String(goal.progress)} %`, align: 'right' },
              { title: 'PRIO', cell: (goal) => String(goal.priority), align: 'right' },
              { title: 'TITLE', cell: (goal) => goal.title, flexible: true },
              { title: 'TARGET', cell: (goal) => goal.targetDate ?? '-' },
            ],
            goals,
            context.width,
            context.paint,
          )
        : 'No goals. Add one with `homer goal add "Ship version 2"`.';
      return { json: goals, text: view };
    },
  },
  {
    usage: 'add <title>',
    summary: 'Add a goal',
    examples: ['homer goal add "Ship version 2" --priority 80 --target 2027-03-01'],
    options: settings,
    perform: async (context, args, options) => {
      const goal = await ask(context, 'goal.create', {
        title: arg(args, 0),
        ...(await fieldsOf(context, options)),
      });
      return { json: goal, text: `Added the goal ${plainText(goal.title)}.` };
    },
  },
  {
    usage: 'update <goal>',
    summary: 'Change a goal',
    examples: ['homer goal update "Ship version 2" --progress 40'],
    options: [
      ...settings,
      { flags: '--title <title>', description: 'its name' },
      { flags: '--progress <percent>', description: '0 to 100, set by hand', parse: wholeNumber(0) },
    ],
    perform: async (context, args, options) => {
      const { id, version } = await goalRef(context, arg(args, 0));
      const goal = await ask(context, 'goal.update', {
        id,
        version,
        fields: {
          ...(await fieldsOf(context, options)),
          ...given({ title: text(options, 'title'), progress: number(options, 'progress') }),
        },
      });
      return { json: goal, text: `Changed the goal ${plainText(goal.title)}.` };
    },
  },
  ...[...new Set(goalMachine.rows.map((row) => row.on))].map((action): CommandSpec => ({
    usage: `${action} <goal>`,
    summary: summaries[action] ?? action,
    examples: [`homer goal ${action} "Ship version 2"`],
    perform: async (context, args) => {
      const { id, version, title } = await goalRef(context, arg(args, 0));
      if (action === 'drop') await context.confirm(`Give up ${title}?`);
      const goal = await ask(context, 'goal.decide', { id, version, action });
      return { json: goal, text: `${plainText(goal.title)}: ${goalStatus.labels[goal.status]}.` };
    },
  })),
];
