-- Retries that Homer makes by itself, and which plan a run carried out.

-- A queued run is not claimed before this time; null: at once.
ALTER TABLE run ADD COLUMN not_before TEXT;
-- How many retries in a row led to this run; 0 for a first run, and for one the owner retried by hand.
ALTER TABLE run ADD COLUMN retry_number INTEGER NOT NULL DEFAULT 0 CHECK (retry_number >= 0);
CREATE INDEX run_not_before ON run(not_before) WHERE status = 'queued' AND not_before IS NOT NULL;

-- The version of the proposal's plan that was executed; plans written later are not what this run did.
ALTER TABLE run ADD COLUMN plan_version INTEGER;
UPDATE run SET plan_version = (SELECT NULLIF(proposal.plan_version, 0) FROM proposal WHERE proposal.id = run.proposal_id)
  WHERE proposal_id IS NOT NULL;
