import { readFile } from 'node:fs/promises';
import { planSchema } from '../../../domain/proposal/plan.ts';
import type { ProposalCard } from '../../../domain/proposal/proposal.ts';
import { proposalStage } from '../../../domain/proposal/stage.ts';
import { messageOf } from '../../../shared/result.ts';
import type { InputOf, OutputOf } from '../../../../preload/contract/operations.ts';
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
import { cardFilter, cardFilterOptions } from '../card-filter-options.ts';
import type { Answer, CommandContext } from '../io.ts';
import { goalRef, projectRef, proposalRef } from '../refs.ts';
import { afterSpan, readTime } from '../until.ts';
import { cardTable, proposalView } from '../views.ts';
import { waitForPlan, waitForPlanOption } from '../wait-for-plan.ts';
import { workChoices, workOptions } from '../work-options.ts';
import { watchRun } from '../watch-run.ts';
import { statusText } from '../words.ts';
import { schemaOf } from '../../../domain/list-schema.ts';

type Detail = OutputOf<'proposal.get'>;
type Decide = InputOf<'proposal.decide'>;

async function find(context: CommandContext, ref: string): Promise<Detail> {
  return ask(context, 'proposal.get', { id: await proposalRef(context, ref) });
}

/** Decides on the version that was just read, so that a decision made elsewhere in between is not overruled. */
async function decide(
  context: CommandContext,
  ref: string,
  action: Decide['action'] | ((detail: Detail) => Decide['action']),
  extra: Omit<Decide, 'id' | 'version' | 'action'> = {},
): Promise<Answer & { detail: Detail }> {
  const seen = await find(context, ref);
  const { id, version } = seen.proposal;
  const chosen = typeof action === 'string' ? action : action(seen);
  const detail = await ask(context, 'proposal.decide', { id, version, action: chosen, ...extra });
  return { detail, ...changed(detail) };
}

function changed(detail: Detail): Answer {
  const { number: n, stage, planning } = detail.proposal;
  const state = planning === 'idle' ? '' : `, ${planning}`;
  return { json: detail, text: `P-${String(n)}: ${proposalStage.labels[stage]}${state}.` };
}

function decision(
  usage: string,
  summary: string,
  example: string,
  action: Decide['action'] | ((detail: Detail) => Decide['action']),
): CommandSpec {
  const plans = action === 'approve';
  return {
    usage,
    summary,
    examples: [example],
    options: [
      { flags: '--reason <text>', description: 'why; kept with the decision' },
      ...(plans ? [waitForPlanOption] : []),
    ],
    perform: async (context, args, options) => {
      const answer = await decide(context, arg(args, 0), action, given({ reason: text(options, 'reason') }));
      return plans ? planAsked(context, answer, options) : answer;
    },
  };
}

/** After a command that has a plan written: the plan itself with `--wait`, else how to see it. */
async function planAsked(
  context: CommandContext,
  answer: Answer & { detail: Detail },
  options: Options,
): Promise<Answer> {
  const { id, number: n } = answer.detail.proposal;
  if (flag(options, 'wait')) return waitForPlan(context, id);
  context.note(`Next: homer proposal show P-${String(n)}`);
  return answer;
}

function untilOf(context: CommandContext, options: Options): string | null {
  if (flag(options, 'clear')) return null;
  const until = text(options, 'until');
  return until === undefined ? afterSpan(context, text(options, 'for') ?? '1d') : readTime(until);
}

