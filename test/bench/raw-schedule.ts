import Database from 'better-sqlite3';
import { Cron } from 'croner';
import { createIds } from '../../main/shared/ids.ts';
import { createSystemClock } from '../../main/shared/clock.ts';

/**
 * The limit of a tick: what firing writes, written to a copy of Homer's database by prepared statements with nothing else around them. It
 * reads what is due, has croner work out the next time, and writes due time, state, run, two timeline rows and two events of each.
 */
export interface RawSchedule {
  /** One transaction; gives how many were due. */
  fire(now: string): number;
  /** Ends what was fired, as far as the schedule is concerned. */
  end(now: string): void;
  close(): void;
}

type Row = Record<string, string | number | null>;

export function openRawSchedule(file: string): RawSchedule {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  const ids = createIds(createSystemClock());
  const due = db.prepare<[string], Row>(
    `SELECT * FROM intent WHERE enabled = 1 AND next_due_at IS NOT NULL AND next_due_at <= ? ORDER BY next_due_at LIMIT 100`,
  );
  const last = db.prepare<[], number>('SELECT IFNULL(MAX(number), 0) FROM run').pluck();
  const attempts = db
    .prepare<[unknown], number>('SELECT IFNULL(MAX(attempt), 0) FROM run WHERE intent_id = ?')
    .pluck();
  const move = db.prepare('UPDATE intent SET next_due_at = ?, due_from = ?, updated_at = ? WHERE id = ?');
  const start = db.prepare(
    `UPDATE intent SET status = 'running', version = version + 1, updated_at = ? WHERE id = ?`,
  );
  const event = db.prepare(
    'INSERT INTO domain_event (type, entity, entity_id, actor, payload, at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const line = db.prepare(
    'INSERT INTO run_event (run_id, seq, type, payload, created_at) VALUES (?, ?, ?, ?, ?)',
  );
  const run = db.prepare(
    `INSERT INTO run (id, number, intent_id, project_id, name, goal_text, attempt, run_type, triggered_by, nominal_at, status, priority,
       executor, executor_label, execution, queued_at, event_seq, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'task', 'trigger', ?, 'queued', ?, ?, ?, ?, ?, 2, ?, ?)`,
  );
  const endRuns = db.prepare(`UPDATE run SET status = 'completed', ended_at = ? WHERE ended_at IS NULL`);
  const freeIntents = db.prepare(`UPDATE intent SET status = 'scheduled' WHERE status = 'running'`);
  const changed = '{"from":"scheduled","to":"running"}';

  const fire = db.transaction((now: string) => {
    const rows = due.all(now);
    let number = last.get() ?? 0;
    for (const it of rows) {
      const { expression, zone } = JSON.parse(String(it['trigger_config'])) as Record<string, string>;
      const next = new Cron(expression ?? '', zone === undefined ? {} : { timezone: zone }).nextRun(now);
      move.run(next?.toISOString() ?? null, now, now, it['id']);
      start.run(now, it['id']);
      event.run('intentChanged', 'intent', it['id'], 'runtime', changed, now);
      const id = ids.next();
      number += 1;
      const attempt = (attempts.get(it['id']) ?? 0) + 1;
      run.run(
        id,
        number,
        it['id'],
        it['project_id'],
        it['name'],
        it['query'],
        attempt,
        it['next_due_at'],
        it['priority'],
        it['executor'],
        it['executor'],
        it['execution'],
        now,
        now,
        now,
      );
      line.run(id, 1, 'attempt_started', `{"attempt":${String(attempt)}}`, now);
      line.run(id, 2, 'status_changed', '{"from":"new","to":"queued","on":"enqueue","actor":"runtime"}', now);
      event.run('runQueued', 'run', id, 'runtime', '{"number":1,"name":"x","proposalId":null}', now);
    }
    return rows.length;
  });
  return {
    fire: (now) => fire.immediate(now),
    end(now) {
      db.transaction(() => {
        endRuns.run(now);
        freeIntents.run();
      })();
    },
    close: () => void db.close(),
  };
}
