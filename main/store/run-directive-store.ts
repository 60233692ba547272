import type { Read, Write } from './database.ts';
import { appendOwnersWords } from './run-event-store.ts';
import { text } from './row.ts';

export interface Directive {
  readonly id: string;
  readonly kind: 'directive' | 'answer' | 'feedback';
  readonly text: string;
}

/** Keeps words of the owner for the next step of a run, or of one of its stages. */
export function insertDirective(
  write: Write,
  runId: string,
  kind: Directive['kind'],
  words: string,
  actor: string,
  stage = '',
): void {
  write
    .prepare(
      'INSERT INTO run_directive (id, run_id, kind, text, actor, stage, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
    .run(write.nextId(), runId, kind, words, actor, stage, write.now);
  appendOwnersWords(write, runId, [
    kind === 'answer'
      ? { type: 'answer', payload: { text: words, actor } }
      : { type: 'directive', payload: { text: words, actor } },
  ]);
}

/**
 * What the prompt of a step must carry: what no prompt carried yet, and what this step's did when it is taken again. A stage beside
 * others gets its own words so, and those to the run at every step: each stage begins anew, and has read nothing.
 */
export function listDirectivesFor(
  read: Read,
  runId: string,
  at: {
    step: number;
    stage: string;
    /** The last step before this attempt. */
    after: number;
  },
): Directive[] {
  return read
    .prepare(
      `SELECT id, kind, text FROM run_directive WHERE run_id = :runId AND (
         (stage = :stage AND (delivered_step IS NULL OR delivered_step = :step))
         OR (:stage <> '' AND stage = '' AND (delivered_step IS NULL OR delivered_step > :after)))
       ORDER BY created_at, id`,
    )
    .all({ runId, ...at })
    .map((row) => ({
      id: text(row, 'id'),
      kind: text(row, 'kind') as Directive['kind'],
      text: text(row, 'text'),
    }));
}

/** Words to the run that no prompt has carried, oldest first. */
export function listUndelivered(read: Read, runId: string): Directive[] {
  return read
    .prepare(
      `SELECT id, kind, text FROM run_directive WHERE run_id = ? AND stage = '' AND delivered_step IS NULL ORDER BY created_at, id`,
    )
    .all(runId)
    .map((row) => ({
      id: text(row, 'id'),
      kind: text(row, 'kind') as Directive['kind'],
      text: text(row, 'text'),
    }));
}

/** Says that words were meant for one stage, or, with `JOIN`, for Homer itself, who has done as they say. */
export function addressDirective(write: Write, id: string, stage: string): void {
  write.prepare('UPDATE run_directive SET stage = ? WHERE id = ?').run(stage, id);
}

/** No stage can be called so. */
export const JOIN = '=';

/** Marks the directives that the prompt of `step` carried. */
export function markDelivered(write: Write, ids: readonly string[], step: number): void {
  write
    .prepare('UPDATE run_directive SET delivered_step = ? WHERE id IN (SELECT value FROM json_each(?))')
    .run(step, JSON.stringify(ids));
}
