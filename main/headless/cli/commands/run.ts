import { runFilter } from '../../../../preload/contract/run.ts';
import type { OutputOf } from '../../../../preload/contract/operations.ts';
import type { ApplyStrategy } from '../../../domain/run/apply-strategy.ts';
import type { LeftOut } from '../../../domain/run/left-out.ts';
import { runStatus, runType } from '../../../domain/run/status.ts';
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
  type Options,
} from '../command.ts';
import type { Answer, CommandContext } from '../io.ts';
import { goalRef, projectRef, runRef } from '../refs.ts';
import { diffView, runTable, runView } from '../views.ts';
import { workChoices, workOptions } from '../work-options.ts';
import { readStagesFile } from '../stages-file.ts';
import { watchRun } from '../watch-run.ts';
import { changeText, statusText } from '../words.ts';
import { schemaOf } from '../../../domain/list-schema.ts';

type Detail = OutputOf<'run.get'>;

function leftOutOf(options: Options, head: string | null): LeftOut | undefined {
  const paths = options['leaveOut'];
  if (!Array.isArray(paths) || head === null) return undefined;
  return { head, files: paths.filter((path) => typeof path === 'string').map((path) => ({ path })) };
}

function changed({ run, ...rest }: Detail): Answer {
  return { json: { run, ...rest }, text: `#${String(run.number)}: ${statusText(run.status).text}.` };
}

async function target(
  context: CommandContext,
  ref: string,
): Promise<{ id: string; version: number; run: Detail['run'] }> {
  const { run } = await ask(context, 'run.get', { id: await runRef(context, ref) });
  return { id: run.id, version: run.version, run };
}

/** Commands that only name a run. */
function plain(
  name: 'run.approve' | 'run.resume' | 'run.retryNow' | 'run.cancelRetry' | 'run.stop',
  summary: string,
  question?: (run: Detail['run']) => string,
): CommandSpec {
  const word = name.slice(4).replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
  return {
    usage: `${word} <run>`,
    summary,
    examples: [`homer run ${word} 7`],
    perform: async (context, args) => {
      const { id, run } = await target(context, arg(args, 0));
      if (question) await context.confirm(question(run));
      return changed(await ask(context, name, { id }));
    },
  };
}

const wait = { flags: '--wait', description: 'wait until it is to be reviewed, needs you, or has ended' };
const reason = { flags: '--reason <text>', description: 'why; kept with the decision' };

