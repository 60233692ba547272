import type { InputOf, OutputOf } from '../../../../preload/contract/operations.ts';
import { intentStatus, misfirePolicy, triggerType } from '../../../domain/intent/status.ts';
import { runType } from '../../../domain/run/status.ts';
import { plainText } from '../../plain-text.ts';
import { ask, refuse } from '../ask.ts';
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
import { intentTable, intentView, previewView } from '../intent-views.ts';
import { moveCommand } from '../move-command.ts';
import type { Answer, CommandContext } from '../io.ts';
import { goalRef, intentRef, projectRef } from '../refs.ts';
import { durationMs, triggerOf, triggerOptions } from '../trigger-options.ts';
import { statusText } from '../words.ts';
import { workChoices, workOptions } from '../work-options.ts';
import { schemaOf } from '../../../domain/list-schema.ts';

type Detail = OutputOf<'intent.get'>;
type Fields = InputOf<'intent.edit'>['fields'];

const settings: readonly OptionSpec[] = [
  ...triggerOptions,
  { flags: '--name <name>', description: 'what to call it' },
  { flags: '--description <text>', description: 'what it is about' },
  {
    flags: '--misfire <policy>',
    description: `what becomes of missed times: ${misfirePolicy.values.join(', ')}`,
    parse: oneOf(misfirePolicy.values),
  },
  {
    flags: '--max-age <duration>',
    description: 'missed times older than this are not run',
    parse: durationMs,
  },
  { flags: '--cap <n>', description: 'how many missed times run_all runs at most', parse: wholeNumber(1) },
  { flags: '--goal <goal>', description: 'what it is for' },
  { flags: '--type <type>', description: runType.values.join(', '), parse: oneOf(runType.values) },
  {
    flags: '--executor <name>',
    description: "instead of the project's; auto: the best by the kind of task",
  },
  { flags: '--command <command>', description: 'what the shell executor runs' },
  { flags: '--label <text>', description: 'what to call the executor' },
  ...workOptions,
];

async function fieldsOf(context: CommandContext, options: Options): Promise<Fields> {
  const goal = text(options, 'goal');
  const command = text(options, 'command');
  const work = workChoices(options);
  const budget = given({
    steps: work.maxSteps,
    durationMs: work.maxMinutes === undefined ? undefined : work.maxMinutes * 60_000,
    tokens: work.maxTokens,
    costMicroUsd: work.maxCostMicroUsd,
  });
  return given({
    trigger: triggerOf(options),
    name: text(options, 'name'),
    description: text(options, 'description'),
    misfirePolicy: schemaOf(misfirePolicy).optional().parse(text(options, 'misfire')),
    misfireMaxAgeMs: number(options, 'maxAge'),
    misfireCap: number(options, 'cap'),
    taskType: work.taskType,
    priority: work.priority,
    contextFiles: work.contextFiles,
    retryPolicy: work.retry,
    goalId: goal === undefined ? undefined : (await goalRef(context, goal)).id,
    runType: schemaOf(runType).optional().parse(text(options, 'type')),
    executor: text(options, 'executor') ?? (command === undefined ? undefined : 'shell'),
    model: work.model,
    shellCommand: command,
    executorLabel: text(options, 'label'),
    budget: Object.keys(budget).length > 0 ? budget : undefined,
  });
}

function changed(detail: Detail, what: string): Answer {
  const next = detail.schedule.next[0];
  return {
    json: detail,
    text: `${what} ${plainText(detail.intent.name)}: ${plainText(detail.schedule.words)}.${next ? ` Next: ${next.local}.` : ''}`,
  };
}

/** Commands that only name an intent. */
function plain(
  word: string,
  name: 'intent.enable' | 'intent.disable' | 'intent.cancel',
  summary: string,
  done: string,
): CommandSpec {
  return {
    usage: `${word} <intent>`,
    summary,
    examples: [`homer intent ${word} Nightly`],
    perform: async (context, args) => {
      const intent = await intentRef(context, arg(args, 0));
      if (word === 'cancel') await context.confirm(`End ${intent.name} for good?`);
      return changed(await ask(context, name, { id: intent.id }), done);
    },
  };
}

