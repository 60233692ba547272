import { machine, type ActionOf } from '../machine.ts';
import { valueList, type ValueOf } from '../value-list.ts';

export const intentStatus = valueList({
  pending: 'Pending',
  scheduled: 'Scheduled',
  running: 'Running',
  completed: 'Completed',
  failed: 'Failed',
  timeout: 'Out of budget',
  cancelled: 'Cancelled',
});
export type IntentStatus = ValueOf<typeof intentStatus>;

export const intentMachine = machine({
  name: 'intent',
  states: intentStatus.values,
  starts: ['pending'],
  ends: ['completed', 'cancelled'],
  rows: [
    { on: 'schedule', from: ['pending'], to: 'scheduled', by: ['owner', 'runtime'] },
    { on: 'start', from: ['scheduled'], to: 'running', by: ['runtime'], note: 'its run is queued' },
    { on: 'complete', from: ['running'], to: 'completed', by: ['runtime'] },
    { on: 'fail', from: ['running'], to: 'failed', by: ['runtime'], note: 'its run failed, or was stopped' },
    { on: 'time_out', from: ['running'], to: 'timeout', by: ['runtime'] },
    {
      on: 'rearm',
      from: ['running'],
      to: 'scheduled',
      by: ['runtime'],
      note: 'recurring: waits for its next time',
    },
    {
      on: 'cancel',
      from: ['pending', 'scheduled', 'running', 'failed', 'timeout'],
      to: 'cancelled',
      by: ['owner', 'runtime'],
      note: 'for good',
    },
    {
      on: 'retry',
      from: ['failed', 'timeout'],
      to: 'pending',
      by: ['owner', 'runtime'],
      note: 'a new run, attempt + 1',
    },
  ],
});
export type IntentAction = ActionOf<typeof intentMachine>;

export const intentType = valueList({ task: 'Task', recurring: 'Recurring', research: 'Research' });
export type IntentType = ValueOf<typeof intentType>;

export const triggerType = valueList({
  manual: 'By hand',
  immediate: 'At once',
  once: 'Once',
  interval: 'Interval',
  cron: 'Cron',
  event: 'Event',
});
export type TriggerType = ValueOf<typeof triggerType>;

export const misfirePolicy = valueList({ run_once: 'Run once', skip: 'Skip', run_all: 'Run all, capped' });
export type MisfirePolicy = ValueOf<typeof misfirePolicy>;
