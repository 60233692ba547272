import { endpointAddress } from '../agents/local/endpoint-address.ts';
import { fail, ok, type Result } from '../shared/result.ts';
import type { ApiPorts } from './ports.ts';

/** The address of an account's models as it is kept, up to its `/v1`; refused for an executor that takes none. */
export function accountAddress(
  ports: Pick<ApiPorts, 'addressVariable'>,
  executor: string,
  given: string | null | undefined,
): Result<string | null> {
  if (given === null || given === undefined || given === '') return ok(null);
  if (ports.addressVariable(executor) === null)
    return fail('invalid_input', `An account of ${executor} has no address of its own.`, {
      hint: 'Leave the address out, or choose the executor local.',
    });
  const address = endpointAddress(given);
  return address.ok
    ? address
    : fail('invalid_input', address.error.message, { hint: address.error.hint ?? '' });
}
