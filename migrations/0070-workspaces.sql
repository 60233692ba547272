-- What became of an applied run whose changes were taken out of the project again. The run stays applied: that is its end.
ALTER TABLE run ADD COLUMN rolled_back_commit TEXT;
ALTER TABLE run ADD COLUMN rolled_back_at TEXT;
