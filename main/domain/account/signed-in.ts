import { valueList, type ValueOf } from '../value-list.ts';

/** Whether an agent program is signed in on this machine, as far as that can be told without the network. */
export const signedIn = valueList({ yes: 'Signed in', no: 'Not signed in', unknown: 'Sign-in not known' });
export type SignedIn = ValueOf<typeof signedIn>;
