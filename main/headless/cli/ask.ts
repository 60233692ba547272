import type { ContractFailure, Reply } from '../../../preload/contract/errors.ts';
import type { InputOf, OperationName, OutputOf } from '../../../preload/contract/operations.ts';
import { FailureError } from '../../shared/result.ts';
import type { CommandContext } from './io.ts';

/** Calls an operation; a failed one ends the command with its message, hint and exit code. */
export async function ask<N extends OperationName>(
  context: CommandContext,
  name: N,
  input: InputOf<N>,
): Promise<OutputOf<N>> {
  const { call } = await context.connection();
  return valueOf(await call(name, input));
}

export function valueOf<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value;
  return refuse(reply.error);
}

/** Ends the command with a failure. */
export function refuse(failure: ContractFailure): never {
  const { tag, message, hint, details } = failure;
  throw new FailureError({
    tag,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(details === undefined ? {} : { details }),
  });
}
