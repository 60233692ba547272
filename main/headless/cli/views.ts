import { stageStatus } from '../../domain/run/stage-status.ts';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { proposalStage } from '../../domain/proposal/stage.ts';
import type { ProposalCard } from '../../domain/proposal/proposal.ts';
import type { RunRow } from '../../domain/run/run.ts';
import { plainText } from '../plain-text.ts';
import type { CommandContext } from './io.ts';
import { fields, table } from './table.ts';
import { changeText, count, duration, relativeTime, statusText, testText } from './words.ts';

/** How the things of the domain look in a terminal. */
export function runTable(context: CommandContext, rows: readonly RunRow[]): string {
  if (rows.length === 0) return 'No runs.';
  const now = context.clock.now();
  return table(
    [
      { title: 'RUN', cell: (run) => ({ text: `#${String(run.number)}`, style: 'bold' }) },
      { title: 'STATUS', cell: (run) => statusText(run.status) },
      { title: 'NAME', cell: (run) => run.name, flexible: true },
      { title: 'PROJECT', cell: (run) => run.projectName, flexible: true },
      { title: 'STEP', cell: (run) => `${String(run.step)}/${String(run.maxSteps)}`, align: 'right' },
      { title: 'CHANGES', cell: changeText },
      { title: 'TESTS', cell: (run) => testText(run.testAfterExit, run.hasTests) },
      { title: 'UPDATED', cell: (run) => relativeTime(run.updatedAt, now) },
    ],
    rows,
    context.width,
    context.paint,
  );
}

export function runView(context: CommandContext, detail: OutputOf<'run.get'>): string {
  const { run } = detail;
  const now = context.clock.now();
  const status = statusText(run.status);
  const head = `${context.paint('bold', `#${String(run.number)}`)} ${plainText(run.name)}  ${context.paint(status.style, status.text)}`;
  const body = fields(
    [
      ['Id', run.id],
      ['Project', run.projectName],
      ['Executor', run.executorLabel || run.executor],
      ['Attempt', String(run.attempt)],
      ['Step', `${String(run.step)} of at most ${String(run.execution.budget.steps)}`],
      ['Changes', changeText(run)],
      ['Branch', run.branch],
      ['Worktree', run.worktree],
      ['Tests before', run.testBefore && evidenceLine(run.testBefore)],
      ['Tests after', run.testAfter && evidenceLine(run.testAfter)],
      ['Applied as', run.appliedCommit],
      ['Rolled back', run.rolledBackCommit],
      ['Held by', run.held.map((rule) => rule.reason).join(' ')],
      ['Asks', run.question],
      ['Error', run.error],
      ['Waits', detail.waiting],
      ...detail.stages.map((stage): [string, string] => [
        `Stage ${stage.stage}`,
        `${stageStatus.labels[stage.status]}${stage.error === null ? '' : `: ${stage.error}`}`,
      ]),
      ['Would do', detail.dryRun && dryRunLines(detail.dryRun)],
      ['Worked', run.activeMs ? duration(run.activeMs) : null],
      ['Started', run.startedAt && relativeTime(run.startedAt, now)],
      ['Ended', run.endedAt && relativeTime(run.endedAt, now)],
      ['You can', detail.possible.join(', ').replaceAll('_', ' ')],
    ],
    context.paint,
  );
  return `${head}\n${body}`;
}

/** What a dry run found, a line for each step. */
function dryRunLines({ steps, gate }: NonNullable<OutputOf<'run.get'>['dryRun']>): string {
  const held = gate.held.length === 0 ? 'it would start by itself' : 'it would wait for approval';
  return [
    ...steps.map(
      (step) =>
        `${String(step.level)}. ${step.stage ?? step.title} by ${step.executor}${step.needs.length === 0 ? '' : ` after ${step.needs.join(', ')}`}`,
    ),
    held,
  ].join('; ');
}

export function evidenceLine(evidence: {
  command: string;
  exitCode: number | null;
  durationMs: number;
  note: string | null;
}): string {
  const outcome =
    evidence.exitCode === 0
      ? 'pass'
      : evidence.exitCode === null
        ? 'ended early'
        : `fail (${String(evidence.exitCode)})`;
  return `${outcome}, ${duration(evidence.durationMs)}: ${evidence.command}${evidence.note === null ? '' : ` (${evidence.note})`}`;
}

