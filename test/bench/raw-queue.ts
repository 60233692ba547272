import Database from 'better-sqlite3';

/**
 * The limit: the rows that Homer writes for a run that is claimed and completed, written to a copy of its database by prepared statements
 * with nothing else around them: no machine, no limits, no checked payloads, no reads but the claim's own.
 */
export interface RawQueue {
  readonly db: Database.Database;
  /** Gives the run's rowid; one transaction unless inside one. */
  claim(): { id: string; intent_id: string };
  move(id: string, from: string, to: string): void;
  event(id: string): void;
  end(run: { id: string; intent_id: string }, from: string): void;
  /** Inserts an intent and a queued run like the ones there are, with the events of both. */
  enqueue(count: number): void;
  close(): void;
}

export function openRawQueue(file: string, synchronous: 'FULL' | 'NORMAL'): RawQueue {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma(`synchronous = ${synchronous}`);
  db.pragma('foreign_keys = ON');
  const now = new Date().toISOString();
  const moveTo = db.prepare(
    `UPDATE run SET status = ?, version = version + 1, updated_at = ?, event_seq = event_seq + 1 WHERE id = ? AND status = ?`,
  );
  const endRun = db.prepare(
    `UPDATE run SET status = 'completed', version = version + 1, updated_at = ?, event_seq = event_seq + 1, ended_at = ?,
       lease_owner = NULL, lease_until = NULL WHERE id = ? AND status = ?`,
  );
  const claimNext = db.prepare(
    `UPDATE run SET status = 'running', version = version + 1, updated_at = ?, event_seq = event_seq + 1, started_at = ?,
       lease_owner = 'raw', lease_until = ? WHERE rowid = (SELECT rowid FROM run INDEXED BY run_line WHERE status = 'queued'
       ORDER BY CAST(unixepoch(queued_at, 'subsec') * 1000 AS INTEGER) - priority * 60000 LIMIT 1) RETURNING id, intent_id`,
  );
  const endIntent = db.prepare(
    `UPDATE intent SET status = 'completed', version = version + 1, updated_at = ? WHERE id = ? AND status = 'running'`,
  );
  const runEvent = db.prepare(
    `INSERT INTO run_event (run_id, seq, type, payload, created_at)
     VALUES (?, (SELECT IFNULL(MAX(seq), 0) + 1 FROM run_event WHERE run_id = ?), ?, ?, ?)`,
  );
  const domainEvent = db.prepare(
    'INSERT INTO domain_event (type, entity, entity_id, actor, payload, at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const note = (id: string, from: string, to: string): void => {
    runEvent.run(id, id, 'status_changed', `{"from":"${from}","to":"${to}","on":"x","actor":"runtime"}`, now);
    domainEvent.run(
      'runChanged',
      'run',
      id,
      'runtime',
      `{"from":"${from}","to":"${to}","number":1,"proposalId":null}`,
      now,
    );
  };
  const columns = (table: string): string[] =>
    db.prepare(`SELECT name FROM pragma_table_info('${table}')`).pluck().all() as string[];
  /** Inserts the first row of a table again, but for some of its values. Not `INSERT … SELECT` of the same table, which takes twice the time. */
  const clone = (table: string): ((values: Record<string, string | number>) => void) => {
    const names = columns(table);
    const first = db.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table} WHERE rowid = 1`).get();
    const insert = db.prepare(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    );
    return (values) => void insert.run(...names.map((name) => values[name] ?? first?.[name]));
  };
  const cloneIntent = clone('intent');
  const cloneRun = clone('run');
  const startIntent = db.prepare(
    `UPDATE intent SET status = 'running', version = version + 2, updated_at = ? WHERE id = ? AND status = 'pending'`,
  );
  const firstEvent = db.prepare(
    'INSERT INTO run_event (run_id, seq, type, payload, created_at) VALUES (?, ?, ?, ?, ?)',
  );
  return {
    db,
    claim() {
      const row = claimNext.get(now, now, now) as { id: string; intent_id: string };
      note(row.id, 'queued', 'running');
      return row;
    },
    move(id, from, to) {
      moveTo.run(to, now, id, from);
      note(id, from, to);
    },
    event(id) {
      runEvent.run(id, id, 'message', '{"step":1,"text":"a line of what the agent says"}', now);
    },
    end(run, from) {
      endRun.run(now, now, run.id, from);
      note(run.id, from, 'completed');
      endIntent.run(now, run.intent_id);
      domainEvent.run(
        'intentChanged',
        'intent',
        run.intent_id,
        'runtime',
        '{"from":"running","to":"completed"}',
        now,
      );
    },
    enqueue(count) {
      // As long as Homer's, and as Homer's in the order of their making.
      const id = `00000000-0000-7000-8000-${String(count).padStart(12, '0')}`;
      cloneIntent({ id, status: 'pending' });
      domainEvent.run('intentCreated', 'intent', id, 'bench', '{"name":"x"}', now);
      startIntent.run(now, id);
      domainEvent.run('intentChanged', 'intent', id, 'bench', '{"from":"pending","to":"scheduled"}', now);
      domainEvent.run('intentChanged', 'intent', id, 'bench', '{"from":"scheduled","to":"running"}', now);
      cloneRun({ id, intent_id: id, number: 1_000_000 + count, status: 'queued', event_seq: 2 });
      firstEvent.run(id, 1, 'attempt_started', '{"attempt":1}', now);
      firstEvent.run(
        id,
        2,
        'status_changed',
        '{"from":"new","to":"queued","on":"enqueue","actor":"bench"}',
        now,
      );
      domainEvent.run('runQueued', 'run', id, 'bench', '{"number":1,"name":"x","proposalId":null}', now);
    },
    close() {
      db.close();
    },
  };
}
