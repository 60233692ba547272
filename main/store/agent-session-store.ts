import type { SessionFigures } from '../domain/run/session-figures.ts';
import type { Read, Write } from './database.ts';
import { int, intOrNull } from './row.ts';

/** What was told last of a session; null for one that nothing was told of. */
export function findSessionFigures(read: Read, executor: string, sessionId: string): SessionFigures | null {
  const row = read
    .prepare('SELECT * FROM agent_session WHERE executor = ? AND session_id = ?')
    .get(executor, sessionId);
  if (!row) return null;
  return {
    tokensIn: int(row, 'tokens_in'),
    tokensOut: int(row, 'tokens_out'),
    tokensCached: int(row, 'tokens_cached'),
    costMicroUsd: intOrNull(row, 'cost_micro_usd'),
  };
}

export function putSessionFigures(
  write: Write,
  of: { executor: string; sessionId: string; runId: string },
  figures: SessionFigures,
): void {
  write
    .prepare(
      `INSERT INTO agent_session (executor, session_id, run_id, tokens_in, tokens_out, tokens_cached, cost_micro_usd, updated_at)
       VALUES (:executor, :sessionId, :runId, :tokensIn, :tokensOut, :tokensCached, :costMicroUsd, :now)
       ON CONFLICT (executor, session_id) DO UPDATE SET run_id = :runId, tokens_in = :tokensIn, tokens_out = :tokensOut,
         tokens_cached = :tokensCached, cost_micro_usd = :costMicroUsd, updated_at = :now`,
    )
    .run({ ...of, ...figures, now: write.now });
}
