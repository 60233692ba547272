import { machine, type ActionOf } from '../machine.ts';
import { valueList, type ValueOf } from '../value-list.ts';

export const stageStatus = valueList({
  pending: 'Waiting',
  running: 'Working',
  blocked: 'Needs an answer',
  passed: 'Passed',
  failed: 'Failed',
  skipped: 'Not started',
});
export type StageStatus = ValueOf<typeof stageStatus>;

/** A stage of one attempt. It never leaves `skipped`: another attempt has rows of its own. */
export const stageMachine = machine({
  name: 'stage',
  states: stageStatus.values,
  starts: ['pending'],
  ends: ['failed', 'skipped'],
  rows: [
    { on: 'begin', from: ['pending'], to: 'running', by: ['runtime'], note: 'what it needs has passed' },
    { on: 'ask', from: ['running'], to: 'blocked', by: ['agent'], note: 'its agent asked the owner' },
    { on: 'answer', from: ['blocked'], to: 'running', by: ['owner'], note: 'its next turn reads the answer' },
    { on: 'pass', from: ['running'], to: 'passed', by: ['runtime'] },
    { on: 'fail', from: ['running', 'blocked'], to: 'failed', by: ['runtime'] },
    {
      on: 'inherit',
      from: ['pending'],
      to: 'passed',
      by: ['runtime'],
      note: 'an earlier attempt from the same base finished it',
    },
    {
      on: 'redo',
      from: ['passed', 'running', 'blocked'],
      to: 'pending',
      by: ['owner'],
      note: 'after a conflict: begun again, on the joined work',
    },
    {
      on: 'skip',
      from: ['pending', 'running', 'blocked'],
      to: 'skipped',
      by: ['runtime'],
      note: 'what it needs failed, or the run ended',
    },
  ],
});
export type StageAction = ActionOf<typeof stageMachine>;
