import { z } from 'zod';
import { timeSchema } from './primitives.ts';
import { valueList, type ValueOf } from './value-list.ts';

/** The domain event stream: what a committed change says happened. Past tense, entity first. */
export const domainEventType = valueList({
  projectAdded: 'Project added',
  projectUpdated: 'Project updated',
  projectRemoved: 'Project removed',
  goalCreated: 'Goal created',
  goalUpdated: 'Goal updated',
  sourceChecked: 'Source checked',
  sourceFailed: 'Source failed',
  proposalDiscovered: 'Proposal discovered',
  proposalEdited: 'Proposal edited',
  proposalApproved: 'Proposal approved',
  proposalDetailsRequested: 'Details requested',
  proposalSkipped: 'Proposal skipped',
  proposalExpired: 'Proposal expired',
  proposalRejected: 'Proposal rejected',
  proposalPlanRequested: 'Plan requested',
  proposalPlanned: 'Plan written',
  proposalPlanFailed: 'Planning failed',
  proposalPlanCancelled: 'Planning cancelled',
  proposalRevisionRequested: 'Revision requested',
  proposalExecuted: 'Plan executed',
  proposalRestored: 'Proposal restored',
  proposalSnoozed: 'Proposal snoozed',
  questionAsked: 'Question asked',
  questionAnswered: 'Question answered',
  intentCreated: 'Intent created',
  intentChanged: 'Intent changed',
  intentRemoved: 'Intent removed',
  intentMissed: 'Time missed',
  eventFired: 'Event fired',
  clockJumped: 'Clock jumped',
  runDrafted: 'Run drafted',
  runQueued: 'Run queued',
  runStarted: 'Run started',
  runChanged: 'Run changed',
  runTurnEnded: 'Turn ended',
  stepValidated: 'Step validated',
  runBlocked: 'Run needs an answer',
  runPaused: 'Run paused',
  runReadyToReview: 'Run ready to review',
  runApplied: 'Run applied',
  runRolledBack: 'Run rolled back',
  runCompleted: 'Run completed',
  runDiscarded: 'Run discarded',
  runFailed: 'Run failed',
  runTimedOut: 'Run out of budget',
  runStopped: 'Run stopped',
  runRejected: 'Run rejected',
  runRecovered: 'Run recovered',
  runStuck: 'Run prints nothing',
  runStirred: 'Run prints again',
  flagChanged: 'Setting changed',
  backupMade: 'Backup made',
  alertRaised: 'Alert raised',
  alertCleared: 'Alert cleared',
});
export type DomainEventType = ValueOf<typeof domainEventType>;

export const eventEntity = valueList({
  project: 'Project',
  goal: 'Goal',
  source: 'Source',
  proposal: 'Proposal',
  intent: 'Intent',
  run: 'Run',
  flag: 'Setting',
  backup: 'Backup',
  alert: 'Alert',
  event: 'Event',
  clock: 'Clock',
});
export type EventEntity = ValueOf<typeof eventEntity>;

export const domainEventSchema = z.object({
  /** Grows by one with every event of this database. */
  seq: z.int().min(1),
  type: domainEventType.schema,
  entity: eventEntity.schema,
  entityId: z.string(),
  actor: z.string(),
  at: timeSchema,
  payload: z.record(z.string(), z.json()),
});
export type DomainEvent = z.infer<typeof domainEventSchema>;
