import { costWords } from '../../domain/cost/cost-state.ts';
import type { Decision } from '../../domain/decision/decision.ts';
import { runEnded } from '../../domain/run/status.ts';
import type { PlanVersion } from '../../domain/proposal/plan.ts';
import type { EvidencePart, EvidencePiece } from '../../domain/run/evidence.ts';
import type { Diff } from '../../domain/run/diff.ts';
import type { RunStage } from '../../domain/run/run-stage.ts';
import type { Checkpoint, Run, RunRow, TestEvidence } from '../../domain/run/run.ts';
import type { Result } from '../../shared/result.ts';
import { exitWords } from '../words.ts';
import type { OutputFile } from './list-output.ts';

/** All that is known of a run, before it is judged whether that is enough. */
export interface EvidenceFacts {
  readonly run: Run;
  readonly hasTests: boolean;
  readonly plan: PlanVersion | null;
  readonly checkpoints: readonly Checkpoint[];
  readonly decisions: readonly Decision[];
  readonly attempts: readonly RunRow[];
  /** Of a workflow, as they stand in this attempt; empty for every other run. */
  readonly stages: readonly RunStage[];
  /** Events of the timeline that are kept, and how many there ever were. */
  readonly events: { readonly kept: number; readonly all: number };
  readonly output: readonly OutputFile[];
  /** Null when there is nothing to compare. */
  readonly diff: Result<Diff> | null;
}

/** What there is of each part, what there is none of, and what is missing, each with its sentence. */
export function summariseEvidence(facts: EvidenceFacts): EvidencePiece[] {
  const { run, plan, checkpoints, decisions, attempts, stages, events, output } = facts;
  const piece = (part: EvidencePart, state: EvidencePiece['state'], what: string): EvidencePiece => ({
    part,
    state,
    what,
  });
  const steps = checkpoints.length;
  const noStep: [EvidencePiece['state'], string] = run.execution.dryRun
    ? ['none', 'A dry run starts no agent and takes no step.']
    : run.startedAt === null
      ? ['none', 'It has not begun.']
      : run.status === 'completed' || run.status === 'review' || run.status === 'applied'
        ? ['missing', 'No checkpoint of any step is kept.']
        : [
            'none',
            runEnded(run.status)
              ? 'It ended before its first step was through.'
              : 'Its first step is not through yet.',
          ];
  return [
    run.proposalId === null
      ? piece('plan', 'none', 'It was asked for directly, without a plan; its goal is kept.')
      : plan
        ? piece(
            'plan',
            'there',
            `Version ${String(plan.planVersion)} of the plan, written by ${plan.writtenBy}.`,
          )
        : piece('plan', 'missing', 'The version of the plan that was executed is not known.'),
    ...(stages.length > 0 ? [piece('stages', 'there', stageWords(stages))] : []),
    steps > 0
      ? piece(
          'steps',
          'there',
          `${count(steps, 'step')} with ${steps === 1 ? 'its checkpoint' : 'their checkpoints'}.`,
        )
      : piece('steps', ...noStep),
    piece('diff', ...diffOf(facts)),
    steps > 0 ? piece('policy', 'there', policyWords(checkpoints)) : piece('policy', ...noStep),
    piece('tests', ...testsOf(facts)),
    piece(
      'cost',
      'there',
      `${String(run.tokensIn + run.tokensOut)} tokens, cost ${costOf(run)}, ${String(Math.round(run.activeMs / 1_000))} s of work.`,
    ),
    events.kept < events.all
      ? piece(
          'transcript',
          'missing',
          `${String(events.kept)} of ${count(events.all, 'event')} are kept; the rest was cleared to save room.`,
        )
      : piece('transcript', 'there', `${count(events.all, 'event')} without a gap.`),
    output.length > 0
      ? piece(
          'output',
          'there',
          `${count(output.length, 'file')}, ${String(output.reduce((sum, { bytes }) => sum + bytes, 0))} bytes before redaction.`,
        )
      : steps > 0
        ? piece('output', 'missing', 'The raw output was cleared to save room.')
        : piece('output', 'none', 'No agent was started, so nothing was printed.'),
    decisions.length > 0
      ? piece(
          'decisions',
          'there',
          `${count(decisions.length, 'decision')}, each with who, where and what was shown.`,
        )
      : piece('decisions', 'none', 'Nobody had to decide anything on it.'),
    piece(
      'attempts',
      'there',
      `Attempt ${String(run.attempt)}; the intent has ${count(attempts.length, 'run')}.`,
    ),
    run.baseCommit === null
      ? piece('environment', 'none', 'It never had a worktree, so there is no commit to name.')
      : piece(
          'environment',
          'there',
          `From ${run.baseCommit.slice(0, 12)}${run.headCommit === null ? '' : ` to ${run.headCommit.slice(0, 12)}`}${run.appliedCommit === null ? '' : `, applied as ${run.appliedCommit.slice(0, 12)}`}${run.rolledBackCommit === null ? '' : `, rolled back by ${run.rolledBackCommit.slice(0, 12)}`}.`,
        ),
  ];
}

function diffOf({ run, diff }: EvidenceFacts): [EvidencePiece['state'], string] {
  if (run.headCommit === null) return ['none', 'It never had a worktree, so it changed nothing.'];
  if (diff === null || run.headCommit === run.baseCommit) return ['none', 'It changed nothing.'];
  return diff.ok
    ? [
        'there',
        `${count(diff.value.files.length, 'file')}, +${String(diff.value.additions)} −${String(diff.value.deletions)}.`,
      ]
    : diff.error.tag === 'unknown_commit'
      ? ['missing', 'Its commits are no longer in the repository of the project.']
      : ['missing', `The project cannot be read: ${diff.error.message}`];
}

function testsOf({ run, hasTests, checkpoints }: EvidenceFacts): [EvidencePiece['state'], string] {
  const words = (test: TestEvidence | null): string => (test === null ? 'not run' : exitWords(test.exitCode));
  if (!hasTests && run.testAfter === null)
    return [
      'none',
      run.baseCommit === null
        ? 'It never came to the tests.'
        : 'No test command: no test speaks for this change.',
    ];
  if (run.testAfter !== null || run.testBefore !== null)
    if (run.testAfter !== null || checkpoints.every(({ policyOk }) => !policyOk) || run.status === 'failed')
      return ['there', `Before: ${words(run.testBefore)}; after: ${words(run.testAfter)}.`];
  return checkpoints.length === 0
    ? ['none', 'It came to no step that could be tested.']
    : ['missing', 'The tests after its last step are not kept.'];
}

function stageWords(stages: readonly RunStage[]): string {
  const passed = stages.filter(({ status }) => status === 'passed').length;
  return `${String(passed)} of ${count(stages.length, 'stage')} passed: ${stages.map(({ stage, status }) => `${stage} ${status}`).join(', ')}.`;
}

function policyWords(checkpoints: readonly Checkpoint[]): string {
  const broken = checkpoints.filter(({ policyOk }) => !policyOk);
  return broken.length === 0
    ? 'Every step kept to the path policy.'
    : `Step ${broken.map(({ step }) => String(step)).join(', ')} broke the path policy.`;
}

function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? '' : 's'}`;
}

/** A sum, unknown, or paid by a subscription; of a run without a model, nothing. */
function costOf({ costMicroUsd, costState = 'known' }: Run): string {
  return costState === 'none' ? 'none told' : costWords(costMicroUsd, costState);
}