export const intentCommands: readonly CommandSpec[] = [
  {
    usage: 'list',
    summary: 'List intents, what is due next first',
    examples: ['homer intent list', 'homer intent list --project parser --json'],
    options: [
      { flags: '--project <project>', description: 'of one project' },
      {
        flags: '--status <status>',
        description: intentStatus.values.join(', '),
        parse: oneOf(intentStatus.values),
      },
      {
        flags: '--trigger <type>',
        description: triggerType.values.join(', '),
        parse: oneOf(triggerType.values),
      },
      { flags: '--all', description: 'with those that were made for one run at once' },
      { flags: '--limit <n>', description: 'at most; 100 by default', parse: wholeNumber(1) },
    ],
    perform: async (context, _args, options) => {
      const project = text(options, 'project');
      const list = await ask(context, 'intent.list', {
        all: flag(options, 'all'),
        limit: number(options, 'limit') ?? 100,
        ...given({
          projectId: project === undefined ? undefined : (await projectRef(context, project)).id,
          status: schemaOf(intentStatus).optional().parse(text(options, 'status')),
          trigger: schemaOf(triggerType).optional().parse(text(options, 'trigger')),
        }),
      });
      return { json: list, text: intentTable(context, list.rows) };
    },
  },
  {
    usage: 'show <intent>',
    summary: 'Show one intent: its next times, what it missed, its runs',
    examples: ['homer intent show Nightly'],
    perform: async (context, args) => {
      const { id } = await intentRef(context, arg(args, 0));
      const detail = await ask(context, 'intent.get', { id });
      return { json: detail, text: intentView(context, detail) };
    },
  },
  {
    usage: 'add <what>',
    summary: 'Add an intent that runs at its times, on an event, or by hand',
    examples: [
      'homer intent add "Update the dependencies" --project parser --cron "0 1 * * 1" --zone Europe/Berlin',
      'homer intent add "Check the links" --project docs --every 6h --misfire skip',
      'homer intent add "Review what came in" --project parser --on project:<id>:moved --paths "src/**"',
    ],
    options: [
      { flags: '--project <project>', description: 'where', mandatory: true },
      ...settings,
      { flags: '--now', description: 'one run at once' },
      { flags: '--off', description: 'leave it turned off' },
    ],
    perform: async (context, args, options) => {
      const { trigger, ...fields } = await fieldsOf(context, options);
      const detail = await ask(context, 'intent.create', {
        projectId: (await projectRef(context, text(options, 'project') ?? '')).id,
        query: arg(args, 0),
        trigger: trigger ?? noTrigger(),
        enabled: !flag(options, 'off'),
        ...given(fields),
      });
      return changed(detail, 'Added');
    },
  },
  {
    usage: 'edit <intent>',
    summary: 'Change an intent',
    examples: ['homer intent edit Nightly --cron "30 2 * * *"', 'homer intent edit Nightly --priority 80'],
    options: [...settings, { flags: '--query <text>', description: 'what the agent is asked to do' }],
    perform: async (context, args, options) => {
      const { id, version } = await intentRef(context, arg(args, 0));
      const fields = { ...(await fieldsOf(context, options)), ...given({ query: text(options, 'query') }) };
      return changed(await ask(context, 'intent.edit', { id, version, fields }), 'Changed');
    },
  },
  moveCommand,
  plain('enable', 'intent.enable', 'Let an intent fire again, from now on', 'Turned on'),
  plain('disable', 'intent.disable', 'Pause an intent until it is enabled', 'Turned off'),
  plain('cancel', 'intent.cancel', 'End an intent for good', 'Cancelled'),
  {
    usage: 'run <intent>',
    summary: 'Queue a run of an intent now, besides its schedule',
    examples: ['homer intent run Nightly'],
    perform: async (context, args) => {
      const { id } = await intentRef(context, arg(args, 0));
      const detail = await ask(context, 'intent.runNow', { id });
      const run = detail.activeRun;
      return {
        json: detail,
        text: run === null ? 'Done.' : `#${String(run.number)}: ${statusText(run.status).text}.`,
      };
    },
  },
  {
    usage: 'remove <intent>',
    summary: 'Remove an intent that never had a run',
    examples: ['homer intent remove Nightly'],
    perform: async (context, args) => {
      const intent = await intentRef(context, arg(args, 0));
      await context.confirm(`Remove ${intent.name}?`);
      const gone = await ask(context, 'intent.delete', { id: intent.id });
      return { json: gone, text: `Removed ${plainText(intent.name)}.` };
    },
  },
  {
    usage: 'preview',
    summary: 'Say a trigger in words with its next times, without adding anything',
    examples: [
      'homer intent preview --cron "0 0 * * 5#2" --zone America/New_York',
      'homer intent preview --every 90m',
    ],
    options: triggerOptions,
    perform: async (context, _args, options) => {
      const preview = await ask(context, 'schedule.preview', { trigger: triggerOf(options) ?? noTrigger() });
      if (preview.schedule === null)
        return refuse({
          tag: 'invalid_trigger',
          message: preview.error?.message ?? '',
          ...given({ hint: preview.error?.hint }),
        });
      return { json: preview, text: previewView(context, preview.schedule) };
    },
  },
];

function noTrigger(): never {
  return refuse({
    tag: 'usage',
    message: 'Say when it shall run.',
    hint: 'Give one of --cron, --every, --at, --on, --now, --manual.',
  });
}
