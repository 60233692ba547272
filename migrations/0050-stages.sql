-- Stages of a run: each in its place, with its own child, so that independent ones can work at the same time.

CREATE TABLE run_stage (
  run_id TEXT NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  attempt INTEGER NOT NULL,
  stage TEXT NOT NULL,
  -- Place in the list, from 0; the folder of its worktree is named by it.
  position INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('pending', 'running', 'blocked', 'passed', 'failed', 'skipped')),
  executor TEXT NOT NULL,
  -- How often it was begun from a new base.
  tries INTEGER NOT NULL DEFAULT 0,
  -- The step of the run its turn has now, or had last; 0 before the first.
  step INTEGER NOT NULL DEFAULT 0,
  steps_taken INTEGER NOT NULL DEFAULT 0,
  -- Stages besides those it needs whose work it starts from, as a JSON list: after a conflict with them.
  onto TEXT NOT NULL DEFAULT '[]',
  worktree TEXT,
  branch TEXT,
  base_commit TEXT,
  head_commit TEXT,
  session_id TEXT,
  -- What its agent said last; the stages that need it read it.
  summary TEXT NOT NULL DEFAULT '',
  question TEXT,
  error_tag TEXT,
  error TEXT,
  active_ms INTEGER NOT NULL DEFAULT 0,
  tokens INTEGER NOT NULL DEFAULT 0,
  cost_micro_usd INTEGER NOT NULL DEFAULT 0,
  started_at TEXT,
  ended_at TEXT,
  updated_at TEXT NOT NULL,
  PRIMARY KEY (run_id, attempt, stage)
) STRICT, WITHOUT ROWID;

-- Two stages that changed the same lines. Known by the two commits that do not join, so that an answer holds for these alone.
CREATE TABLE run_conflict (
  run_id TEXT NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  ours_commit TEXT NOT NULL,
  theirs_commit TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  -- The stage that waits for the join; empty for the result of the run.
  stage TEXT NOT NULL,
  -- The stages already joined, as a JSON list, and the one that does not fit to them.
  ours TEXT NOT NULL,
  theirs TEXT NOT NULL,
  files TEXT NOT NULL,
  taken TEXT NOT NULL DEFAULT '' CHECK (taken IN ('', 'ours', 'theirs', 'again')),
  created_at TEXT NOT NULL,
  PRIMARY KEY (run_id, ours_commit, theirs_commit)
) STRICT, WITHOUT ROWID;

-- A child for each stage at work; the empty stage is the run itself.
CREATE TABLE run_child_by_stage (
  run_id TEXT NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  stage TEXT NOT NULL DEFAULT '',
  step INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  pid INTEGER NOT NULL,
  process_group INTEGER NOT NULL,
  start_time TEXT NOT NULL,
  boot_id TEXT NOT NULL,
  spool TEXT NOT NULL,
  executor TEXT NOT NULL,
  deadline INTEGER NOT NULL,
  stdout_offset INTEGER NOT NULL DEFAULT 0,
  stderr_offset INTEGER NOT NULL DEFAULT 0,
  marker TEXT NOT NULL DEFAULT '{}',
  prompt_digest TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  ending TEXT,
  judged TEXT,
  quiet_since TEXT,
  PRIMARY KEY (run_id, stage)
) STRICT, WITHOUT ROWID;
INSERT INTO run_child_by_stage (run_id, step, attempt, pid, process_group, start_time, boot_id, spool, executor, deadline, stdout_offset,
    stderr_offset, marker, prompt_digest, created_at, ending, judged, quiet_since)
  SELECT run_id, step, attempt, pid, process_group, start_time, boot_id, spool, executor, deadline, stdout_offset, stderr_offset, marker,
    prompt_digest, created_at, ending, judged, quiet_since FROM run_child;
DROP TABLE run_child;
ALTER TABLE run_child_by_stage RENAME TO run_child;
CREATE INDEX run_child_quiet ON run_child(quiet_since) WHERE quiet_since IS NOT NULL;

ALTER TABLE run_step ADD COLUMN stage TEXT NOT NULL DEFAULT '';
-- Words for one stage alone, such as the answer to what it asked; empty: for whichever begins next.
ALTER TABLE run_directive ADD COLUMN stage TEXT NOT NULL DEFAULT '';

-- What earlier attempts on the same run used: each attempt has the whole budget.
ALTER TABLE run ADD COLUMN tokens_base INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN cost_base INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN earlier_ms INTEGER NOT NULL DEFAULT 0;
