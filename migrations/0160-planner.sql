-- Plans that agent programs write: who is asked, what each turn used and said, and which process is at work on one.

-- Who writes plans for this project; empty: what the setting planner.executor says.
ALTER TABLE project ADD COLUMN planner TEXT NOT NULL DEFAULT '';
-- Answers that the one who asks proposes; a JSON list of texts.
ALTER TABLE proposal_qa ADD COLUMN suggestions TEXT NOT NULL DEFAULT '[]';

-- What its owner should know of how a version was written; empty: nothing.
ALTER TABLE proposal_plan ADD COLUMN note TEXT NOT NULL DEFAULT '';

-- One row for each turn of a planner that ended. No run stands behind it, so it is counted here and added to what turn_use counts.
CREATE TABLE planning_turn (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  proposal_id TEXT NOT NULL REFERENCES proposal(id) ON DELETE CASCADE,
  attempt INTEGER NOT NULL,
  step INTEGER NOT NULL,
  project_id TEXT NOT NULL,
  goal_id TEXT,
  executor TEXT NOT NULL,
  account_id TEXT,
  model TEXT,
  class TEXT NOT NULL,
  tokens_in INTEGER NOT NULL,
  tokens_out INTEGER NOT NULL,
  tokens_cached INTEGER NOT NULL,
  requests INTEGER NOT NULL,
  cost_micro_usd INTEGER,
  cost_source TEXT NOT NULL CHECK (cost_source IN ('told', 'priced', 'plan', 'unknown', 'none')),
  duration_ms INTEGER NOT NULL,
  -- Its last words as they were, and what was wrong with them; empty: nothing.
  reply TEXT NOT NULL DEFAULT '',
  problem TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL
) STRICT;
CREATE INDEX planning_turn_proposal ON planning_turn(proposal_id, id);
CREATE INDEX planning_turn_time ON planning_turn(at, project_id);

-- The process of a planner at work, recorded before it passes its gate: what a killed host left is ended by the next one.
CREATE TABLE planning_child (
  proposal_id TEXT PRIMARY KEY REFERENCES proposal(id) ON DELETE CASCADE,
  attempt INTEGER NOT NULL,
  step INTEGER NOT NULL,
  pid INTEGER NOT NULL,
  process_group INTEGER NOT NULL,
  start_time TEXT NOT NULL,
  boot_id TEXT NOT NULL,
  spool TEXT NOT NULL,
  -- The scratch worktree it reads in.
  worktree TEXT NOT NULL,
  executor TEXT NOT NULL,
  account_id TEXT,
  model TEXT,
  deadline INTEGER NOT NULL,
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
