-- What the windows of accounts stood at, by the hour, so that their use can be told of days gone by. account_window holds the present one alone.
CREATE TABLE account_window_hour (
  account_id TEXT NOT NULL REFERENCES executor_account(id) ON DELETE CASCADE,
  source TEXT NOT NULL CHECK (source IN ('set', 'told')),
  name TEXT NOT NULL,
  hour TEXT NOT NULL,
  -- Which window it was; in one hour, one may end and the next begin.
  starts_at TEXT NOT NULL,
  ends_at TEXT,
  -- The highest share that was used of it in this hour.
  used REAL NOT NULL CHECK (used >= 0),
  -- Since when it was full; null: it was not.
  full_at TEXT,
  PRIMARY KEY (account_id, source, name, hour, starts_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_window_hour_time ON account_window_hour(hour);
