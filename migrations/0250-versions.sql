-- Which version of Homer has written this database, and since when: a backup says by it where it comes from.
CREATE TABLE homer_version (
  id INTEGER PRIMARY KEY,
  version TEXT NOT NULL,
  since TEXT NOT NULL
) STRICT;

-- More that the owner is to be told of.
CREATE TABLE alert_of_more_kinds (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1,
  kind TEXT NOT NULL CHECK (kind IN ('failures', 'stuck_run', 'stuck_queue', 'account_refused', 'budget_near', 'budget_spent', 'restored', 'not_restored')),
  -- The run, account or project it is about; empty when it is about the runtime.
  subject TEXT NOT NULL DEFAULT '',
  message TEXT NOT NULL,
  hint TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  cleared_at TEXT,
  cleared_by TEXT
) STRICT;
INSERT INTO alert_of_more_kinds (id, version, kind, subject, message, hint, created_at, updated_at, cleared_at, cleared_by)
  SELECT id, version, kind, subject, message, hint, created_at, updated_at, cleared_at, cleared_by FROM alert;
DROP TABLE alert;
ALTER TABLE alert_of_more_kinds RENAME TO alert;
CREATE UNIQUE INDEX alert_open ON alert(kind, subject) WHERE cleared_at IS NULL;
CREATE INDEX alert_time ON alert(created_at);
CREATE INDEX alert_subject ON alert(kind, subject, cleared_at);
