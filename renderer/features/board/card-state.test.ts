import { expect, test } from 'vitest';
import type { ProposalCard } from '../../client/patch.ts';
import { cardState } from './card-state.ts';

const card = {
  stage: 'approved',
  snoozedUntil: null,
  run: {
    id: 'r',
    number: 7,
    status: 'applied',
    step: 1,
    maxSteps: 8,
    filesChanged: 2,
    additions: 5,
    deletions: 1,
    testExit: 0,
    hasTests: true,
    rolledBack: false,
  },
} as unknown as ProposalCard & { run: NonNullable<ProposalCard['run']> };

test('a card says of a run that was rolled back that it was, and not that it is applied', () => {
  expect(cardState(card)).toMatchObject({ evidence: 'applied · tests pass', result: '2 files +5 −1' });
  const { evidence, glyph, needsYou } = cardState({ ...card, run: { ...card.run, rolledBack: true } });
  expect(evidence).toMatch(/^rolled back · .*can be applied again/);
  expect([glyph?.label, glyph?.shape, needsYou]).toEqual(['Rolled back', 'square', false]);
});

test('a card says that its decision waits to be sent, and that a planner looks for questions', () => {
  expect(cardState(card, 'execute')).toMatchObject({
    glyph: { shape: 'hourglass' },
    needsYou: false,
    evidence: 'waits to be sent: execute plan',
  });
  const studied = { ...card, stage: 'research', planning: 'planning', openQuestions: 2 } as const;
  expect(cardState(studied)).toMatchObject({ glyph: { shape: 'spinner' }, needsYou: false });
});
