import { machine, type ActionOf } from '../machine.ts';
import { valueList, type ValueOf } from '../value-list.ts';

export const goalStatus = valueList({
  active: 'Active',
  paused: 'Paused',
  achieved: 'Achieved',
  dropped: 'Dropped',
});
export type GoalStatus = ValueOf<typeof goalStatus>;

export const goalMachine = machine({
  name: 'goal',
  states: goalStatus.values,
  starts: ['active'],
  ends: [],
  rows: [
    { on: 'pause', from: ['active'], to: 'paused', by: ['owner'] },
    { on: 'activate', from: ['paused', 'achieved', 'dropped'], to: 'active', by: ['owner'] },
    { on: 'achieve', from: ['active'], to: 'achieved', by: ['owner', 'runtime'] },
    { on: 'drop', from: ['active', 'paused'], to: 'dropped', by: ['owner'] },
  ],
});
export type GoalAction = ActionOf<typeof goalMachine>;
