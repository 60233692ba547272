import { machine, type ActionOf } from '../machine.ts';
import { valueList, type ValueOf } from '../value-list.ts';

export const accountStatus = valueList({
  active: 'Active',
  rate_limited: 'Rate limited',
  disabled: 'Disabled',
  error: 'Error',
});
export type AccountStatus = ValueOf<typeof accountStatus>;

export const accountMachine = machine({
  name: 'account',
  states: accountStatus.values,
  starts: ['active'],
  ends: [],
  rows: [
    { on: 'limit', from: ['active'], to: 'rate_limited', by: ['runtime'], note: 'until the provider resets' },
    {
      on: 'reset',
      from: ['rate_limited'],
      to: 'active',
      by: ['runtime', 'owner'],
      note: 'its time has come',
    },
    { on: 'refuse', from: ['active', 'rate_limited'], to: 'error', by: ['runtime'], note: 'sign-in failed' },
    { on: 'disable', from: ['active', 'rate_limited', 'error'], to: 'disabled', by: ['owner'] },
    { on: 'enable', from: ['disabled', 'error'], to: 'active', by: ['owner'] },
  ],
});
export type AccountAction = ActionOf<typeof accountMachine>;
