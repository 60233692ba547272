-- What Insights reads, from indexes alone. A run is written into this one when it ends, and hardly again.
DROP INDEX run_ended;
CREATE INDEX run_ended ON run(ended_at, status, project_id, executor, active_ms, cost_micro_usd, cost_unknown_turns, step_base, retry_of_run_id,
  rolled_back_at, started_at) WHERE ended_at IS NOT NULL;
DROP INDEX turn_use_time;
CREATE INDEX turn_use_time ON turn_use(at, project_id, goal_id, account_id, cost_micro_usd, tokens_in, tokens_out, run_id);
DROP INDEX decision_time;
CREATE INDEX decision_time ON decision(created_at, id, entity, entity_id, action, channel, response_ms);

-- How long ticks took, one row for each hour of a host; figures in memory end with the host.
CREATE TABLE tick_hour (
  hour TEXT PRIMARY KEY,
  count INTEGER NOT NULL,
  p50_us INTEGER NOT NULL,
  p99_us INTEGER NOT NULL,
  max_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
