-- What the program of an agent told last of all that a session has used. Some count from the beginning of the session, also when a later turn
-- goes on with it: what a turn used is the difference.
CREATE TABLE agent_session (
  executor TEXT NOT NULL,
  session_id TEXT NOT NULL,
  run_id TEXT NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  tokens_in INTEGER NOT NULL,
  tokens_out INTEGER NOT NULL,
  tokens_cached INTEGER NOT NULL,
  -- Null where the program tells no cost.
  cost_micro_usd INTEGER,
  updated_at TEXT NOT NULL,
  PRIMARY KEY (executor, session_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX agent_session_run ON agent_session(run_id);
