import { machine, type ActionOf } from '../machine.ts';
import { valueList, type ValueOf } from '../value-list.ts';

export const runStatus = valueList({
  draft: 'Needs approval',
  queued: 'Queued',
  running: 'Running',
  validating: 'Validating',
  blocked: 'Needs an answer',
  paused: 'Paused',
  review: 'Ready to review',
  applied: 'Applied',
  completed: 'Completed',
  discarded: 'Discarded',
  failed: 'Failed',
  timeout: 'Out of budget',
  stopped: 'Stopped',
  rejected: 'Rejected',
});
export type RunStatus = ValueOf<typeof runStatus>;

const notEnded = ['draft', 'queued', 'running', 'validating', 'blocked', 'paused', 'review'] as const;
const working = ['running', 'validating'] as const;
/** A blocked run may have an agent at work that waits for its answer. */
const atWork = [...working, 'blocked'] as const;

export const runMachine = machine({
  name: 'run',
  states: runStatus.values,
  starts: ['draft', 'queued'],
  ends: ['applied', 'completed', 'discarded', 'failed', 'timeout', 'stopped', 'rejected'],
  rows: [
    {
      on: 'approve',
      from: ['draft'],
      to: 'queued',
      by: ['owner', 'rule'],
      note: 'what held it was shown',
    },
    { on: 'reject', from: ['draft'], to: 'rejected', by: ['owner'] },
    { on: 'claim', from: ['queued'], to: 'running', by: ['runtime'], note: 'atomically, by one worker' },
    {
      on: 'end_turn',
      from: ['running', 'blocked'],
      to: 'validating',
      by: ['runtime'],
      note: 'policy and tests are checked; also of an agent that no longer waits for its answer',
    },
    { on: 'next_step', from: ['validating'], to: 'running', by: ['runtime'] },
    {
      on: 'offer_review',
      from: ['validating'],
      to: 'review',
      by: ['runtime'],
      note: 'done, with changes to apply',
    },
    {
      on: 'complete',
      from: ['validating'],
      to: 'completed',
      by: ['runtime'],
      note: 'done, nothing to apply',
    },
    { on: 'apply', from: ['review'], to: 'applied', by: ['owner', 'rule'] },
    { on: 'discard', from: ['review'], to: 'discarded', by: ['owner'] },
    {
      on: 'request_changes',
      from: ['review'],
      to: 'queued',
      by: ['owner'],
      note: 'another attempt with that feedback',
    },
    {
      on: 'block',
      from: working,
      to: 'blocked',
      by: ['agent', 'runtime'],
      note: 'the agent asked its owner',
    },
    { on: 'answer', from: ['blocked'], to: 'queued', by: ['owner'], note: 'answer or directive given' },
    {
      on: 'go_on',
      from: ['blocked'],
      to: 'running',
      by: ['owner', 'runtime'],
      note: 'decided, and its agent still waits for it',
    },
    {
      on: 'time_out',
      from: atWork,
      to: 'timeout',
      by: ['runtime'],
      note: 'step, time, token or cost budget spent',
    },
    { on: 'fail', from: atWork, to: 'failed', by: ['runtime'] },
    { on: 'pause', from: ['queued', 'running', 'validating'], to: 'paused', by: ['owner', 'runtime'] },
    {
      on: 'resume',
      from: ['paused'],
      to: 'queued',
      by: ['owner', 'runtime'],
      note: 'from the last checkpoint',
    },
    {
      on: 'stop',
      from: notEnded,
      to: 'stopped',
      by: ['owner', 'runtime'],
      note: 'the process group is gone first',
    },
    {
      on: 'wait',
      from: working,
      to: 'queued',
      by: ['runtime'],
      note: 'no account is free, or the day is spent',
    },
    {
      on: 'adopt',
      from: ['running'],
      to: 'running',
      by: ['runtime'],
      note: 'at start-up: the child lives or left its ending',
    },
    {
      on: 'adopt',
      from: ['blocked'],
      to: 'blocked',
      by: ['runtime'],
      note: 'at start-up: the child that asked lives or left its ending',
    },
    {
      on: 'recover',
      from: working,
      to: 'queued',
      by: ['runtime'],
      note: 'at start-up: from the last checkpoint, counted',
    },
  ],
});
export type RunAction = ActionOf<typeof runMachine>;

export const runType = valueList({
  agent: 'Agent',
  task: 'Task',
  pipeline: 'Pipeline',
  workflow: 'Workflow',
});
export type RunType = ValueOf<typeof runType>;

export const triggeredBy = valueList({
  owner: 'Owner',
  proposal: 'Proposal',
  trigger: 'Trigger',
  retry: 'Retry',
  api: 'API',
});
export type TriggeredBy = ValueOf<typeof triggeredBy>;

/** Whether nothing more will happen to a run in this status. */
export function runEnded(status: RunStatus): boolean {
  return (runMachine.ends as readonly string[]).includes(status);
}
