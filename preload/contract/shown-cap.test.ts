import { expect, it } from 'vitest';
import type { OutputOf } from './operations.ts';
import { shownCap } from './shown-cap.ts';

type Today = OutputOf<'cost.today'>;
const cap = (projectId: string | null, spent: number, most: number): Today['caps'][number] => ({
  projectId,
  name: projectId ?? '',
  capMicroUsd: most * 1e6,
  spentMicroUsd: spent * 1e6,
});
const shown = (
  caps: Today['caps'],
  project?: string,
  state: Today['total']['state'] = 'known',
): string | null => {
  const total = { costMicroUsd: 0, state, words: '', tokensIn: 0, tokensOut: 0, tokensCached: 0 };
  const found = shownCap({ caps, total }, project);
  return found && [found.name, found.words, found.state].filter(Boolean).join(', ');
};

it('says nothing without a cap, or of a project that is neither chosen nor near its cap', () => {
  expect(shown([])).toBeNull();
  expect(shown([cap('web', 1, 5)])).toBeNull();
  expect(shown([cap('web', 1, 5)], 'api')).toBeNull();
});

it('shows the fullest cap that counts here, and says when it is near or spent', () => {
  expect(shown([cap(null, 1, 5)])).toBe('$1.00 of $5.00, fine');
  expect(shown([cap('web', 1, 5)], 'web')).toBe('web, $1.00 of $5.00, fine');
  expect(shown([cap(null, 1, 50), cap('web', 4, 5)])).toBe('web, $4.00 of $5.00, near');
  expect(shown([cap(null, 6, 5), cap('web', 4, 5)], 'web')).toBe('$6.00 of $5.00, spent');
});

it('shows no sum that is only part of it as if it were all', () => {
  expect(shown([cap(null, 1, 5)], undefined, 'partly')).toBe('$1.00 or more of $5.00, fine');
  expect(shown([cap(null, 0, 5)], undefined, 'unknown')).toBe('unknown of $5.00, fine');
  expect(shown([cap(null, 0, 5)], undefined, 'plan')).toBe('$0.00 of $5.00, fine');
});
