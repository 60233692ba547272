import { goalMachine, goalStatus } from '../../../domain/goal/status.ts';
import { plainText } from '../../plain-text.ts';
import { ask, refuse } from '../ask.ts';
import {
  arg,
  flag,
  given,
  number,
  text,
  wholeNumber,
  type CommandSpec,
  type OptionSpec,
  type Options,
} from '../command.ts';
import { goalTable, goalText, measureText } from '../goal-views.ts';
import type { Answer, CommandContext } from '../io.ts';
import { figure, measureOf, measureOptions } from '../measure-options.ts';
import { goalRef, proposalRef } from '../refs.ts';

const settings: readonly OptionSpec[] = [
  { flags: '--description <text>', description: 'what it means' },
  { flags: '--category <word>', description: 'any word to group by' },
  { flags: '--priority <n>', description: '0 to 100', parse: wholeNumber(0) },
  { flags: '--target <date>', description: 'YYYY-MM-DD; "" for none' },
  { flags: '--parent <goal>', description: 'goal it is part of; "" for none' },
  ...measureOptions,
];

/** An option that was typed as nothing takes the value away. */
const orNone = (value: string | undefined): string | null | undefined => (value === '' ? null : value);

async function fieldsOf(context: CommandContext, options: Options) {
  const parent = orNone(text(options, 'parent'));
  return given({
    description: text(options, 'description'),
    category: text(options, 'category'),
    priority: number(options, 'priority'),
    targetDate: orNone(text(options, 'target')),
    parentId: typeof parent === 'string' ? (await goalRef(context, parent)).id : parent,
  });
}

const summaries: Readonly<Record<string, string>> = {
  pause: 'Pause a goal',
  activate: 'Make a goal active again',
  achieve: 'Say that a goal is achieved',
  drop: 'Give a goal up',
};
const actions = [...new Set(goalMachine.rows.map((row) => row.on))];
type Action = (typeof actions)[number];

async function decide(context: CommandContext, ref: string, action: Action): Promise<Answer> {
  const { id, version, title } = await goalRef(context, ref);
  if (action === 'drop') await context.confirm(`Give up ${title}?`);
  const goal = await ask(context, 'goal.decide', { id, version, action });
  return { json: goal, text: `${plainText(goal.title)}: ${goalStatus.labels[goal.status]}.` };
}

async function link(context: CommandContext, goal: string | null, proposal: string): Promise<Answer> {
  const target = goal === null ? null : await goalRef(context, goal);
  const before = await ask(context, 'proposal.get', { id: await proposalRef(context, proposal) });
  const { id, version } = before.proposal;
  const after = await ask(context, 'proposal.update', {
    id,
    version,
    fields: { goalId: target?.id ?? null },
  });
  const name = `P-${String(after.proposal.number)} ${plainText(after.proposal.title)}`;
  return {
    json: after,
    text: target ? `${name} works towards ${plainText(target.title)}.` : `${name} has no goal now.`,
  };
}

