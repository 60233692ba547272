-- A planned time that the owner moved by itself: the trigger does not fire at nominal_at, and fires at to_at instead. Kept for a while after
-- both have passed, so that a clock that is set back fires neither of them again.
CREATE TABLE moved_time (
  intent_id TEXT NOT NULL REFERENCES intent(id) ON DELETE CASCADE,
  nominal_at TEXT NOT NULL,
  to_at TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (intent_id, nominal_at)
) STRICT, WITHOUT ROWID;
