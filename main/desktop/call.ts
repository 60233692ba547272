import type { Call } from '../../preload/contract/operations.ts';
import type { CallContext, Dispatch } from '../api/dispatch.ts';

/** Calls operations as the owner at this machine, through the same door as every other surface. */
export function createCall(dispatch: Dispatch, channel: CallContext['actor']['channel']): Call {
  // `dispatch` parses the answer against the operation's own schema, so the type is what it says.
  return ((name, input) => dispatch(name, input, { actor: { name: 'owner', channel } })) as Call;
}