export const runCommands: readonly CommandSpec[] = [
  {
    usage: 'list',
    summary: 'List runs, newest first',
    examples: ['homer run list', 'homer run list --filter needs_me', 'homer run list --status review --json'],
    options: [
      {
        flags: '--filter <filter>',
        description: runFilter.options.join(', '),
        parse: oneOf(runFilter.options),
      },
      {
        flags: '--status <status>',
        description: runStatus.values.join(', '),
        parse: oneOf(runStatus.values),
      },
      { flags: '--project <project>', description: 'of one project' },
      { flags: '--search <words>', description: 'only those that say each of these words' },
      { flags: '--limit <n>', description: 'at most; 50 by default', parse: wholeNumber(1) },
    ],
    perform: async (context, _args, options) => {
      const project = text(options, 'project');
      const status = schemaOf(runStatus).optional().parse(text(options, 'status'));
      const list = await ask(context, 'run.list', {
        limit: number(options, 'limit') ?? 50,
        ...given({
          filter: runFilter.optional().parse(text(options, 'filter')),
          status: status === undefined ? undefined : [status],
          search: text(options, 'search'),
          projectId: project === undefined ? undefined : (await projectRef(context, project)).id,
        }),
      });
      return { json: list, text: runTable(context, list.rows) };
    },
  },
  {
    usage: 'show <run>',
    summary: 'Show one run',
    examples: ['homer run show 7', "homer run show '#7' --json"],
    perform: async (context, args) => {
      const detail = await ask(context, 'run.get', { id: await runRef(context, arg(args, 0)) });
      return { json: detail, text: runView(context, detail) };
    },
  },
  {
    usage: 'create <what>',
    summary: 'Run something now, without a proposal',
    examples: [
      'homer run create "Fix the failing test" --project parser --wait',
      'homer run create "Update the docs" --project parser --retries 3 --retry-on crashed,network --max-minutes 45',
      'homer run create "Add a parser" --project parser --stages stages.json --dry-run',
    ],
    options: [
      { flags: '--project <project>', description: 'where', mandatory: true },
      { flags: '--goal <goal>', description: 'what it is for' },
      { flags: '--name <name>', description: 'what to call it' },
      { flags: '--type <type>', description: runType.values.join(', '), parse: oneOf(runType.values) },
      {
        flags: '--executor <name>',
        description: "instead of the project's; auto: the best by the kind of task",
      },
      { flags: '--command <command>', description: 'what the shell executor runs' },
      { flags: '--label <text>', description: 'what to call the executor' },
      ...workOptions,
      {
        flags: '--stages <file>',
        description:
          'JSON list of stages: id, title, role, executor, command, steps; with needs they make a workflow, else a pipeline',
      },
      { flags: '--metadata <json>', description: 'a JSON object kept with it' },
      { flags: '--dry-run', description: 'all but starting the agent and applying' },
      { flags: '--verbose', description: 'keep more of what the agent says' },
      wait,
    ],
    perform: async (context, args, options) => {
      const goal = text(options, 'goal');
      const command = text(options, 'command');
      const staged = await readStagesFile(text(options, 'stages'));
      const detail = await ask(context, 'run.create', {
        projectId: (await projectRef(context, text(options, 'project') ?? '')).id,
        query: arg(args, 0),
        dryRun: flag(options, 'dryRun'),
        verbose: flag(options, 'verbose'),
        metadata: {
          ...metadataOf(text(options, 'metadata')),
          ...(staged === null ? {} : { stages: staged.stages }),
        },
        ...workChoices(options),
        ...given({
          goalId: goal === undefined ? undefined : (await goalRef(context, goal)).id,
          name: text(options, 'name'),
          runType: schemaOf(runType).optional().parse(text(options, 'type')) ?? staged?.runType,
          executor: text(options, 'executor') ?? (command === undefined ? undefined : 'shell'),
          shellCommand: command,
          executorLabel: text(options, 'label'),
        }),
      });
      if (flag(options, 'wait')) return watchRun(context, detail.run.id, 'wait');
      context.note(`Next: homer run watch ${String(detail.run.number)}`);
      return changed(detail);
    },
  },
  {
    usage: 'watch <run>',
    summary: 'Follow a run live; the exit code is its outcome',
    examples: ['homer run watch 7', 'homer run watch 7 --json'],
    perform: async (context, args) => watchRun(context, await runRef(context, arg(args, 0)), 'watch'),
  },
  {
    usage: 'diff <run>',
    summary: 'Show what a run changed',
    examples: ['homer run diff 7', 'homer run diff 7 | less'],
    perform: async (context, args) => {
      const diff = await ask(context, 'run.diff', { id: await runRef(context, arg(args, 0)) });
      return { json: diff, text: diffView(context, diff) };
    },
  },
  {
    usage: 'output <run>',
    summary: 'Show the raw output of a step; the last one by default',
    examples: ['homer run output 7', 'homer run output 7 --step 2 --stderr'],
    options: [
      { flags: '--step <n>', description: 'which step', parse: wholeNumber(1) },
      { flags: '--stderr', description: 'standard error instead' },
    ],
    perform: async (context, args, options) => {
      const { id, run } = await target(context, arg(args, 0));
      const step = number(options, 'step') ?? Math.max(1, run.step);
      const stream = flag(options, 'stderr') ? 'stderr' : 'stdout';
      const parts: string[] = [];
      for (let offset = 0; ;) {
        const page = await ask(context, 'run.output', { id, step, stream, offset, limit: 1_048_576 });
        parts.push(page.text);
        if (page.nextOffset <= offset || page.nextOffset >= page.size) break;
        offset = page.nextOffset;
      }
      const all = parts.join('');
      return { json: { step, stream, text: all }, text: plainText(all).trimEnd() };
    },
  },
  plain('run.approve', 'Let a draft start'),
  {
    usage: 'reject <run>',
    summary: 'Refuse a draft',
    examples: ['homer run reject 7 --reason "Not now"'],
    options: [reason],
    perform: async (context, args, options) => {
      const { id, version } = await target(context, arg(args, 0));
      return changed(
        await ask(context, 'run.reject', { id, version, ...given({ reason: text(options, 'reason') }) }),
      );
    },
  },
  {
    usage: 'pause <run>',
    summary: 'Pause at the next safe point, or at once',
    examples: ['homer run pause 7', 'homer run pause 7 --now'],
    options: [{ flags: '--now', description: 'end its process at once' }],
    perform: async (context, args, options) =>
      changed(
        await ask(context, 'run.pause', {
          id: await runRef(context, arg(args, 0)),
          now: flag(options, 'now'),
        }),
      ),
  },
  plain('run.resume', 'Go on from the last checkpoint'),
  plain(
    'run.stop',
    'End a run and everything it started',
    (run) => `Stop #${String(run.number)} ${run.name}?`,
  ),
  {
    usage: 'directive <run> <text>',
    summary: 'Tell the agent something; it reads it at its next step',
    examples: ['homer run directive 7 "Use the existing helper in src/parse.ts"'],
    perform: async (context, args) =>
      changed(
        await ask(context, 'run.directive', { id: await runRef(context, arg(args, 0)), text: arg(args, 1) }),
      ),
  },
  {
    usage: 'answer <run> <text>',
    summary: 'Answer what a blocked run asked',
    examples: ['homer run answer 7 "Yes, drop support for Node 20"'],
    perform: async (context, args) => {
      const { id, version } = await target(context, arg(args, 0));
      return changed(await ask(context, 'run.answer', { id, version, text: arg(args, 1) }));
    },
  },
  {
    usage: 'apply <run>',
    summary: 'Bring the result into the project; a conflict changes nothing',
    examples: [
      'homer run apply 7',
      'homer run apply 7 --rebase --test',
      'homer run apply 7 --leave-out docs/notes.md',
    ],
    options: [
      { flags: '--squash', description: 'as one commit' },
      { flags: '--rebase', description: 'commit by commit on top of the branch, without a merge' },
      { flags: '--test', description: 'test the merged result before the branch moves' },
      { flags: '--no-test', description: 'do not, whatever the setting says' },
      { flags: '--leave-out <path...>', description: 'files of the result that stay away' },
    ],
    perform: async (context, args, options) => {
      const { id, version, run: shown } = await target(context, arg(args, 0));
      const detail = await ask(context, 'run.apply', {
        id,
        version,
        strategy: strategyOf(options),
        ...given({
          test: typeof options['test'] === 'boolean' ? options['test'] : undefined,
          leftOut: leftOutOf(options, shown.headCommit),
        }),
      });
      const { run } = detail;
      const commit = run.appliedCommit === null ? '' : ` as ${run.appliedCommit.slice(0, 12)}`;
      return {
        json: detail,
        text: `Applied #${String(run.number)} to ${plainText(run.projectName)}${commit}: ${changeText(run)}.`,
      };
    },
  },
  {
    usage: 'roll-back <run>',
    summary: 'Take an applied run out of the project again, by a commit that undoes it',
    examples: ['homer run roll-back 7', 'homer run roll-back 7 --reason "Slows the start down"'],
    options: [reason],
    perform: async (context, args, options) => {
      const { id, version, run } = await target(context, arg(args, 0));
      await context.confirm(`Take #${String(run.number)} ${run.name} out of ${run.projectName} again?`);
      const detail = await ask(context, 'run.rollBack', {
        id,
        version,
        ...given({ reason: text(options, 'reason') }),
      });
      const commit = detail.run.rolledBackCommit?.slice(0, 12) ?? '';
      return {
        json: detail,
        text: `Rolled back #${String(run.number)} in ${plainText(run.projectName)} by ${commit}.`,
      };
    },
  },
  {
    usage: 'discard <run>',
    summary: 'Give up the result; its evidence stays',
    examples: ['homer run discard 7 --reason "Wrong approach"'],
    options: [reason],
    perform: async (context, args, options) => {
      const { id, version, run } = await target(context, arg(args, 0));
      await context.confirm(`Give up the result of #${String(run.number)} ${run.name}?`);
      return changed(
        await ask(context, 'run.discard', { id, version, ...given({ reason: text(options, 'reason') }) }),
      );
    },
  },
  {
    usage: 'request-changes <run> <feedback>',
    summary: 'Send it back for another attempt',
    examples: ['homer run request-changes 7 "Keep the old flag working" --wait'],
    options: [wait],
    perform: async (context, args, options) => {
      const { id, version } = await target(context, arg(args, 0));
      const detail = await ask(context, 'run.requestChanges', { id, version, feedback: arg(args, 1) });
      return flag(options, 'wait') ? watchRun(context, detail.run.id, 'wait') : changed(detail);
    },
  },
  {
    usage: 'retry <run>',
    summary: 'Run the same intent again, attempt + 1',
    examples: ['homer run retry 7', 'homer run retry 7 --from-step 3'],
    options: [
      {
        flags: '--from-step <n>',
        description: 'go on from the checkpoint after this step; else from the start',
        parse: wholeNumber(1),
      },
    ],
    perform: async (context, args, options) => {
      const { id } = await target(context, arg(args, 0));
      const fromStep = number(options, 'fromStep');
      return changed(await ask(context, 'run.retry', { id, ...given({ fromStep }) }));
    },
  },
  plain('run.retryNow', 'Let a retry that waits for its time start at once'),
  plain('run.cancelRetry', 'Give up a retry that waits for its time'),
];

function strategyOf(options: Options): ApplyStrategy {
  if (flag(options, 'squash') && flag(options, 'rebase'))
    return refuse({
      tag: 'usage',
      message: 'Squash and rebase exclude each other.',
      hint: 'Give one of --squash and --rebase.',
    });
  return flag(options, 'squash') ? 'squash' : flag(options, 'rebase') ? 'rebase' : 'merge';
}

function metadataOf(json: string | undefined): Record<string, never> {
  if (json === undefined) return {};
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, never>;
    return refuse({
      tag: 'invalid_input',
      message: 'The metadata must be a JSON object.',
      hint: 'Such as \'{"ticket": 12}\'.',
    });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refuse({
      tag: 'invalid_input',
      message: `The metadata is not valid JSON: ${error.message}`,
      hint: 'Quote it for the shell, such as \'{"ticket": 12}\'.',
    });
  }
}
