-- What a restarted host must know to do nothing twice and to leave nothing alive.

-- How a turn ended, and what was found in its worktree, kept from the moment they are known until the step's checkpoint:
-- a host that was killed in between goes on from there and never reads, counts or judges the turn a second time.
ALTER TABLE run_child ADD COLUMN ending TEXT;
ALTER TABLE run_child ADD COLUMN judged TEXT;

-- Paused (or asked to pause) because everything was paused, not by hand: resuming everything resumes these alone.
ALTER TABLE run ADD COLUMN by_hold INTEGER NOT NULL DEFAULT 0 CHECK (by_hold IN (0, 1));

-- Commands of the owner (set-up, tests, planner) at work now. Their output is a pipe of the host, so nobody can take them up later:
-- what a killed host left of them is ended at the next start.
CREATE TABLE command_child (
  tag TEXT PRIMARY KEY,
  pid INTEGER NOT NULL,
  process_group INTEGER NOT NULL,
  start_time TEXT NOT NULL,
  boot_id TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