export function cardTable(context: CommandContext, cards: readonly ProposalCard[]): string {
  if (cards.length === 0) return 'No proposals. `homer discover` looks for work.';
  const now = context.clock.now();
  return table(
    [
      { title: 'REF', cell: (card) => ({ text: `P-${String(card.number)}`, style: 'bold' }) },
      {
        title: 'STAGE',
        cell: (card) =>
          `${proposalStage.labels[card.stage]}${card.planning === 'idle' ? '' : ` (${card.planning})`}`,
      },
      { title: 'REL', cell: (card) => String(card.relevance), align: 'right' },
      { title: 'TITLE', cell: (card) => card.title, flexible: true },
      { title: 'PROJECT', cell: (card) => card.projectName ?? '-', flexible: true },
      { title: 'SOURCE', cell: (card) => card.sourceRef || card.source, flexible: true },
      { title: 'SINCE', cell: (card) => relativeTime(card.stageSince, now) },
    ],
    cards,
    context.width,
    context.paint,
  );
}

export function proposalView(context: CommandContext, detail: OutputOf<'proposal.get'>): string {
  const { proposal, questions } = detail;
  const { plan } = proposal;
  // In stage plan, a plan that is still being written, or waits for an answer, cannot be executed yet.
  const open = questions.some(({ required, answer }) => required && answer === null);
  const ready = plan !== null && proposal.planning === 'idle' && !open;
  const possible = detail.possible.filter((action) => action !== 'execute' || ready);
  const parts = [
    `${context.paint('bold', `P-${String(proposal.number)}`)} ${plainText(proposal.title)}  ${proposalStage.labels[proposal.stage]}`,
    fields(
      [
        ['Id', proposal.id],
        ['Source', proposal.sourceRef || proposal.source],
        ['Relevance', `${String(proposal.relevance)}/50`],
        ['Summary', proposal.summary],
        ['Planning', proposal.planning === 'idle' ? null : (proposal.planningError ?? proposal.planning)],
        ['Snoozed', proposal.snoozedUntil && relativeTime(proposal.snoozedUntil, context.clock.now())],
        [
          'Runs',
          detail.runs.map((run) => `#${String(run.number)} ${statusText(run.status).text}`).join(', '),
        ],
        ['You can', possible.join(', ').replaceAll('_', ' ')],
      ],
      context.paint,
    ),
  ];
  if (proposal.content) parts.push(plainText(proposal.content).trimEnd());
  if (plan)
    parts.push(
      `${context.paint('bold', `Plan ${String(proposal.planVersion)}`)} (effort ${plan.effort}, risk ${plan.risk})\n` +
        plan.steps.map((step, index) => `  ${String(index + 1)}. ${plainText(step)}`).join('\n'),
    );
  if (questions.length)
    parts.push(
      `${context.paint('bold', 'Questions')}\n` +
        questions
          .map(
            (question) =>
              `  ${String(question.sequence)}. ${plainText(question.question)}${question.required ? ' (required)' : ''}\n     ${
                question.answer === null
                  ? context.paint('yellow', 'not answered')
                  : plainText(question.answer)
              }`,
          )
          .join('\n'),
    );
  return parts.join('\n\n');
}

export function projectTable(context: CommandContext, projects: OutputOf<'project.list'>): string {
  if (projects.length === 0)
    return 'No projects. Add one with `homer project add PATH`, or try `homer project demo`.';
  return table(
    [
      { title: 'NAME', cell: (project) => ({ text: project.name, style: 'bold' }), flexible: true },
      { title: 'BRANCH', cell: (project) => project.defaultBranch },
      { title: 'PROPOSALS', cell: (project) => String(project.openProposals), align: 'right' },
      { title: 'RUNS', cell: (project) => String(project.activeRuns), align: 'right' },
      { title: 'TESTS', cell: (project) => project.testCommand || '-', flexible: true },
      {
        title: 'PATH',
        cell: (project) =>
          project.problem === null ? project.localPath : { text: project.problem, style: 'red' },
        flexible: true,
      },
    ],
    projects,
    context.width,
    context.paint,
  );
}

export function diffView(context: CommandContext, diff: OutputOf<'run.diff'>): string {
  const { paint } = context;
  const head = `${count(diff.files.length, 'file')} +${String(diff.additions)} −${String(diff.deletions)} against ${plainText(diff.target)}`;
  const blocked = diff.blockedBy === null ? [] : [paint('yellow', plainText(diff.blockedBy))];
  const files = diff.files.map((file) =>
    file.patch === null
      ? `${plainText(file.path)}: ${plainText(file.note ?? file.change)}`
      : plainText(file.patch)
          .trimEnd()
          .split('\n')
          .map((line) =>
            line.startsWith('+') ? paint('green', line) : line.startsWith('-') ? paint('red', line) : line,
          )
          .join('\n'),
  );
  return [head, ...blocked, ...files].join('\n');
}
