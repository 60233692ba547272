import { z } from 'zod';
import { AUTO, executorTableText, readExecutorTable, taskType } from '../run/task-type.ts';
import { plannerSchema, plannerWords } from '../proposal/planner-choice.ts';
import { accountFlags } from './account-flags.ts';
import { boardFlags } from './board-flags.ts';
import { localFlags } from './local-flags.ts';
import { formed, line, model, onOff, whole, type FlagSpec } from './flag-spec.ts';
import { notifyFlags } from './notify-flags.ts';
import { shortcutSchema } from './shortcut.ts';
import { updateFlags } from './update-flags.ts';

/** Settings of the runtime: every one of them is read somewhere, and takes effect at once. */
export const flags = {
  'runtime.hold': {
    group: 'work',
    name: 'Pause everything',
    defaultValue: 'off',
    description: 'Pause everything: no run is claimed while this is on.',
    ...onOff,
  },
  'runtime.max_concurrent_runs': {
    group: 'work',
    name: 'Runs at the same time',
    defaultValue: '2',
    description: 'How many runs work at the same time.',
    ...whole(1, 32, 'runs'),
  },
  'runtime.max_runs_per_project': {
    group: 'work',
    name: 'Runs of one project',
    defaultValue: '0',
    description:
      'How many runs of one project work at the same time, unless the project says otherwise. 0: no limit of its own.',
    ...whole(0, 32, 'runs'),
  },
  'runtime.max_runs_per_executor': {
    group: 'work',
    name: 'Runs of one executor',
    defaultValue: '0',
    description: 'How many runs of one executor work at the same time. 0: no limit of its own.',
    ...whole(0, 32, 'runs'),
  },
  'runtime.max_runs_per_account': {
    group: 'work',
    name: 'Runs of one account',
    defaultValue: '0',
    description: 'How many runs of one account of an executor work at the same time. 0: no limit of its own.',
    ...whole(0, 32, 'runs'),
  },
  'runtime.max_parallel_stages': {
    group: 'work',
    name: 'Stages of one workflow',
    defaultValue: '2',
    description:
      'How many stages of one workflow work at the same time. The limits on runs count a workflow once, whatever works in it.',
    ...whole(1, 16, 'stages'),
  },
  'budget.steps': {
    group: 'budget',
    name: 'Steps',
    defaultValue: '8',
    description: 'Steps a run may take unless it says otherwise.',
    ...whole(1, 200, 'steps'),
  },
  'budget.minutes': {
    group: 'budget',
    name: 'Time',
    defaultValue: '20',
    description: 'How long a run may work unless it says otherwise.',
    ...whole(1, 10_080, 'min'),
  },
  'runtime.max_output_mb': {
    group: 'budget',
    name: 'Output that is kept',
    defaultValue: '1024',
    description:
      'Megabytes of output of one run that are kept. Past it the timeline is cut and only the ending is read; at twice as much the agent is ended.',
    ...whole(1, 1_048_576, 'MB'),
  },
  'agents.by_task': {
    group: 'work',
    name: 'Executors by kind of task',
    defaultValue: executorTableText,
    description: `Which executors the executor ${AUTO} is chosen from, for each kind of task the preferred first. Kinds: ${taskType.values.join(', ')}.`,
    ...formed(
      600,
      z.string().superRefine((text, context) => {
        const table = readExecutorTable(text);
        if (!table.ok) context.addIssue({ code: 'custom', message: table.error.message });
      }),
    ),
  },
  'agents.turn_limit': {
    group: 'budget',
    name: 'Model calls of one step',
    defaultValue: '0',
    description:
      'Calls of the model that one step may take, where the agent program can be held to it; the next step goes on from there. 0: no limit.',
    ...whole(0, 10_000, 'calls'),
  },
  'agents.permission_minutes': {
    group: 'trouble',
    name: 'Wait for a permission',
    defaultValue: '480',
    description:
      'How long an agent that asks for permission waits for you; then it is denied and goes on without. 0: nothing is asked, what its profile does not allow is denied at once.',
    ...whole(0, 10_080, 'min'),
  },
  'runtime.tick_interval_ms': {
    group: 'time',
    name: 'Longest time between ticks',
    defaultValue: '60000',
    description: 'Longest time between two ticks. Due work and decisions wake the loop earlier.',
    ...whole(1_000, 3_600_000, 'ms'),
  },
  'trigger.max_missed_age_ms': {
    group: 'time',
    name: 'Oldest missed time that is caught up',
    defaultValue: '604800000',
    description: 'Missed times older than this are not caught up unless the intent says otherwise.',
    ...whole(0, 366 * 86_400_000, 'ms'),
  },
  'trigger.stagger_ms': {
    group: 'time',
    name: 'Spread of what is caught up',
    defaultValue: '300000',
    description: 'Over how long the runs of many intents that missed their times are spread.',
    ...whole(0, 3_600_000, 'ms'),
  },
  'runtime.discovery_enabled': {
    group: 'ideas',
    name: 'Discovery',
    defaultValue: 'on',
    description: 'Look for work in projects on a schedule. Discover now always works.',
    ...onOff,
  },
  'runtime.discovery_interval_ms': {
    group: 'ideas',
    name: 'Time between two checks of a source',
    defaultValue: '3600000',
    description: 'Time between two checks of the same source.',
    ...whole(60_000, 7 * 86_400_000, 'ms'),
  },
  'planner.executor': {
    group: 'ideas',
    name: 'Planner',
    defaultValue: 'auto',
    description:
      'Who writes plans. Auto: the planner command when there is one, else the first agent program that is found and signed in, else the built-in template (no model).',
    value: { type: 'executor', options: plannerWords },
    schema: plannerSchema,
  },
  'planner.model': {
    group: 'ideas',
    name: 'Model of the planner',
    defaultValue: '',
    description:
      "The model that plans are written with, as the agent program names it. Empty: the program's own choice.",
    ...model(120, { flag: 'planner.executor' }),
  },
  'planner.minutes': {
    group: 'ideas',
    name: 'Time of a planner',
    defaultValue: '10',
    description: 'How long an agent program may take to write a plan before it is ended.',
    ...whole(1, 240, 'min'),
  },
  'planner.max_cost_usd': {
    group: 'ideas',
    name: 'Cost of a plan',
    defaultValue: '0',
    description:
      'What one plan may cost, in US dollars, as far as the agent program tells what it costs while it works. 0: no limit of its own; daily caps hold all the same.',
    ...formed(14, z.string().regex(/^\d{1,7}(\.\d{1,6})?$/u, 'Give an amount in US dollars, such as 0.50.')),
  },
  'planner.command': {
    group: 'ideas',
    name: 'Planner command',
    defaultValue: '',
    description:
      'Command that writes plans: it gets the request on standard input and prints one JSON plan. Used when the planner is auto or command.',
    ...line(2_000),
  },
  'runtime.quiet_minutes': {
    group: 'trouble',
    name: 'No sign of life',
    defaultValue: '10',
    description:
      'Time without a sign of life after which a run counts as stuck: its timeline says so and an alert is raised. 0: never. For turns that start afterwards.',
    ...whole(0, 10_080, 'min'),
  },
  'runtime.no_output_minutes': {
    group: 'trouble',
    name: 'No output',
    defaultValue: '30',
    description:
      'Time without output after which an agent is ended and its run fails. 0: never. For turns that start afterwards.',
    ...whole(0, 10_080, 'min'),
  },
  'runtime.max_recoveries': {
    group: 'trouble',
    name: 'Recoveries of a run',
    defaultValue: '3',
    description: 'How often a run may be taken up again after a crash before it counts as failed.',
    ...whole(0, 100, 'times'),
  },
  'workspace.test_before_apply': {
    group: 'workspace',
    name: 'Test before applying',
    defaultValue: 'off',
    description:
      "Run the project's tests on the merged result, in a scratch worktree, before its branch moves. A failure leaves the run in review.",
    ...onOff,
  },
  'workspace.disk_budget_mb': {
    group: 'workspace',
    name: 'Room for all worktrees',
    defaultValue: '0',
    description:
      'Megabytes that the worktrees of all projects may take together; 0 sets no limit. When they take more, no run starts until there is room.',
    ...whole(0, 100_000_000, 'MB'),
  },
  'workspace.min_free_mb': {
    group: 'workspace',
    name: 'Room that must stay free',
    defaultValue: '64',
    description:
      'Megabytes that must be free on the disk of every project for a run to start; 0 asks for none.',
    ...whole(0, 100_000_000, 'MB'),
  },
  'workspace.archive_days': {
    group: 'workspace',
    name: 'Archives are kept',
    defaultValue: '90',
    description: 'How long the archived uncommitted work of a removed worktree is kept; 0 keeps it for ever.',
    ...whole(0, 36_500, 'days'),
  },
  'workspace.archive_mb': {
    group: 'workspace',
    name: 'Room for archives',
    defaultValue: '2048',
    description:
      'Megabytes that archives may take; beyond, the oldest go first, but none in its first week. 0 sets no limit.',
    ...whole(0, 100_000_000, 'MB'),
  },
  'backup.interval_hours': {
    group: 'data',
    name: 'Time between backups',
    defaultValue: '24',
    description: 'Time between two backups that Homer makes by itself; 0 makes none.',
    ...whole(0, 8_760, 'h'),
  },
  'backup.keep': {
    group: 'data',
    name: 'Backups that are kept',
    defaultValue: '7',
    description: 'How many backups made by Homer itself are kept. Those made by hand always are.',
    ...whole(1, 1_000, 'backups'),
  },
  'retention.events_days': {
    group: 'data',
    name: 'Messages and events are kept',
    defaultValue: '90',
    description:
      'How long after its end a run keeps its output and messages, and domain events are kept; 0 keeps them for ever. States, tests, verdicts, checkpoints and decisions always stay.',
    ...whole(0, 36_500, 'days'),
  },
  'retention.output_days': {
    group: 'data',
    name: 'Raw output is kept',
    defaultValue: '30',
    description: 'How long after its end a run keeps its raw output files; 0 keeps them for ever.',
    ...whole(0, 36_500, 'days'),
  },
  'retention.commits_days': {
    group: 'data',
    name: 'Commits are kept',
    defaultValue: '365',
    description:
      'How long after its end the commits of a run whose branch is gone are kept, and with them its diff; 0 keeps them for ever. What may still be retried or applied again keeps them.',
    ...whole(0, 36_500, 'days'),
  },
  'retention.notices_days': {
    group: 'data',
    name: 'Record of notifications is kept',
    defaultValue: '30',
    description: 'How long what became of each notification is kept; 0 keeps it for ever.',
    ...whole(0, 36_500, 'days'),
  },
  ...accountFlags,
  ...localFlags,
  ...notifyFlags,
  'desktop.ask_login': {
    group: 'desktop',
    name: 'Ask about launch at login',
    defaultValue: 'on',
    description:
      'Ask once, after the first run, whether Homer starts at login. Goes off with the answer; whether it starts is under General.',
    ...onOff,
  },
  'desktop.quick_shortcut': {
    group: 'desktop',
    name: 'Shortcut of the quick window',
    defaultValue: '',
    description:
      'Global shortcut of the quick window, such as Control+Alt+H. Empty: none. Set it under General, which says whether it is free.',
    value: { type: 'text', most: 60 },
    schema: shortcutSchema,
  },
  ...boardFlags,
  ...updateFlags,
} as const satisfies Record<string, FlagSpec>;

export type FlagKey = keyof typeof flags;

export function isFlagKey(key: string): key is FlagKey {
  return Object.hasOwn(flags, key);
}
