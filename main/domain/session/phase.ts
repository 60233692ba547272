import { machine, type ActionOf } from '../machine.ts';
import { valueList, type ValueOf } from '../value-list.ts';

export const sessionPhase = valueList({
  planning: 'Planning',
  execution: 'Execution',
  synthesis: 'Synthesis',
  done: 'Done',
  failed: 'Failed',
});
export type SessionPhase = ValueOf<typeof sessionPhase>;

export const sessionMachine = machine({
  name: 'discovery session',
  states: sessionPhase.values,
  starts: ['planning'],
  ends: ['done', 'failed'],
  rows: [
    { on: 'accept_plan', from: ['planning'], to: 'execution', by: ['runtime'] },
    { on: 'synthesise', from: ['execution'], to: 'synthesis', by: ['runtime'] },
    { on: 'finish', from: ['synthesis'], to: 'done', by: ['runtime'] },
    { on: 'fail', from: ['planning', 'execution', 'synthesis'], to: 'failed', by: ['runtime'] },
  ],
});
export type SessionAction = ActionOf<typeof sessionMachine>;
