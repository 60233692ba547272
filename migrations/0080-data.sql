-- What keeps the data well (backup, full check, retention, compaction): when each was tried and done last, and what went wrong.
CREATE TABLE upkeep (
  task TEXT PRIMARY KEY CHECK (task IN ('backup', 'full_check', 'retention', 'compaction')),
  last_tried_at TEXT NOT NULL,
  last_done_at TEXT,
  error TEXT,
  detail TEXT NOT NULL DEFAULT '{"v":1}'
) STRICT, WITHOUT ROWID;
