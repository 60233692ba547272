import type { Read, Write } from './database.ts';
import { appendRunEvents } from './run-event-store.ts';
import { text } from './row.ts';

export interface Directive {
  readonly id: string;
  readonly kind: 'directive' | 'answer' | 'feedback';
  readonly text: string;
}

/** Keeps words of the owner for the next step of a run. */
export function insertDirective(
  write: Write,
  runId: string,
  kind: Directive['kind'],
  words: string,
  actor: string,
): void {
  write
    .prepare(
      'INSERT INTO run_directive (id, run_id, kind, text, actor, created_at) VALUES (?, ?, ?, ?, ?, ?)',
    )
    .run(write.nextId(), runId, kind, words, actor, write.now);
  appendRunEvents(write, runId, [
    kind === 'answer'
      ? { type: 'answer', payload: { text: words, actor } }
      : { type: 'directive', payload: { text: words, actor } },
  ]);
}

/** What the prompt of `step` must carry: what no prompt carried yet, and what this step's did when it is taken again. */
export function listDirectivesFor(read: Read, runId: string, step: number): Directive[] {
  return read
    .prepare(
      'SELECT id, kind, text FROM run_directive WHERE run_id = ? AND (delivered_step IS NULL OR delivered_step = ?) ORDER BY created_at, id',
    )
    .all(runId, step)
    .map((row) => ({
      id: text(row, 'id'),
      kind: text(row, 'kind') as Directive['kind'],
      text: text(row, 'text'),
    }));
}

/** Marks the directives that the prompt of `step` carried. */
export function markDelivered(write: Write, ids: readonly string[], step: number): void {
  write
    .prepare('UPDATE run_directive SET delivered_step = ? WHERE id IN (SELECT value FROM json_each(?))')
    .run(step, JSON.stringify(ids));
}
