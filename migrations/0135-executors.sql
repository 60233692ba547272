-- Which executors this machine has, as Homer saw them last: what a run without an executor of its own is given to one by.
CREATE TABLE executor_found (
  name TEXT PRIMARY KEY,
  label TEXT NOT NULL,
  ready INTEGER NOT NULL CHECK (ready IN (0, 1)),
  signed_in TEXT NOT NULL CHECK (signed_in IN ('yes', 'no', 'unknown')),
  looked_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