export const goalCommands: readonly CommandSpec[] = [
  {
    usage: 'list',
    summary: 'List goals as a tree: what moves first, then what is stale; what is over with --all',
    examples: ['homer goals list', 'homer goals list --all --json'],
    options: [{ flags: '--all', description: 'also those achieved and dropped' }],
    perform: async (context, _args, options) => {
      const tree = await ask(context, 'goal.tree', {});
      const rows = flag(options, 'all')
        ? tree
        : tree.filter(({ status }) => status === 'active' || status === 'paused');
      const none =
        tree.length > 0
          ? 'No open goals; --all lists those that are over.'
          : 'No goals. What should be true in a month? Add it with `homer goal add "Ship version 2"`.';
      return { json: rows, text: rows.length > 0 ? goalTable(context, rows) : none };
    },
  },
  {
    usage: 'show <goal>',
    summary: 'Show a goal: what moves it, its readings, its proposals and what came of them',
    examples: ['homer goal show "Ship version 2"'],
    perform: async (context, args) => {
      const detail = await ask(context, 'goal.detail', { id: (await goalRef(context, arg(args, 0))).id });
      return { json: detail, text: goalText(context, detail) };
    },
  },
  {
    usage: 'add <title>',
    summary: 'Add a goal',
    examples: [
      'homer goal add "Ship version 2" --priority 80 --target 2027-03-01',
      'homer goal add "Fewer flaky tests" --measure "fail rate" --unit % --from 2.1 --to 0.5',
    ],
    options: settings,
    perform: async (context, args, options) => {
      const goal = await ask(context, 'goal.create', {
        title: arg(args, 0),
        ...(await fieldsOf(context, options)),
        ...given({ measure: measureOf(options, null) }),
      });
      return { json: goal, text: `Added the goal ${plainText(goal.title)}.` };
    },
  },
  {
    usage: 'update <goal>',
    alias: 'edit',
    summary: 'Change a goal',
    examples: ['homer goal edit "Ship version 2" --progress 40', 'homer goal update 1a2b --target ""'],
    options: [
      ...settings,
      { flags: '--title <title>', description: 'its name' },
      { flags: '--progress <percent>', description: '0 to 100, set by hand', parse: wholeNumber(0) },
      { flags: '--derive', description: 'follow its measure or work again, instead of the hand' },
    ],
    perform: async (context, args, options) => {
      const { id, version } = await goalRef(context, arg(args, 0));
      const before = (await ask(context, 'goal.detail', { id })).row.measure;
      const goal = await ask(context, 'goal.update', {
        id,
        version,
        fields: {
          ...(await fieldsOf(context, options)),
          ...given({
            title: text(options, 'title'),
            progress: flag(options, 'derive') ? null : number(options, 'progress'),
            measure: measureOf(options, before),
          }),
        },
      });
      return { json: goal, text: `Changed the goal ${plainText(goal.title)}.` };
    },
  },
  {
    usage: 'record <goal> <value>',
    summary: 'Note where the measure of a goal stands now',
    examples: ['homer goal record "Fewer flaky tests" 1.4'],
    perform: async (context, args) => {
      const { id } = await goalRef(context, arg(args, 0));
      const recorded = await ask(context, 'goal.record', { id, value: figure(arg(args, 1)) });
      const { row } = await ask(context, 'goal.detail', { id });
      return {
        json: recorded,
        text: `${plainText(row.title)}: ${plainText(measureText(row))}, ${String(row.progress)} %.`,
      };
    },
  },
  {
    usage: 'link <goal> <proposal>',
    summary: 'Link a proposal to a goal; the work that came of it counts there from now on',
    examples: ['homer goal link "Ship version 2" P-12'],
    perform: (context, args) => link(context, arg(args, 0), arg(args, 1)),
  },
  {
    usage: 'unlink <proposal>',
    summary: 'Take a proposal from its goal',
    examples: ['homer goal unlink P-12'],
    perform: (context, args) => link(context, null, arg(args, 0)),
  },
  {
    usage: 'decide <goal> <action>',
    summary: `Decide on a goal: ${actions.join(', ')}`,
    examples: ['homer goals decide "Ship version 2" achieve --json'],
    perform: async (context, args) => {
      const action = actions.find((each) => each === arg(args, 1));
      if (action === undefined)
        return refuse({
          tag: 'invalid_input',
          message: `${JSON.stringify(arg(args, 1))} cannot be decided on a goal.`,
          hint: `Possible: ${actions.join(', ')}.`,
        });
      return decide(context, arg(args, 0), action);
    },
  },
  {
    usage: 'remove <goal>',
    summary: 'Remove a goal that has no sub-goals; what was linked to it stays, without a goal',
    examples: ['homer goal remove "Ship version 2" --yes'],
    perform: async (context, args) => {
      const { id, version, title } = await goalRef(context, arg(args, 0));
      await context.confirm(`Remove ${title}?`);
      const removed = await ask(context, 'goal.remove', { id, version });
      return { json: removed, text: `Removed the goal ${plainText(title)}.` };
    },
  },
  ...actions.map((action): CommandSpec => ({
    usage: `${action} <goal>`,
    summary: summaries[action] ?? action,
    examples: [`homer goal ${action} "Ship version 2"`],
    perform: (context, args) => decide(context, arg(args, 0), action),
  })),
];
