-- Boards as their owner likes to see them, under a name: a filter, and what divides the board from top to bottom.
CREATE TABLE board_view (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1,
  name TEXT NOT NULL UNIQUE,
  -- `{ "v": 1, "filter": … }`
  filter TEXT NOT NULL,
  lanes TEXT NOT NULL DEFAULT 'none' CHECK (lanes IN ('none', 'goal', 'project')),
  -- What a new window starts with. The program keeps it to one.
  is_default INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1)),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
