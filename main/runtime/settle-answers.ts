import type { Run } from '../domain/run/run.ts';
import { answerVerb, type AnswerChoice } from '../domain/run/answer-choice.ts';
import type { RunStage } from '../domain/run/run-stage.ts';
import { dependantsOf, type Stage } from '../domain/run/stages.ts';
import type { Read, Write } from '../store/database.ts';
import { listOpenConflicts, takeSide, type RunConflict } from '../store/run-conflict-store.ts';
import {
  addressDirective,
  insertDirective,
  JOIN,
  listUndelivered,
  type Directive,
} from '../store/run-directive-store.ts';
import { appendRunEvents } from '../store/run-event-store.ts';
import { listStages, moveStage, noteStage } from '../store/run-stage-store.ts';

/** What a workflow that can go no further by itself asks its owner: for a stage that asked, else about a conflict. */
export type Asked =
  | { readonly of: 'stage'; readonly row: RunStage; readonly question: string }
  | { readonly of: 'conflict'; readonly conflict: RunConflict; readonly question: string };

/** Answers to a conflict that need no words of the owner's own: whose files are kept, or which stage is done again. */
export function choicesOf(asked: Asked | null): AnswerChoice[] {
  if (asked?.of !== 'conflict') return [];
  const sides = [...asked.conflict.ours, asked.conflict.theirs];
  return answerVerb.values.flatMap((verb) =>
    sides.map((stage) => ({ verb, stage, text: `${verb} ${stage}` })),
  );
}

export function whatIsAsked(read: Read, run: Run): Asked | null {
  const row = listStages(read, run.id, run.attempt).find(({ status }) => status === 'blocked');
  if (row) return { of: 'stage', row, question: `Stage ${row.stage} asks: ${row.question ?? ''}` };
  const [conflict] = listOpenConflicts(read, run.id, run.attempt);
  if (!conflict) return null;
  const { ours, theirs, files, stage } = conflict;
  const sides = [...ours, theirs];
  const where = stage === '' ? 'The result of the run' : `Stage ${stage}`;
  return {
    of: 'conflict',
    conflict,
    question:
      `${where} joins ${ours.join(', ')} and ${theirs}, which changed the same lines of ${files.join(', ')}. ` +
      `Answer ${sides.map((it) => `“take ${it}”`).join(' or ')} to keep those files as that stage left them, ` +
      `${sides.map((it) => `“retry ${it}”`).join(' or ')} to do that stage again on the work of the other, or say in your own words what ${theirs} shall do about it.`,
  };
}

/**
 * Takes the owner's words to what was asked, in this transaction; does nothing when there are none. An answer to a stage goes into
 * its next prompt; one about a conflict is done as it says.
 */
export function settleAnswers(write: Write, run: Run, stages: readonly Stage[]): void {
  const words = listUndelivered(write, run.id);
  const answer = words.findLast(({ kind }) => kind === 'answer') ?? words.at(-1);
  const asked = whatIsAsked(write, run);
  if (!answer || !asked) return;
  if (asked.of === 'stage') {
    addressDirective(write, answer.id, asked.row.stage);
    moveStage(write, asked.row, 'answer');
    return;
  }
  const { conflict } = asked;
  const take = sideOf(/^\s*take\s+(\S+?)[.!]?\s*$/iu, answer, conflict);
  if (take !== null) {
    addressDirective(write, answer.id, JOIN);
    takeSide(write, conflict, take === conflict.theirs ? 'theirs' : 'ours');
    return;
  }
  const retry = sideOf(/^\s*retry\s+(\S+?)[.!]?\s*$/iu, answer, conflict);
  addressDirective(write, answer.id, retry === null ? conflict.theirs : JOIN);
  redo(write, run, stages, conflict, retry ?? conflict.theirs);
}

function sideOf(pattern: RegExp, { text }: Directive, { ours, theirs }: RunConflict): string | null {
  const name = pattern.exec(text)?.[1]?.toLowerCase();
  return [...ours, theirs].find((stage) => stage.toLowerCase() === name) ?? null;
}

/** A stage is done again on the work it did not fit to, and all that started from its work is done again after it. */
function redo(write: Write, run: Run, stages: readonly Stage[], conflict: RunConflict, stage: string): void {
  const rows = listStages(write, run.id, run.attempt);
  const needs = new Map(
    stages.map((it) => {
      const onto = rows.find((row) => row.stage === it.id)?.onto ?? [];
      return [it.id, [...(it.needs ?? []), ...onto]] as const;
    }),
  );
  const after = dependantsOf(stage, needs);
  const onto = [...conflict.ours, conflict.theirs].filter((it) => it !== stage && !after.has(it));
  const again = rows.filter((row) => row.stage === stage || after.has(row.stage));
  for (const row of again) {
    if (row.status === 'pending') continue;
    moveStage(write, row, 'redo');
    appendRunEvents(write, run.id, [
      { type: 'stage_ended', payload: { stage: row.stage, result: 'redo', commit: row.headCommit } },
    ]);
  }
  for (const row of rows)
    if (row.onto.includes(stage)) noteStage(write, row, { onto: row.onto.filter((it) => it !== stage) });
  noteStage(write, { runId: run.id, attempt: run.attempt, stage }, { onto });
  const gone = new Set(again.map((row) => row.stage));
  for (const open of listOpenConflicts(write, run.id, run.attempt))
    if ([...open.ours, open.theirs].some((it) => gone.has(it))) takeSide(write, open, 'again');
  insertDirective(
    write,
    run.id,
    'directive',
    `Your former work and that of ${onto.join(', ')} changed the same lines of ${conflict.files.join(', ')}. You start from their work now: do your part again so that both hold.`,
    'runtime',
    stage,
  );
}
