-- When the child of a turn was found to print nothing for too long; null while it prints. One alarm is raised for each quiet spell,
-- also when the host is restarted in the middle of one.
ALTER TABLE run_child ADD COLUMN quiet_since TEXT;
CREATE INDEX run_child_quiet ON run_child(quiet_since) WHERE quiet_since IS NOT NULL;
