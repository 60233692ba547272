-- Every table of Homer. Times are UTC ISO-8601 text with milliseconds, money is integer micro-USD, durations are milliseconds.
-- JSON columns carry a version field "v" where their shape may grow. CHECK lists are the value lists of main/domain; a test compares them.

CREATE TABLE project (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  local_path TEXT NOT NULL UNIQUE,
  default_branch TEXT NOT NULL,
  test_command TEXT NOT NULL,
  setup_command TEXT NOT NULL,
  test_timeout_ms INTEGER NOT NULL,
  path_policy TEXT NOT NULL,
  risk_profile TEXT NOT NULL CHECK (risk_profile IN ('strict', 'balanced', 'trusted')),
  sensitive_patterns TEXT NOT NULL,
  default_executor TEXT NOT NULL,
  shell_command TEXT NOT NULL,
  auto_apply INTEGER NOT NULL DEFAULT 0 CHECK (auto_apply IN (0, 1)),
  demo INTEGER NOT NULL DEFAULT 0 CHECK (demo IN (0, 1)),
  lane TEXT NOT NULL DEFAULT '',
  forge TEXT,
  tracker TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;

CREATE TABLE goal (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1,
  title TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  category TEXT NOT NULL DEFAULT '',
  priority INTEGER NOT NULL DEFAULT 50 CHECK (priority BETWEEN 0 AND 100),
  status TEXT NOT NULL CHECK (status IN ('active', 'paused', 'achieved', 'dropped')),
  progress INTEGER NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 100),
  progress_by_hand INTEGER NOT NULL DEFAULT 0 CHECK (progress_by_hand IN (0, 1)),
  target_date TEXT,
  parent_id TEXT REFERENCES goal(id),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX goal_parent ON goal(parent_id);

CREATE TABLE discovery_source (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1,
  type TEXT NOT NULL CHECK (type IN ('todo', 'failing_test', 'owner')),
  project_id TEXT REFERENCES project(id) ON DELETE CASCADE,
  enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
  config TEXT NOT NULL DEFAULT '{}',
  last_cursor TEXT,
  next_check_at TEXT,
  backoff_ms INTEGER NOT NULL DEFAULT 0,
  consecutive_failures INTEGER NOT NULL DEFAULT 0,
  reputation REAL NOT NULL DEFAULT 0.5,
  last_error TEXT,
  last_checked_at TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  UNIQUE (type, project_id)
) STRICT;
CREATE INDEX discovery_source_due ON discovery_source(next_check_at) WHERE enabled = 1 AND next_check_at IS NOT NULL;

CREATE TABLE discovery_session (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1,
  phase TEXT NOT NULL CHECK (phase IN ('planning', 'execution', 'synthesis', 'done', 'failed')),
  context_digest TEXT,
  plan TEXT,
  findings TEXT,
  error TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;

CREATE TABLE proposal (
  id TEXT PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1,
  title TEXT NOT NULL,
  summary TEXT NOT NULL DEFAULT '',
  content TEXT NOT NULL DEFAULT '',
  stage TEXT NOT NULL CHECK (stage IN ('idea', 'research', 'plan', 'approved', 'archived', 'rejected')),
  stage_since TEXT NOT NULL,
  planning TEXT NOT NULL DEFAULT 'idle' CHECK (planning IN ('idle', 'planning', 'failed')),
  planning_error TEXT,
  planning_feedback TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL CHECK (source IN ('todo', 'failing_test', 'owner')),
  source_ref TEXT NOT NULL DEFAULT '',
  fingerprint TEXT NOT NULL UNIQUE,
  relevance INTEGER NOT NULL DEFAULT 0 CHECK (relevance BETWEEN 0 AND 50),
  project_id TEXT REFERENCES project(id) ON DELETE SET NULL,
  goal_id TEXT REFERENCES goal(id) ON DELETE SET NULL,
  parent_id TEXT REFERENCES proposal(id) ON DELETE SET NULL,
  session_id TEXT REFERENCES discovery_session(id),
  plan_version INTEGER NOT NULL DEFAULT 0,
  open_questions INTEGER NOT NULL DEFAULT 0,
  expires_at TEXT,
  snoozed_until TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX proposal_board ON proposal(stage, relevance DESC, number DESC);
CREATE INDEX proposal_project ON proposal(project_id, stage, relevance DESC, number DESC);
CREATE INDEX proposal_goal ON proposal(goal_id) WHERE goal_id IS NOT NULL;
CREATE INDEX proposal_planning ON proposal(planning) WHERE planning <> 'idle';
CREATE INDEX proposal_expiry ON proposal(expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX proposal_snooze ON proposal(snoozed_until) WHERE snoozed_until IS NOT NULL;

CREATE TABLE proposal_plan (
  proposal_id TEXT NOT NULL REFERENCES proposal(id) ON DELETE CASCADE,
  plan_version INTEGER NOT NULL,
  plan TEXT NOT NULL,
  written_by TEXT NOT NULL,
  feedback TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  PRIMARY KEY (proposal_id, plan_version)
) STRICT, WITHOUT ROWID;

CREATE TABLE proposal_qa (
  id TEXT PRIMARY KEY,
  proposal_id TEXT NOT NULL REFERENCES proposal(id) ON DELETE CASCADE,
  sequence INTEGER NOT NULL,
  question TEXT NOT NULL,
  required INTEGER NOT NULL DEFAULT 0 CHECK (required IN (0, 1)),
  asked_by TEXT NOT NULL CHECK (asked_by IN ('owner', 'agent')),
  answer TEXT,
  answered_at TEXT,
  created_at TEXT NOT NULL,
  UNIQUE (proposal_id, sequence)
) STRICT;

CREATE TABLE intent (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1,
  name TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  intent_type TEXT NOT NULL CHECK (intent_type IN ('task', 'recurring', 'research')),
  status TEXT NOT NULL CHECK (status IN ('pending', 'scheduled', 'running', 'completed', 'failed', 'timeout', 'cancelled')),
  query TEXT NOT NULL,
  context_files TEXT NOT NULL DEFAULT '[]',
  lane TEXT NOT NULL DEFAULT '',
  executor TEXT NOT NULL,
  model TEXT,
  trigger_type TEXT NOT NULL CHECK (trigger_type IN ('manual', 'immediate', 'once', 'interval', 'cron', 'event')),
  trigger_config TEXT NOT NULL,
  execution TEXT NOT NULL,
  priority INTEGER NOT NULL DEFAULT 50 CHECK (priority BETWEEN 0 AND 100),
  enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
  next_due_at TEXT,
  misfire_policy TEXT NOT NULL DEFAULT 'run_once' CHECK (misfire_policy IN ('run_once', 'skip', 'run_all')),
  retry_policy TEXT NOT NULL DEFAULT '{"v":1}',
  source TEXT NOT NULL,
  source_proposal_id TEXT REFERENCES proposal(id) ON DELETE SET NULL,
  goal_id TEXT REFERENCES goal(id) ON DELETE SET NULL,
  project_id TEXT NOT NULL REFERENCES project(id),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX intent_due ON intent(next_due_at) WHERE enabled = 1 AND next_due_at IS NOT NULL;
CREATE INDEX intent_proposal ON intent(source_proposal_id) WHERE source_proposal_id IS NOT NULL;
CREATE INDEX intent_goal ON intent(goal_id) WHERE goal_id IS NOT NULL;
CREATE INDEX intent_project ON intent(project_id);

CREATE TABLE run (
  id TEXT PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1,
  intent_id TEXT NOT NULL REFERENCES intent(id),
  project_id TEXT NOT NULL REFERENCES project(id),
  proposal_id TEXT REFERENCES proposal(id) ON DELETE SET NULL,
  goal_id TEXT REFERENCES goal(id) ON DELETE SET NULL,
  name TEXT NOT NULL,
  goal_text TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  retry_of_run_id TEXT REFERENCES run(id),
  run_type TEXT NOT NULL CHECK (run_type IN ('agent', 'task', 'pipeline', 'workflow')),
  triggered_by TEXT NOT NULL CHECK (triggered_by IN ('owner', 'proposal', 'trigger', 'retry', 'api')),
  -- Planned time of the trigger that queued it; one run for each.
  nominal_at TEXT,
  status TEXT NOT NULL CHECK (status IN ('draft', 'queued', 'running', 'validating', 'blocked', 'paused', 'review', 'applied', 'completed', 'discarded', 'failed', 'timeout', 'stopped', 'rejected')),
  priority INTEGER NOT NULL,
  executor TEXT NOT NULL,
  executor_label TEXT NOT NULL,
  executor_account_id TEXT,
  execution TEXT NOT NULL,
  held TEXT NOT NULL DEFAULT '[]',
  -- Asked of the loop at its next safe point: '', 'pause', 'pause_now', 'stop'.
  requested TEXT NOT NULL DEFAULT '' CHECK (requested IN ('', 'pause', 'pause_now', 'stop')),
  worktree TEXT,
  base_commit TEXT,
  branch TEXT,
  head_commit TEXT,
  applied_commit TEXT,
  step INTEGER NOT NULL DEFAULT 0,
  -- Steps before this attempt; the budget counts from here.
  step_base INTEGER NOT NULL DEFAULT 0,
  tokens_in INTEGER NOT NULL DEFAULT 0,
  tokens_out INTEGER NOT NULL DEFAULT 0,
  tokens_cached INTEGER NOT NULL DEFAULT 0,
  cost_micro_usd INTEGER NOT NULL DEFAULT 0,
  files_changed INTEGER NOT NULL DEFAULT 0,
  additions INTEGER NOT NULL DEFAULT 0,
  deletions INTEGER NOT NULL DEFAULT 0,
  exit_code INTEGER,
  error_tag TEXT,
  error TEXT,
  question TEXT,
  session_id TEXT,
  test_before TEXT,
  test_after TEXT,
  test_before_exit INTEGER,
  test_after_exit INTEGER,
  has_tests INTEGER NOT NULL DEFAULT 0 CHECK (has_tests IN (0, 1)),
  recoveries INTEGER NOT NULL DEFAULT 0,
  event_seq INTEGER NOT NULL DEFAULT 0,
  lease_owner TEXT,
  lease_until TEXT,
  queued_at TEXT,
  started_at TEXT,
  ended_at TEXT,
  active_ms INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  UNIQUE (intent_id, attempt),
  UNIQUE (intent_id, nominal_at)
) STRICT;
CREATE INDEX run_queue ON run(priority DESC, queued_at) WHERE status = 'queued';
CREATE INDEX run_active ON run(status) WHERE status IN ('draft', 'queued', 'running', 'validating', 'blocked', 'paused', 'review');
CREATE INDEX run_status ON run(status, number DESC);
CREATE INDEX run_project ON run(project_id, number DESC);
CREATE INDEX run_proposal ON run(proposal_id, number DESC) WHERE proposal_id IS NOT NULL;

-- The checkpoint of a step: enough to resume from.
CREATE TABLE run_step (
  run_id TEXT NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  step INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  prompt_digest TEXT NOT NULL,
  result TEXT NOT NULL,
  changed_paths TEXT NOT NULL,
  policy_ok INTEGER NOT NULL CHECK (policy_ok IN (0, 1)),
  policy_violations TEXT NOT NULL,
  test TEXT,
  session_id TEXT,
  commit_id TEXT,
  created_at TEXT NOT NULL,
  PRIMARY KEY (run_id, step)
) STRICT, WITHOUT ROWID;

-- The child of a turn, written before it passes its gate; deleted when its ending is in a checkpoint.
CREATE TABLE run_child (
  run_id TEXT PRIMARY KEY REFERENCES run(id) ON DELETE CASCADE,
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
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE run_event (
  run_id TEXT NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  type TEXT NOT NULL,
  payload TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (run_id, seq)
) STRICT, WITHOUT ROWID;

-- Words of the owner to a run, in order; delivered with the prompt of the next step.
CREATE TABLE run_directive (
  id TEXT PRIMARY KEY,
  run_id TEXT NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('directive', 'answer', 'feedback')),
  text TEXT NOT NULL,
  actor TEXT NOT NULL,
  delivered_step INTEGER,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX run_directive_run ON run_directive(run_id, created_at);

-- The approval history. Append-only.
CREATE TABLE decision (
  id TEXT PRIMARY KEY,
  entity TEXT NOT NULL CHECK (entity IN ('proposal', 'run')),
  entity_id TEXT NOT NULL,
  entity_version INTEGER NOT NULL,
  action TEXT NOT NULL,
  actor TEXT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('dashboard', 'cli', 'api', 'notification', 'tray', 'rule')),
  nonce TEXT,
  reason TEXT,
  rule TEXT,
  response_ms INTEGER NOT NULL,
  snapshot TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX decision_entity ON decision(entity, entity_id, created_at);
CREATE TRIGGER decision_keep BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER decision_stay BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;

CREATE TABLE executor_account (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1,
  executor TEXT NOT NULL,
  label TEXT NOT NULL,
  -- A name in the keychain of the operating system, never the secret itself.
  credential_ref TEXT,
  status TEXT NOT NULL CHECK (status IN ('active', 'rate_limited', 'disabled', 'error')),
  quotas TEXT NOT NULL DEFAULT '{"v":1}',
  used TEXT NOT NULL DEFAULT '{"v":1}',
  cooldown_until TEXT,
  consecutive_failures INTEGER NOT NULL DEFAULT 0,
  last_used_at TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  UNIQUE (executor, label)
) STRICT;

CREATE TABLE runtime_flag (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE briefing (
  id TEXT PRIMARY KEY,
  session_id TEXT REFERENCES discovery_session(id),
  date TEXT NOT NULL UNIQUE,
  markdown TEXT NOT NULL,
  read_at TEXT,
  created_at TEXT NOT NULL
) STRICT;

-- The domain event stream: one row for each committed change, in commit order.
CREATE TABLE domain_event (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  type TEXT NOT NULL,
  entity TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  actor TEXT NOT NULL,
  payload TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX domain_event_entity ON domain_event(entity, entity_id, seq);
