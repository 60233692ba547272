-- Lists of runs as their owner likes to see them, under a name: each is a tab above the list.
CREATE TABLE run_view (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1,
  name TEXT NOT NULL UNIQUE,
  tab TEXT NOT NULL DEFAULT 'all' CHECK (tab IN ('active', 'needs_me', 'failed', 'all')),
  -- `{ "v": 1, "filter": … }`
  filter TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
