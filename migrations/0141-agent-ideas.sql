-- Ideas may come from agents at work. What refers to a proposal goes on referring to it: rows keep their ids.
CREATE TABLE proposal_by_agents (
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
  source TEXT NOT NULL CHECK (source IN ('todo', 'failing_test', 'owner', 'agent')),
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
INSERT INTO proposal_by_agents SELECT id, number, version, title, summary, content, stage, stage_since, planning, planning_error, planning_feedback,
  source, source_ref, fingerprint, relevance, project_id, goal_id, parent_id, session_id, plan_version, open_questions, expires_at, snoozed_until,
  created_at, updated_at FROM proposal;
DROP TABLE proposal;
ALTER TABLE proposal_by_agents RENAME TO proposal;
CREATE INDEX proposal_board ON proposal(stage, relevance DESC, number DESC);
CREATE INDEX proposal_project ON proposal(project_id, stage, relevance DESC, number DESC);
CREATE INDEX proposal_goal ON proposal(goal_id) WHERE goal_id IS NOT NULL;
CREATE INDEX proposal_planning ON proposal(planning) WHERE planning <> 'idle';
CREATE INDEX proposal_expiry ON proposal(expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX proposal_snooze ON proposal(snoozed_until) WHERE snoozed_until IS NOT NULL;
