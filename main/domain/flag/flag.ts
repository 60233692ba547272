import { z } from 'zod';

interface FlagSpec {
  readonly defaultValue: string;
  readonly description: string;
  readonly schema: z.ZodType<string>;
}

function whole(least: number, most: number): z.ZodType<string> {
  return z
    .string()
    .regex(/^\d+$/u, 'Give a whole number.')
    .refine(
      (text) => Number(text) >= least && Number(text) <= most,
      `Give a number from ${String(least)} to ${String(most)}.`,
    );
}

const onOff = z.enum(['on', 'off'], 'Give on or off.');

/** Settings of the runtime: every one of them is read somewhere, and takes effect at once. */
export const flags = {
  'runtime.tick_interval_ms': {
    defaultValue: '60000',
    description:
      'Longest time between two ticks, in milliseconds. Due work and decisions wake the loop earlier.',
    schema: whole(1_000, 3_600_000),
  },
  'runtime.max_concurrent_runs': {
    defaultValue: '2',
    description: 'How many runs work at the same time.',
    schema: whole(1, 32),
  },
  'runtime.max_runs_per_project': {
    defaultValue: '0',
    description:
      'How many runs of one project work at the same time, unless the project says otherwise. 0: no limit of its own.',
    schema: whole(0, 32),
  },
  'runtime.max_runs_per_executor': {
    defaultValue: '0',
    description: 'How many runs of one executor work at the same time. 0: no limit of its own.',
    schema: whole(0, 32),
  },
  'runtime.max_runs_per_account': {
    defaultValue: '0',
    description: 'How many runs of one account of an executor work at the same time. 0: no limit of its own.',
    schema: whole(0, 32),
  },
  'runtime.max_parallel_stages': {
    defaultValue: '2',
    description: 'How many stages of one workflow work at the same time.',
    schema: whole(1, 16),
  },
  'runtime.hold': {
    defaultValue: 'off',
    description: 'Pause everything: no run is claimed while this is on.',
    schema: onOff,
  },
  'runtime.max_recoveries': {
    defaultValue: '3',
    description: 'How often a run may be taken up again after a crash before it counts as failed.',
    schema: whole(0, 100),
  },
  'runtime.discovery_enabled': {
    defaultValue: 'on',
    description: 'Look for work in projects on a schedule. Discover now always works.',
    schema: onOff,
  },
  'runtime.discovery_interval_ms': {
    defaultValue: '3600000',
    description: 'Time between two checks of the same source, in milliseconds.',
    schema: whole(60_000, 7 * 86_400_000),
  },
  'trigger.max_missed_age_ms': {
    defaultValue: '604800000',
    description:
      'Missed times older than this are not caught up unless the intent says otherwise, in milliseconds.',
    schema: whole(0, 366 * 86_400_000),
  },
  'trigger.stagger_ms': {
    defaultValue: '300000',
    description:
      'Over how long the runs of many intents that missed their times are spread, in milliseconds.',
    schema: whole(0, 3_600_000),
  },
  'runtime.quiet_minutes': {
    defaultValue: '10',
    description:
      'Minutes without a sign of life after which a run counts as stuck: its timeline says so and an alert is raised. 0: never. For turns that start afterwards.',
    schema: whole(0, 10_080),
  },
  'runtime.no_output_minutes': {
    defaultValue: '30',
    description:
      'Minutes without output after which an agent is ended and its run fails. 0: never. For turns that start afterwards.',
    schema: whole(0, 10_080),
  },
  'runtime.max_output_mb': {
    defaultValue: '1024',
    description:
      'Megabytes of output of one run that are kept. Past it the timeline is cut and only the ending is read; at twice as much the agent is ended.',
    schema: whole(1, 1_048_576),
  },
  'agents.turn_limit': {
    defaultValue: '0',
    description:
      'Calls of the model that one step may take, where the agent program can be held to it; the next step goes on from there. 0: no limit.',
    schema: whole(0, 10_000),
  },
  'budget.steps': {
    defaultValue: '8',
    description: 'Steps a run may take unless it says otherwise.',
    schema: whole(1, 200),
  },
  'budget.minutes': {
    defaultValue: '20',
    description: 'Minutes a run may work unless it says otherwise.',
    schema: whole(1, 10_080),
  },
  'backup.interval_hours': {
    defaultValue: '24',
    description: 'Hours between two backups that Homer makes by itself; 0 makes none.',
    schema: whole(0, 8_760),
  },
  'backup.keep': {
    defaultValue: '7',
    description: 'How many backups made by Homer itself are kept. Those made by hand always are.',
    schema: whole(1, 1_000),
  },
  'retention.events_days': {
    defaultValue: '90',
    description:
      'Days after its end that a run keeps its output and messages, and that domain events are kept; 0 keeps them for ever. States, tests, verdicts, checkpoints and decisions always stay.',
    schema: whole(0, 36_500),
  },
  'retention.output_days': {
    defaultValue: '30',
    description: 'Days after its end that a run keeps its raw output files; 0 keeps them for ever.',
    schema: whole(0, 36_500),
  },
  'retention.commits_days': {
    defaultValue: '365',
    description:
      'Days after its end that the commits of a run whose branch is gone are kept, and with them its diff; 0 keeps them for ever. What may still be retried or applied again keeps them.',
    schema: whole(0, 36_500),
  },
  'planner.command': {
    defaultValue: '',
    description:
      'Command that writes plans: it gets the request on standard input and prints one JSON plan. Empty: the built-in template (no model).',
    schema: z.string().max(2_000),
  },
  'workspace.disk_budget_mb': {
    defaultValue: '0',
    description:
      'Megabytes that the worktrees of all projects may take together; 0 sets no limit. When they take more, no run starts until there is room.',
    schema: whole(0, 100_000_000),
  },
  'workspace.min_free_mb': {
    defaultValue: '64',
    description:
      'Megabytes that must be free on the disk of every project for a run to start; 0 asks for none.',
    schema: whole(0, 100_000_000),
  },
  'workspace.archive_days': {
    defaultValue: '90',
    description:
      'Days that the archived uncommitted work of a removed worktree is kept; 0 keeps it for ever.',
    schema: whole(0, 36_500),
  },
  'workspace.archive_mb': {
    defaultValue: '2048',
    description:
      'Megabytes that archives may take; beyond, the oldest go first, but none in its first week. 0 sets no limit.',
    schema: whole(0, 100_000_000),
  },
  'workspace.test_before_apply': {
    defaultValue: 'off',
    description:
      "Run the project's tests on the merged result, in a scratch worktree, before its branch moves. A failure leaves the run in review.",
    schema: onOff,
  },
} as const satisfies Record<string, FlagSpec>;

export type FlagKey = keyof typeof flags;

export function isFlagKey(key: string): key is FlagKey {
  return Object.hasOwn(flags, key);
}
