import { z } from 'zod';

/** How a failed operation travels: the shape of `Failure` in main, parsed at the edge. */
export const failureSchema = z.object({
  tag: z.string(),
  message: z.string(),
  hint: z.string().optional(),
  details: z.json().optional(),
});
export type ContractFailure = z.infer<typeof failureSchema>;

export type Reply<T> = { ok: true; value: T } | { ok: false; error: ContractFailure };

/** HTTP status by failure tag; every tag not listed is 400. */
const statusByTag: Readonly<Record<string, number>> = {
  invalid_input: 400,
  unauthorised: 401,
  forbidden_origin: 403,
  not_found: 404,
  unknown_operation: 404,
  illegal_transition: 409,
  stale_version: 409,
  already_decided: 409,
  project_exists: 409,
  merge_conflict: 409,
  dirty_target: 409,
  other_instance: 409,
  expired: 410,
  too_large: 413,
  invalid_output: 500,
  internal: 500,
  read_only: 503,
  shutting_down: 503,
  unreachable: 503,
  disk_full: 507,
};

export function httpStatus(tag: string): number {
  return statusByTag[tag] ?? 400;
}

/** Exit codes of the command line, as in sysexits: 2 wrong use, 66 not found, 69 cannot be reached, 75 conflict, 70 a bug, 1 the rest. */
export function exitCode(tag: string): number {
  if (tag === 'invalid_input' || tag === 'usage') return 2;
  if (tag === 'not_found' || tag === 'unknown_operation') return 66;
  if (tag === 'unreachable' || tag === 'shutting_down' || tag === 'read_only' || tag === 'other_instance')
    return 69;
  if (tag === 'internal' || tag === 'invalid_output') return 70;
  if (httpStatus(tag) === 409 || tag === 'expired') return 75;
  return 1;
}
