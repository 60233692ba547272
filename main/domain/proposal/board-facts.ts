import { valueList, type ValueOf } from '../value-list.ts';
import type { ProposalCard } from './proposal.ts';

/** What the board sorts its cards by, besides what a proposal says itself. */
export const boardAge = valueList({
  day: 'Under a day',
  week: 'A day to a week',
  month: 'A week to a month',
  older: 'Over a month',
});
export type BoardAge = ValueOf<typeof boardAge>;

export const boardRelevance = valueList({
  high: 'High, 35 to 50',
  middle: 'Middle, 20 to 34',
  low: 'Low, under 20',
});
export type BoardRelevance = ValueOf<typeof boardRelevance>;

/** Who has the next move. */
export const waitsOn = valueList({
  you: 'You',
  planner: 'The planner',
  agent: 'An agent',
  later: 'A later time',
  nobody: 'Nobody',
});
export type WaitsOn = ValueOf<typeof waitsOn>;

/** What the board is divided into from top to bottom. */
export const boardLanes = valueList({ none: 'No lanes', goal: 'Goal', project: 'Project' });
export type BoardLanes = ValueOf<typeof boardLanes>;

/** From this relevance on. */
export const relevanceFrom = { high: 35, middle: 20, low: 0 } as const satisfies Record<
  BoardRelevance,
  number
>;

const dayMs = 24 * 60 * 60 * 1_000;
/** In its stage for so long at most. */
export const ageUpTo = { day: dayMs, week: 7 * dayMs, month: 30 * dayMs } as const satisfies Record<
  Exclude<BoardAge, 'older'>,
  number
>;

export function relevanceOf(relevance: number): BoardRelevance {
  if (relevance >= relevanceFrom.high) return 'high';
  return relevance >= relevanceFrom.middle ? 'middle' : 'low';
}

/** `now` in milliseconds since 1970. */
export function ageOf(stageSince: string, now: number): BoardAge {
  const age = now - Date.parse(stageSince);
  if (age < ageUpTo.day) return 'day';
  if (age < ageUpTo.week) return 'week';
  return age < ageUpTo.month ? 'month' : 'older';
}

/** What of a card says who has the next move. */
export type Waiting = Pick<
  ProposalCard,
  'stage' | 'planning' | 'snoozedUntil' | 'openQuestions' | 'planSteps'
> & {
  readonly run: Pick<NonNullable<ProposalCard['run']>, 'status' | 'rolledBack'> | null;
};

/** Said in SQL as well, by `card-filter-sql.ts`; a test holds the two together. */
export function waitsOnWhom(card: Waiting): WaitsOn {
  if (card.snoozedUntil !== null) return 'later';
  if (card.planning === 'planning') return 'planner';
  if (card.stage === 'research') return card.openQuestions > 0 ? 'you' : 'nobody';
  if (card.stage === 'plan') return card.planning === 'failed' || card.planSteps !== null ? 'you' : 'nobody';
  if (card.stage !== 'approved' || card.run === null || card.run.rolledBack) return 'nobody';
  switch (card.run.status) {
    case 'draft':
    case 'blocked':
    case 'review':
      return 'you';
    case 'queued':
    case 'running':
    case 'validating':
      return 'agent';
    case 'paused':
      return 'later';
    case 'applied':
    case 'completed':
    case 'discarded':
    case 'failed':
    case 'timeout':
    case 'stopped':
    case 'rejected':
      return 'nobody';
  }
}
