-- What keeps the owner informed that the runtime itself is in trouble: raised once, cleared when it is over or by the owner.
CREATE TABLE alert (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1,
  kind TEXT NOT NULL CHECK (kind IN ('failures', 'stuck_run', 'stuck_queue')),
  -- The run it is about; empty when it is about the runtime.
  subject TEXT NOT NULL DEFAULT '',
  message TEXT NOT NULL,
  hint TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  cleared_at TEXT,
  cleared_by TEXT
) STRICT;
CREATE UNIQUE INDEX alert_open ON alert(kind, subject) WHERE cleared_at IS NULL;
CREATE INDEX alert_time ON alert(created_at);
CREATE INDEX alert_subject ON alert(kind, subject, cleared_at);

-- Figures of the last hours, without reading every run there ever was.
CREATE INDEX run_ended ON run(ended_at, status) WHERE ended_at IS NOT NULL;
