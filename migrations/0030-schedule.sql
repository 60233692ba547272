-- What a schedule must remember: since when a due time stands, what became of the times that were missed, and what happened elsewhere.

-- The time of the clock for which next_due_at is the first time after. Ahead of the clock: it was set back, and the due time is read anew.
ALTER TABLE intent ADD COLUMN due_from TEXT;
-- Missed times older than this are not caught up; null: as the setting says.
ALTER TABLE intent ADD COLUMN misfire_max_age_ms INTEGER CHECK (misfire_max_age_ms IS NULL OR misfire_max_age_ms >= 0);
-- How many missed times `run_all` catches up at most.
ALTER TABLE intent ADD COLUMN misfire_cap INTEGER NOT NULL DEFAULT 10 CHECK (misfire_cap BETWEEN 1 AND 100);
CREATE INDEX intent_due_from ON intent(due_from) WHERE enabled = 1 AND next_due_at IS NOT NULL;
CREATE INDEX intent_event ON intent(json_extract(trigger_config, '$.event')) WHERE trigger_type = 'event';

-- Times of an intent that did not start a run when they came, and what became of each. The oldest are folded into one row with their count.
CREATE TABLE missed_time (
  intent_id TEXT NOT NULL REFERENCES intent(id) ON DELETE CASCADE,
  nominal_at TEXT NOT NULL,
  -- The newest of the times this row stands for, and how many there are; `at_least` when nobody counted to the end.
  last_nominal_at TEXT NOT NULL,
  count INTEGER NOT NULL DEFAULT 1 CHECK (count >= 1),
  at_least INTEGER NOT NULL DEFAULT 0 CHECK (at_least IN (0, 1)),
  outcome TEXT NOT NULL CHECK (outcome IN ('waiting', 'run', 'coalesced', 'skipped', 'busy', 'too_old', 'over_cap', 'refused', 'earlier')),
  reason TEXT NOT NULL DEFAULT '',
  run_id TEXT REFERENCES run(id) ON DELETE SET NULL,
  -- The event that came, as JSON, for an intent that waits for events.
  event TEXT,
  -- When a waiting one may run: catching up is spread over time.
  due_at TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  PRIMARY KEY (intent_id, nominal_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX missed_time_waiting ON missed_time(due_at) WHERE outcome = 'waiting';
CREATE INDEX missed_time_run ON missed_time(run_id) WHERE run_id IS NOT NULL;

-- Named events: written with what caused them, fired by the tick. Those that have been handled stay for a while, so that a key is known again.
CREATE TABLE trigger_event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  key TEXT,
  payload TEXT NOT NULL,
  -- How many runs in a row were started by one another's events before this one.
  depth INTEGER NOT NULL DEFAULT 0 CHECK (depth >= 0),
  -- The intent whose own run caused it; it never starts that one again.
  cause_intent_id TEXT REFERENCES intent(id) ON DELETE SET NULL,
  handled INTEGER NOT NULL DEFAULT 0 CHECK (handled IN (0, 1)),
  started INTEGER NOT NULL DEFAULT 0,
  at TEXT NOT NULL,
  UNIQUE (name, key)
) STRICT;
CREATE INDEX trigger_event_open ON trigger_event(id) WHERE handled = 0;
CREATE INDEX trigger_event_cause ON trigger_event(cause_intent_id) WHERE cause_intent_id IS NOT NULL;

-- Where the branch of a project stood when it was last looked at, for intents that wait for it to move.
CREATE TABLE project_watch (
  project_id TEXT PRIMARY KEY REFERENCES project(id) ON DELETE CASCADE,
  branch TEXT NOT NULL,
  commit_id TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
