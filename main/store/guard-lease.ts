import { FailureError } from '../shared/result.ts';
import type { Write } from './database.ts';
import { getRunStanding } from './run-standing.ts';

/** A host that slept through its lease learns here that another has the run: nothing it says of it is written any more. */
export function leaseLost(number: number): FailureError {
  return new FailureError({
    tag: 'lease_lost',
    message: `Run ${String(number)} is in the hands of another host.`,
    hint: 'This host has let go of it; look at the run to see how it goes on.',
  });
}

/** Throws `lease_lost` when another host has the run: for writes of a stage, which move no run. */
export function guardLease(write: Write, id: string): void {
  const { leaseOwner, number } = getRunStanding(write, id);
  if (leaseOwner !== null && leaseOwner !== write.owner) throw leaseLost(number);
}

/** True for a row of `run` that no other host has; its one parameter is who writes. */
export const mayWrite = (run: string): string => `IFNULL(${run}.lease_owner = ?, TRUE)`;

/** Why a statement with `mayWrite` found no row. */
export function refusedWrite(write: Write, runId: string): FailureError {
  return leaseLost(getRunStanding(write, runId).number);
}

/** Whether an error says that the run has another owner now. */
export function isLeaseLost(error: unknown): error is FailureError {
  return error instanceof FailureError && error.failure.tag === 'lease_lost';
}
