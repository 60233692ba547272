-- What the owner was told, and what became of each telling on each channel.
CREATE TABLE notice (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1,
  kind TEXT NOT NULL CHECK (kind IN ('item', 'summary', 'digest', 'reply', 'test')),
  -- `proposal:<id>` or `run:<id>`; empty when it is about many things, or none.
  item_key TEXT NOT NULL DEFAULT '',
  title TEXT NOT NULL,
  body TEXT NOT NULL DEFAULT '',
  -- Where the dashboard opens.
  route TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('sent', 'shown', 'opened', 'pressed', 'refused', 'closed', 'failed', 'withdrawn', 'suppressed')),
  channel TEXT NOT NULL DEFAULT '',
  -- What the channel calls it, so that it can be taken back after a restart.
  shown_as TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX notice_time ON notice(created_at);
CREATE INDEX notice_item ON notice(item_key, created_at);
CREATE INDEX notice_shown ON notice(channel, shown_as) WHERE shown_as <> '';

CREATE TABLE notice_outcome (
  notice_id TEXT NOT NULL REFERENCES notice(id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('sent', 'shown', 'opened', 'pressed', 'refused', 'closed', 'failed', 'withdrawn', 'suppressed')),
  channel TEXT NOT NULL DEFAULT '',
  detail TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL,
  PRIMARY KEY (notice_id, seq)
) STRICT, WITHOUT ROWID;

-- The buttons of notices. Only a digest of the one-time part is kept; each is good for one person, one version of one thing, one action.
CREATE TABLE notice_button (
  notice_id TEXT NOT NULL REFERENCES notice(id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('approve', 'details', 'skip', 'execute', 'reject', 'suggest', 'retry', 'answer', 'review', 'open', 'hour', 'tonight', 'tomorrow', 'works')),
  digest TEXT NOT NULL,
  owner TEXT NOT NULL,
  item_key TEXT NOT NULL,
  item_kind TEXT NOT NULL,
  item_version INTEGER NOT NULL,
  expires_at TEXT NOT NULL,
  used_at TEXT,
  PRIMARY KEY (notice_id, place)
) STRICT, WITHOUT ROWID;

-- What waits for the owner and was told, or is held back until it may be; gone when the thing no longer waits so.
CREATE TABLE told (
  item_key TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  item_version INTEGER NOT NULL,
  notice_id TEXT,
  -- Why it was not told yet; empty once it was.
  held TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A run that left the inbox until a time, as long as it stays as it was then. A proposal carries its own.
CREATE TABLE run_snooze (
  run_id TEXT PRIMARY KEY REFERENCES run(id) ON DELETE CASCADE,
  run_version INTEGER NOT NULL,
  until TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_time ON decision(created_at, id);
