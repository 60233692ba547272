-- What an agent asks its owner while it works: a question, or whether it may do something. The agent waits for what is decided here.
CREATE TABLE run_ask (
  id TEXT PRIMARY KEY,
  run_id TEXT NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  stage TEXT NOT NULL DEFAULT '',
  step INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('question', 'permission')),
  status TEXT NOT NULL CHECK (status IN ('open', 'answered', 'allowed', 'denied', 'expired', 'withdrawn')),
  -- What is asked, in words; for a permission, what it is about.
  text TEXT NOT NULL,
  tool TEXT NOT NULL DEFAULT '',
  -- Digest of what a grant must match: the command, the path, the host of the address, or the whole input.
  subject TEXT NOT NULL DEFAULT '',
  risk TEXT NOT NULL DEFAULT '' CHECK (risk IN ('', 'low', 'medium', 'high')),
  -- Why that risk.
  risk_note TEXT NOT NULL DEFAULT '',
  answer TEXT,
  decided_by TEXT,
  expires_at TEXT,
  created_at TEXT NOT NULL,
  decided_at TEXT,
  -- When the agent that waited had its answer; null: its next prompt must carry it.
  delivered_at TEXT
) STRICT;
CREATE INDEX run_ask_open ON run_ask(run_id) WHERE status = 'open';
CREATE INDEX run_ask_expiry ON run_ask(expires_at) WHERE status = 'open' AND expires_at IS NOT NULL;
CREATE INDEX run_ask_turn ON run_ask(run_id, stage, step, attempt);

-- What an owner allowed for all of an intent until a time; `once`: for one use of a later turn.
CREATE TABLE run_grant (
  id TEXT PRIMARY KEY,
  intent_id TEXT NOT NULL REFERENCES intent(id) ON DELETE CASCADE,
  ask_id TEXT NOT NULL REFERENCES run_ask(id) ON DELETE CASCADE,
  tool TEXT NOT NULL,
  subject TEXT NOT NULL,
  once INTEGER NOT NULL DEFAULT 0 CHECK (once IN (0, 1)),
  granted_by TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  uses INTEGER NOT NULL DEFAULT 0,
  last_used_at TEXT,
  revoked_at TEXT,
  revoked_by TEXT,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX run_grant_match ON run_grant(intent_id, tool, subject);
CREATE INDEX run_grant_ask ON run_grant(ask_id);

-- Digest of the token that lets a turn's agent speak to Homer; good while the turn is not over. Empty: it may not.
ALTER TABLE run_child ADD COLUMN door_digest TEXT NOT NULL DEFAULT '';
CREATE INDEX run_child_door ON run_child(door_digest) WHERE door_digest <> '';

-- Buttons for what is asked.
CREATE TABLE notice_button_with_asks (
  notice_id TEXT NOT NULL REFERENCES notice(id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('approve', 'details', 'skip', 'execute', 'reject', 'suggest', 'retry', 'answer', 'allow', 'allow_intent', 'deny', 'review', 'open', 'hour', 'tonight', 'tomorrow', 'works')),
  digest TEXT NOT NULL,
  owner TEXT NOT NULL,
  item_key TEXT NOT NULL,
  item_kind TEXT NOT NULL,
  item_version INTEGER NOT NULL,
  expires_at TEXT NOT NULL,
  used_at TEXT,
  PRIMARY KEY (notice_id, place)
) STRICT, WITHOUT ROWID;
INSERT INTO notice_button_with_asks SELECT notice_id, place, action, digest, owner, item_key, item_kind, item_version, expires_at, used_at FROM notice_button;
DROP TABLE notice_button;
ALTER TABLE notice_button_with_asks RENAME TO notice_button;
