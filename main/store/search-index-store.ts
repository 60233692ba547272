import { eventText, searchedTypes } from '../domain/search/event-text.ts';
import type { JsonObject } from '../domain/primitives.ts';
import type { Plan } from '../domain/proposal/plan.ts';
import type { RunEventType } from '../domain/run/run-event.ts';
import type { Read, Row, Write } from './database.ts';
import { int, json, jsonOrNull, text, textOrNull } from './row.ts';

/**
 * The one writer of the search index and its marks. What is in it follows from proposals, runs and run events as they stand, redacted as
 * they are; a mark moves in the transaction that indexes, so whoever is cut off goes on where the marks stand. Rows of what is gone do no
 * harm, since search reads all text from where it belongs: they are taken out to keep the index small.
 */

/** Counted up when other words of the same rows are to be indexed: then the index is filled anew. */
export const EDITION = 1;
/** Of one proposal's or run's text. */
const TEXT_LIMIT = 64_000;
/** Events of raw output that are indexed of one run; the rest of a flood is in its output, and would only crowd the index. */
export const OUTPUT_LIMIT = 5_000;
/** Events looked at in one go: most may have no words. */
const LOOK = 4;

/** Proposals and runs whose marks are not what they are now, newest first, among the `span` numbers below `before`. */
export function staleProposals(read: Read, before: number, span: number): string[] {
  return read
    .prepare(
      `SELECT proposal.id FROM proposal LEFT JOIN search_proposal_mark AS mark ON mark.proposal_id = proposal.id
       WHERE proposal.number < :before AND proposal.number >= :before - :span
         AND mark.stamp IS NOT proposal.version || ' ' || proposal.updated_at ORDER BY proposal.number DESC`,
    )
    .all({ before, span })
    .map((row) => text(row, 'id'));
}

export function staleRuns(read: Read, before: number, span: number): string[] {
  return read
    .prepare(
      `SELECT run.id FROM run LEFT JOIN search_run_mark AS mark ON mark.run_id = run.id
       WHERE run.number < :before AND run.number >= :before - :span
         AND (mark.stamp IS NOT run.version || ' ' || run.updated_at OR mark.seq < run.event_seq) ORDER BY run.number DESC`,
    )
    .all({ before, span })
    .map((row) => text(row, 'id'));
}

/** One above the newest numbers. */
export function newestNumbers(read: Read): { proposals: number; runs: number } {
  const row = read
    .prepare(
      `SELECT (SELECT COALESCE(MAX(number), 0) + 1 FROM proposal) AS proposals, (SELECT COALESCE(MAX(number), 0) + 1 FROM run) AS runs`,
    )
    .get();
  return { proposals: row ? int(row, 'proposals') : 1, runs: row ? int(row, 'runs') : 1 };
}

/** Indexes a proposal as it stands; gives how many characters that were. Nothing when it is gone. */
export function indexProposal(write: Write, id: string): number {
  const row = write
    .prepare(
      `SELECT proposal.*, proposal_plan.plan AS plan,
         (SELECT group_concat(question || char(10) || COALESCE(answer, ''), char(10)) FROM proposal_qa WHERE proposal_id = proposal.id) AS talk
       FROM proposal LEFT JOIN proposal_plan
         ON proposal_plan.proposal_id = proposal.id AND proposal_plan.plan_version = proposal.plan_version
       WHERE proposal.id = ?`,
    )
    .get(id);
  if (!row) return 0;
  const plan = jsonOrNull<Plan>(row, 'plan');
  const texts = [
    text(row, 'title'),
    `${text(row, 'summary')}\n${text(row, 'content')}`,
    text(row, 'source_ref'),
    textOrNull(row, 'talk') ?? '',
    plan === null ? '' : planText(plan),
  ].map((each) => each.slice(0, TEXT_LIMIT));
  const number = int(row, 'number');
  write.prepare('DELETE FROM search_proposal WHERE rowid = ?').run(number);
  write
    .prepare(
      'INSERT INTO search_proposal (rowid, title, content, source, talk, plan) VALUES (?, ?, ?, ?, ?, ?)',
    )
    .run(number, ...texts);
  write
    .prepare(
      `INSERT INTO search_proposal_mark (proposal_id, stamp) VALUES (?, ?) ON CONFLICT (proposal_id) DO UPDATE SET stamp = excluded.stamp`,
    )
    .run(id, stampOf(row));
  return texts.join('').length;
}

/** A plan as it is searched and shown where it was found. */
export function planText({ steps, files }: Pick<Plan, 'steps' | 'files'>): string {
  return [...steps, ...files].join('\n');
}

/**
 * Indexes a run as it stands, and at most `limit` of its events that are not in yet, or so many that they have `characters`. Gives what was
 * taken, and whether all is in.
 */
