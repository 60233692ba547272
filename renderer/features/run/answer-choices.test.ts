import { expect, test } from 'vitest';
import { answerChoices } from './answer-choices.ts';

test('a conflict of stages offers each of its answers once', () => {
  const question =
    'Stage join joins api and ui, which changed the same lines of a.ts. Answer “take api” or “take ui” to keep those files as that ' +
    'stage left them, “retry api” or “retry ui” to do that stage again on the work of the other, or say in your own words.';
  expect(answerChoices(question)).toEqual([
    { text: 'take api', label: 'Take the files of api' },
    { text: 'take ui', label: 'Take the files of ui' },
    { text: 'retry api', label: 'Do api again' },
    { text: 'retry ui', label: 'Do ui again' },
  ]);
});

test('a question in an agent’s own words offers nothing', () => {
  expect(answerChoices('May I take “the long way”, or shall I retry?')).toEqual([]);
});
