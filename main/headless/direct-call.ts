import type { Call } from '../../preload/contract/operations.ts';
import type { Dispatch } from '../api/dispatch.ts';
import type { Actor } from '../domain/decision/decision.ts';

/** A typed call on a dispatch of this process, in the name of `actor`. The dispatch has parsed the answer already. */
export function createDirectCall(dispatch: Dispatch, actor: Actor): Call {
  return (async (name: string, input: unknown) => dispatch(name, input, { actor })) as Call;
}
