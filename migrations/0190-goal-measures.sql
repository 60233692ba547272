-- What a goal is measured by, and what was read of it: progress can then be evidence instead of a count of work.

CREATE TABLE goal_measure (
  goal_id TEXT PRIMARY KEY REFERENCES goal(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  unit TEXT NOT NULL,
  -- Where it stood when it was set, and where it should get to; either may be the larger.
  start REAL NOT NULL,
  target REAL NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE goal_reading (
  id TEXT PRIMARY KEY,
  goal_id TEXT NOT NULL REFERENCES goal(id) ON DELETE CASCADE,
  value REAL NOT NULL,
  actor TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX goal_reading_goal ON goal_reading(goal_id, created_at, id);

-- Runs lose their goal when it is removed; without an index each removal reads every run.
CREATE INDEX run_goal ON run(goal_id) WHERE goal_id IS NOT NULL;
