import type { Run } from '../domain/run/run.ts';
import type { RunStatus } from '../domain/run/status.ts';
import type { Read } from './database.ts';
import { int, intOrNull, notFound, text, textOrNull } from './row.ts';

/** Where a run stands, without its texts: every transition reads this, so it is kept small. */
export function getRunStanding(
  read: Read,
  id: string,
): Pick<Run, 'status' | 'version' | 'number' | 'exitCode' | 'proposalId'> & { leaseOwner: string | null } {
  const row = read
    .prepare('SELECT status, version, number, exit_code, proposal_id, lease_owner FROM run WHERE id = ?')
    .get(id);
  if (!row) throw notFound('run', id);
  return {
    status: text(row, 'status') as RunStatus,
    version: int(row, 'version'),
    number: int(row, 'number'),
    exitCode: intOrNull(row, 'exit_code'),
    proposalId: textOrNull(row, 'proposal_id'),
    leaseOwner: textOrNull(row, 'lease_owner'),
  };
}