export function indexRun(
  write: Write,
  id: string,
  limit: number,
  characters: number,
): { rows: number; characters: number; done: boolean } {
  const row = write
    .prepare(
      `SELECT run.number, run.version, run.updated_at, run.name, run.goal_text, run.error, run.question, run.event_seq, mark.stamp,
         COALESCE(mark.seq, 0) AS seq, COALESCE(mark.outputs, 0) AS outputs
       FROM run LEFT JOIN search_run_mark AS mark ON mark.run_id = run.id WHERE run.id = ?`,
    )
    .get(id);
  if (!row) return { rows: 0, characters: 0, done: true };
  const number = int(row, 'number');
  const stamp = stampOf(row);
  let taken = 0;
  let rows = 0;
  if (row['stamp'] !== stamp) {
    const texts = [
      text(row, 'name'),
      text(row, 'goal_text'),
      `${textOrNull(row, 'error') ?? ''}\n${textOrNull(row, 'question') ?? ''}`,
    ].map((each) => each.slice(0, TEXT_LIMIT));
    write.prepare('DELETE FROM search_run WHERE rowid = ?').run(number);
    write
      .prepare('INSERT INTO search_run (rowid, name, query, result) VALUES (?, ?, ?, ?)')
      .run(number, ...texts);
    taken += texts.join('').length;
    rows += 1;
  }
  const insert = write.prepare(
    'INSERT OR REPLACE INTO search_event (rowid, body) VALUES (? * 4294967296 + ?, ?)',
  );
  const last = int(row, 'event_seq');
  let seq = int(row, 'seq');
  let outputs = int(row, 'outputs');
  const events = write
    .prepare('SELECT seq, type, payload FROM run_event WHERE run_id = ? AND seq > ? ORDER BY seq LIMIT ?')
    .all(id, seq, limit * LOOK);
  let passed = true;
  for (const event of events) {
    if (rows >= limit || taken >= characters) {
      passed = false;
      break;
    }
    seq = int(event, 'seq');
    const type = text(event, 'type') as RunEventType;
    if (!searchedTypes.includes(type)) continue;
    if (type === 'output') {
      outputs += 1;
      if (outputs > OUTPUT_LIMIT) continue;
    }
    const body = eventText(type, json<JsonObject>(event, 'payload'));
    if (body === '') continue;
    insert.run(number, seq, body);
    taken += body.length;
    rows += 1;
  }
  // What lies between was cleared by retention.
  if (passed && events.length < limit * LOOK) seq = Math.max(seq, last);
  write
    .prepare(
      `INSERT INTO search_run_mark (run_id, stamp, seq, outputs) VALUES (:id, :stamp, :seq, :outputs)
       ON CONFLICT (run_id) DO UPDATE SET stamp = :stamp, seq = :seq, outputs = :outputs`,
    )
    .run({ id, stamp, seq, outputs });
  return { rows, characters: taken, done: seq >= last };
}

/** Merges a bounded part of what single additions left in pieces; false: there was nothing to merge. */
export function mergeSearchIndex(write: Write, pages: number): boolean {
  const changes = (): number => int(write.prepare('SELECT total_changes() AS n').get() ?? {}, 'n');
  const before = changes();
  write.prepare(`INSERT INTO search_event (search_event, rank) VALUES ('merge', ?)`).run(pages);
  // The statement itself counts as one.
  return changes() - before > 1;
}

/** Forgets events by their run's number and sequence. */
export function forgetEvents(write: Write, events: readonly { number: number; seq: number }[]): void {
  const remove = write.prepare('DELETE FROM search_event WHERE rowid = ? * 4294967296 + ?');
  for (const { number, seq } of events) remove.run(number, seq);
}

/** Forgets the runs of a project with their events; called before they are deleted. */
export function forgetRunsOf(write: Write, projectId: string): void {
  const events = write.prepare(
    'DELETE FROM search_event WHERE rowid >= ? * 4294967296 AND rowid < (? + 1) * 4294967296',
  );
  const run = write.prepare('DELETE FROM search_run WHERE rowid = ?');
  for (const row of write.prepare('SELECT number FROM run WHERE project_id = ?').all(projectId)) {
    const number = int(row, 'number');
    events.run(number, number);
    run.run(number);
  }
}

/** Whether what is there was filled by this edition of the program. */
export function isOfThisEdition(read: Read): boolean {
  const row = read.prepare('SELECT edition FROM search_edition WHERE id = 1').get();
  return row !== undefined && int(row, 'edition') === EDITION;
}

/** Empties the index, so that it is filled anew. */
export function clearSearchIndex(write: Write): void {
  for (const table of ['search_proposal', 'search_run', 'search_event'])
    write.prepare(`INSERT INTO ${table} (${table}) VALUES ('delete-all')`).run();
  write.prepare('DELETE FROM search_proposal_mark').run();
  write.prepare('DELETE FROM search_run_mark').run();
  write
    .prepare(
      'INSERT INTO search_edition (id, edition) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET edition = excluded.edition',
    )
    .run(EDITION);
}

function stampOf(row: Row): string {
  return `${String(int(row, 'version'))} ${text(row, 'updated_at')}`;
}
