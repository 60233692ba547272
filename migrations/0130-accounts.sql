-- Accounts that take turns: how each signs in, what it may use, what it used, and what every turn cost.

-- What is used is counted in account_window; the column `used` was never filled and is not read.
ALTER TABLE executor_account ADD COLUMN kind TEXT NOT NULL DEFAULT 'program' CHECK (kind IN ('program', 'folder', 'key'));
ALTER TABLE executor_account ADD COLUMN billing TEXT NOT NULL DEFAULT 'plan' CHECK (billing IN ('plan', 'use'));
ALTER TABLE executor_account ADD COLUMN home TEXT;
ALTER TABLE executor_account ADD COLUMN key_variable TEXT;
ALTER TABLE executor_account ADD COLUMN reserve_percent INTEGER CHECK (reserve_percent IS NULL OR reserve_percent BETWEEN 0 AND 100);
-- When it began to cool down. Ahead of the clock: that was set back, and the cooldown with it.
ALTER TABLE executor_account ADD COLUMN cooled_at TEXT;
-- Why it is in error.
ALTER TABLE executor_account ADD COLUMN error TEXT;

-- What was used in the present window of each quota, counted in the transaction that keeps how a turn ended; told ones hold what the
-- provider said last beside what Homer itself used since the window began.
CREATE TABLE account_window (
  account_id TEXT NOT NULL REFERENCES executor_account(id) ON DELETE CASCADE,
  source TEXT NOT NULL CHECK (source IN ('set', 'told')),
  name TEXT NOT NULL,
  starts_at TEXT NOT NULL,
  ends_at TEXT,
  tokens INTEGER NOT NULL DEFAULT 0,
  requests INTEGER NOT NULL DEFAULT 0,
  cost_micro_usd INTEGER NOT NULL DEFAULT 0,
  told_used REAL,
  told_full INTEGER NOT NULL DEFAULT 0 CHECK (told_full IN (0, 1)),
  -- Tokens that fill the window, as use has shown; kept from one window to the next.
  capacity_tokens INTEGER,
  updated_at TEXT NOT NULL,
  PRIMARY KEY (account_id, source, name)
) STRICT, WITHOUT ROWID;

-- One row for each turn that ended. An account that is removed leaves its turns: what they cost was spent.
CREATE TABLE turn_use (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id TEXT NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  attempt INTEGER NOT NULL,
  step INTEGER NOT NULL,
  stage TEXT NOT NULL DEFAULT '',
  intent_id TEXT NOT NULL,
  project_id TEXT NOT NULL,
  goal_id TEXT,
  executor TEXT NOT NULL,
  account_id TEXT,
  -- Folder of the account then: the agent session lies in it.
  home TEXT,
  model TEXT,
  session_id TEXT,
  class TEXT NOT NULL,
  tokens_in INTEGER NOT NULL,
  tokens_out INTEGER NOT NULL,
  tokens_cached INTEGER NOT NULL,
  tokens_cache_write INTEGER NOT NULL,
  tokens_reasoning INTEGER NOT NULL,
  requests INTEGER NOT NULL,
  cost_micro_usd INTEGER,
  cost_source TEXT NOT NULL CHECK (cost_source IN ('told', 'priced', 'plan', 'unknown', 'none')),
  duration_ms INTEGER NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX turn_use_run ON turn_use(run_id, id);
CREATE INDEX turn_use_time ON turn_use(at, project_id);
CREATE INDEX turn_use_account ON turn_use(account_id, at) WHERE account_id IS NOT NULL;
CREATE INDEX turn_use_work ON turn_use(executor, project_id, intent_id);

-- How many turns of a run have a cost that is known, unknown, or paid by a subscription.
ALTER TABLE run ADD COLUMN cost_known_turns INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN cost_unknown_turns INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN cost_plan_turns INTEGER NOT NULL DEFAULT 0;
CREATE INDEX run_account ON run(executor_account_id, number DESC) WHERE executor_account_id IS NOT NULL;

-- What a project may spend in a day, in millionths of a dollar; null: what the setting for all allows.
ALTER TABLE project ADD COLUMN daily_cap_micro_usd INTEGER CHECK (daily_cap_micro_usd IS NULL OR daily_cap_micro_usd > 0);

-- More that the owner is to be told of.
CREATE TABLE alert_of_more_kinds (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1,
  kind TEXT NOT NULL CHECK (kind IN ('failures', 'stuck_run', 'stuck_queue', 'account_refused', 'budget_near', 'budget_spent')),
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

-- The account of a turn, and the folder it works with, so that its ending is counted to it also by a later host.
ALTER TABLE run_child ADD COLUMN account_id TEXT;
