import { machine, type ActionOf } from '../machine.ts';
import { valueList, type ValueOf } from '../value-list.ts';

export const proposalStage = valueList({
  idea: 'Idea',
  research: 'Research',
  plan: 'Plan',
  approved: 'Approved',
  archived: 'Archived',
  rejected: 'Rejected',
});
export type ProposalStage = ValueOf<typeof proposalStage>;

/** Where the writing of a plan stands; `idle` before and after. */
export const planningState = valueList({ idle: 'Idle', planning: 'Planning', failed: 'Planning failed' });
export type PlanningState = ValueOf<typeof planningState>;

export const proposalMachine = machine({
  name: 'proposal',
  states: proposalStage.values,
  starts: ['idea'],
  ends: ['approved'],
  rows: [
    {
      on: 'approve',
      from: ['idea'],
      to: 'plan',
      by: ['owner', 'rule'],
      note: 'a plan is generated; it can be cancelled',
    },
    { on: 'details', from: ['idea'], to: 'research', by: ['owner'], note: 'opens the questions and answers' },
    {
      on: 'skip',
      from: ['idea', 'research', 'plan'],
      to: 'archived',
      by: ['owner', 'rule'],
      note: 'no value judgement',
    },
    { on: 'expire', from: ['idea', 'research', 'plan'], to: 'archived', by: ['runtime'] },
    {
      on: 'reject',
      from: ['idea', 'research', 'plan'],
      to: 'rejected',
      by: ['owner'],
      note: 'the reason is kept for learning',
    },
    {
      on: 'generate_plan',
      from: ['research'],
      to: 'plan',
      by: ['owner'],
      note: 'unanswered required questions block it',
    },
    {
      on: 'suggest',
      from: ['plan'],
      to: 'plan',
      by: ['owner'],
      note: 'revised with the feedback; earlier versions kept',
    },
    { on: 'more_details', from: ['plan'], to: 'research', by: ['owner'] },
    {
      on: 'execute',
      from: ['plan'],
      to: 'approved',
      by: ['owner', 'rule'],
      note: 'creates the intent and its first run',
    },
    { on: 'restore', from: ['archived', 'rejected'], to: 'idea', by: ['owner'] },
    {
      on: 'back_to_idea',
      from: ['research', 'plan', 'archived', 'rejected'],
      to: 'idea',
      by: ['undo'],
      note: 'takes the last decision back; a plan being written is stopped',
    },
    {
      on: 'back_to_research',
      from: ['plan', 'archived', 'rejected'],
      to: 'research',
      by: ['undo'],
      note: 'takes the last decision back',
    },
    {
      on: 'back_to_plan',
      from: ['research', 'archived', 'rejected'],
      to: 'plan',
      by: ['undo'],
      note: 'takes the last decision back; the plan is as it was',
    },
  ],
});
export type ProposalAction = ActionOf<typeof proposalMachine>;
