-- What waits for the owner is counted, and put in order, from this index alone: no row of a proposal is read for it.
CREATE INDEX proposal_waiting ON proposal(stage, snoozed_until, stage_since, planning, plan_version, open_questions, project_id, id);
