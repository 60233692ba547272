-- How the next run is found among many: by rank, for each combination of project, executor and account, so that what is kept waiting by a
-- limit is stepped over as a whole. The rank is when a run was queued, a minute earlier for each point of its priority: it never changes
-- while the run waits, and a run that waits overtakes newer ones of higher priority in time.
DROP INDEX run_queue;
CREATE INDEX run_line ON run(CAST(unixepoch(queued_at, 'subsec') * 1000 AS INTEGER) - priority * 60000) WHERE status = 'queued';
CREATE INDEX run_lane ON run(project_id, executor, IFNULL(executor_account_id, ''),
  CAST(unixepoch(queued_at, 'subsec') * 1000 AS INTEGER) - priority * 60000) WHERE status = 'queued';
-- The few that work: what every limit is counted on.
CREATE INDEX run_working ON run(project_id, executor, executor_account_id, intent_id) WHERE status IN ('running', 'validating');
-- Both are kept up by every change and asked by nobody: `run_status` finds runs by status, and the stream is read by sequence.
DROP INDEX run_active;
DROP INDEX domain_event_entity;

-- How many runs of a project work at once; absent: what `runtime.max_runs_per_project` says.
ALTER TABLE project ADD COLUMN max_runs INTEGER CHECK (max_runs BETWEEN 1 AND 32);
