-- The step of the run it retries whose checkpoint a run goes on from; NULL where it starts at the base.
ALTER TABLE run ADD COLUMN from_step INTEGER;