export const proposalCommands: readonly CommandSpec[] = [
  {
    usage: 'list',
    summary: 'List proposals by stage',
    examples: [
      'homer proposal list --stage plan --project parser',
      'homer proposal list --priority urgent,high --waits you',
    ],
    options: [
      {
        flags: '--stage <stage>',
        description: proposalStage.values.join(', '),
        parse: oneOf(proposalStage.values),
      },
      ...cardFilterOptions,
      { flags: '--limit <n>', description: 'of each stage at most', parse: wholeNumber(1) },
    ],
    perform: async (context, _args, options) => {
      const filter = await cardFilter(context, options);
      const input = { ...filter, ...given({ limit: number(options, 'limit') }) };
      const listed = (cards: readonly ProposalCard[], count: number): string => {
        if (cards.length === 0 && Object.keys(filter).length > 0) return 'No proposal matches.';
        const rest = count - cards.length;
        return `${cardTable(context, cards)}${rest > 0 ? `\nand ${String(rest)} more` : ''}`;
      };
      const stage = schemaOf(proposalStage).optional().parse(text(options, 'stage'));
      if (stage) {
        const page = await ask(context, 'proposal.list', { stage, ...input });
        return { json: page, text: listed(page.cards, page.count) };
      }
      const board = await ask(context, 'proposal.board', input);
      const cards = board.columns.flatMap((column) => column.cards);
      const count = board.columns.reduce((sum, column) => sum + column.count, 0);
      return { json: board, text: listed(cards, count) };
    },
  },
  {
    usage: 'show <proposal>',
    summary: 'Show a proposal whole',
    examples: ['homer proposal show P-12'],
    perform: async (context, args) => {
      const detail = await find(context, arg(args, 0));
      return { json: detail, text: proposalView(context, detail) };
    },
  },
  {
    usage: 'add <title>',
    summary: 'Propose something yourself',
    examples: ['homer proposal add "Make the parser faster" --project parser --content "See the benchmark."'],
    options: [
      { flags: '--summary <text>', description: 'one paragraph' },
      { flags: '--content <text>', description: 'Markdown; `-` reads it from standard input' },
      { flags: '--project <project>', description: 'where it belongs' },
      { flags: '--goal <goal>', description: 'what it is for' },
    ],
    perform: async (context, args, options) => {
      const project = text(options, 'project');
      const goal = text(options, 'goal');
      const content = text(options, 'content');
      const detail = await ask(context, 'proposal.create', {
        title: arg(args, 0),
        ...given({
          summary: text(options, 'summary'),
          content: content === '-' ? await context.readInput() : content,
          projectId: project === undefined ? undefined : (await projectRef(context, project)).id,
          goalId: goal === undefined ? undefined : (await goalRef(context, goal)).id,
        }),
      });
      return changed(detail);
    },
  },
  decision(
    'approve <proposal>',
    'Approve an idea: a plan is written',
    'homer proposal approve P-12 --wait',
    'approve',
  ),
  decision(
    'details <proposal>',
    'Open questions and answers before planning',
    'homer proposal details P-12',
    (seen) => (seen.possible.includes('more_details') ? 'more_details' : 'details'),
  ),
  {
    usage: 'ask <proposal> <question>',
    summary: 'Ask a question in the research phase',
    examples: ['homer proposal ask P-12 "Which Node versions?" --required'],
    options: [{ flags: '--required', description: 'no plan before it is answered' }],
    perform: async (context, args, options) => {
      const id = await proposalRef(context, arg(args, 0));
      const detail = await ask(context, 'proposal.ask', {
        id,
        question: arg(args, 1),
        required: flag(options, 'required'),
      });
      return changed(detail);
    },
  },
  {
    usage: 'ask-planner <proposal>',
    summary: 'Have the planner look for open questions in the research phase',
    examples: ['homer proposal ask-planner P-12'],
    perform: async (context, args) => {
      const id = await proposalRef(context, arg(args, 0));
      const detail = await ask(context, 'proposal.askPlanner', { id });
      context.note(`Next: homer proposal show P-${String(detail.proposal.number)}`);
      return changed(detail);
    },
  },
  {
    usage: 'answer <proposal> <question> <answer>',
    summary: 'Answer a question, by its number or id',
    examples: ['homer proposal answer P-12 1 "22 and 24"'],
    perform: async (context, args) => {
      const { proposal, questions } = await find(context, arg(args, 0));
      const wanted = arg(args, 1);
      const question = questions.find(
        (candidate) => candidate.id === wanted || String(candidate.sequence) === wanted,
      );
      if (!question)
        return refuse({
          tag: 'not_found',
          message: `P-${String(proposal.number)} has no question ${wanted}.`,
          hint: `\`homer proposal show P-${String(proposal.number)}\` lists them.`,
        });
      const detail = await ask(context, 'proposal.answer', {
        id: proposal.id,
        questionId: question.id,
        answer: arg(args, 2),
      });
      return changed(detail);
    },
  },
  {
    usage: 'plan <proposal>',
    summary: 'Write the plan: by the planner, again after a failure, or by hand from a file',
    examples: [
      'homer proposal plan P-12',
      'homer proposal plan P-12 --retry',
      'homer proposal plan P-12 --file plan.json',
    ],
    options: [
      { flags: '--retry', description: 'start the planner again' },
      { flags: '--cancel', description: 'stop the planner' },
      { flags: '--file <path>', description: 'a plan as JSON' },
      waitForPlanOption,
    ],
    perform: async (context, args, options) => {
      const ref = arg(args, 0);
      const path = text(options, 'file');
      if (path !== undefined) {
        const plan = await readPlan(path);
        const { proposal } = await find(context, ref);
        return changed(
          await ask(context, 'proposal.editPlan', { id: proposal.id, version: proposal.version, plan }),
        );
      }
      if (flag(options, 'retry') || flag(options, 'cancel')) {
        const id = await proposalRef(context, ref);
        const retry = flag(options, 'retry');
        const detail = await ask(context, retry ? 'proposal.retryPlanning' : 'proposal.cancelPlanning', {
          id,
        });
        return retry ? planAsked(context, { detail, ...changed(detail) }, options) : changed(detail);
      }
      return planAsked(context, await decide(context, ref, 'generate_plan'), options);
    },
  },
  {
    usage: 'suggest <proposal> <feedback>',
    summary: 'Have the plan revised',
    examples: ['homer proposal suggest P-12 "Leave the public API alone"'],
    options: [waitForPlanOption],
    perform: async (context, args, options) =>
      planAsked(context, await decide(context, arg(args, 0), 'suggest', { feedback: arg(args, 1) }), options),
  },
  {
    usage: 'execute <proposal>',
    summary: 'Run the plan',
    examples: [
      'homer proposal execute P-12 --wait',
      'homer proposal execute P-12 --command "./fix.sh" --label "my script"',
    ],
    options: [
      {
        flags: '--executor <name>',
        description: "instead of the project's; auto: the best by the kind of task",
      },
      { flags: '--command <command>', description: 'what the shell executor runs' },
      { flags: '--label <text>', description: 'what to call the executor' },
      ...workOptions,
      { flags: '--dry-run', description: 'all but starting the agent and applying' },
      { flags: '--wait', description: 'wait until it is to be reviewed, needs you, or has ended' },
    ],
    perform: async (context, args, options) => {
      const command = text(options, 'command');
      const { detail, ...answer } = await decide(context, arg(args, 0), 'execute', {
        execute: given({
          executor: text(options, 'executor') ?? (command === undefined ? undefined : 'shell'),
          shellCommand: command,
          executorLabel: text(options, 'label'),
          ...workChoices(options),
          dryRun: flag(options, 'dryRun') ? true : undefined,
        }),
      });
      const run = detail.runs.toSorted((a, b) => b.number - a.number)[0];
      if (!run) return answer;
      if (flag(options, 'wait')) return watchRun(context, run.id, 'wait');
      context.note(`Next: homer run watch ${String(run.number)}`);
      return {
        ...answer,
        text: `${answer.text} Run #${String(run.number)}: ${statusText(run.status).text}.`,
      };
    },
  },
  decision('skip <proposal>', 'Archive without a judgement', 'homer proposal skip P-12', 'skip'),
  {
    usage: 'reject <proposal>',
    summary: 'Reject, and say why',
    examples: ['homer proposal reject P-12 --reason "We drop this module soon"'],
    options: [{ flags: '--reason <text>', description: 'why; learned from', mandatory: true }],
    perform: async (context, args, options) =>
      decide(context, arg(args, 0), 'reject', given({ reason: text(options, 'reason') })),
  },
  decision(
    'restore <proposal>',
    'Bring an archived or rejected one back',
    'homer proposal restore P-12',
    'restore',
  ),
  {
    usage: 'snooze <proposal>',
    summary: 'Take it out of the inbox for a while; one day by default',
    examples: ['homer proposal snooze P-12 --for 4h', 'homer proposal snooze P-12 --clear'],
    options: [
      { flags: '--for <span>', description: 'such as 30min, 4h, 2d' },
      { flags: '--until <time>', description: 'such as 2027-01-31T09:00' },
      { flags: '--clear', description: 'bring it back now' },
    ],
    perform: async (context, args, options) => {
      const until = untilOf(context, options);
      const { proposal } = await find(context, arg(args, 0));
      return changed(
        await ask(context, 'proposal.snooze', { id: proposal.id, version: proposal.version, until }),
      );
    },
  },
];

async function readPlan(path: string): Promise<InputOf<'proposal.editPlan'>['plan']> {
  try {
    const parsed = planSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    return refuse({
      tag: 'invalid_input',
      message: `${path}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`,
    });
  } catch (error) {
    if (error instanceof SyntaxError)
      return refuse({ tag: 'invalid_input', message: `${path} is not valid JSON: ${error.message}` });
    if (error instanceof Error && 'code' in error)
      return refuse({ tag: 'not_found', message: `${path} cannot be read: ${messageOf(error)}` });
    throw error;
  }
}
