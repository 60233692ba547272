import { expect, it } from 'vitest';
import type { ProposalCard } from '../../client/patch.ts';
import { cardEstimate, shortAge, waitingWord } from './card-facts.ts';

const card = (fields: Partial<ProposalCard>): ProposalCard =>
  ({
    stage: 'plan',
    planning: 'idle',
    snoozedUntil: null,
    openQuestions: 0,
    planSteps: 3,
    planRisk: 'low',
    planEffort: 'small',
    planCostMicroUsd: null,
    planDurationMs: null,
    goalTitle: null,
    run: null,
    ...fields,
  }) as ProposalCard;

it('says what a plan is expected to take, and that nobody told when nobody did', () => {
  expect(cardEstimate(card({}))).toBe('small · no estimate');
  expect(cardEstimate(card({ planCostMicroUsd: 900_000, planDurationMs: 1_500_000 }))).toBe(
    'small · $0.90, 25 min',
  );
  expect(cardEstimate(card({ stage: 'approved', planCostMicroUsd: 0 }))).toBe('risk low · small · $0.00');
});

it('has no last line before there is a plan', () => {
  expect(cardEstimate(card({ stage: 'idea', planEffort: null }))).toBeUndefined();
  expect(cardEstimate(card({ planEffort: null, planSteps: null }))).toBeUndefined();
});

it('names who has the next move, and nobody for an idea', () => {
  expect(waitingWord(card({}))?.word).toBe('you');
  expect(waitingWord(card({ planning: 'planning' }))?.word).toBe('planner');
  expect(waitingWord(card({ stage: 'idea' }))).toBeUndefined();
});

it.each([
  [0, 'now'],
  [59, '59m'],
  [60, '1h'],
  [60 * 24 * 6, '6d'],
  [60 * 24 * 20, '2w'],
])('tells an age of %i minutes as %s', (minutes, text) => {
  const now = Date.parse('2026-01-31T00:00:00.000Z');
  expect(shortAge(new Date(now - minutes * 60_000).toISOString(), now)).toBe(text);
});
