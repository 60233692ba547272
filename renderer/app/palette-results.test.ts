import { describe, expect, it } from 'vitest';
import type { Action } from './actions.ts';
import { matchScore } from './palette-match.ts';
import { paletteResults } from './palette-results.ts';
import type { PaletteSource } from './palette-sources.ts';

const run = (): void => undefined;
const actions: readonly Action[] = [
  { id: 'plan.approve', title: 'Approve plan', group: 'Plan', scope: 'view', run },
  { id: 'diff.apply', title: 'Apply diff', group: 'Diff', scope: 'view', unavailable: 'no diff yet', run },
  { id: 'go.board', title: 'Go to Board', group: 'Go to', scope: 'global', run },
  { id: 'go.runs', title: 'Go to Runs', group: 'Go to', scope: 'global', run },
  { id: 'hidden', title: 'Approve secretly', group: 'Plan', scope: 'global', listed: false, run },
];
const many: PaletteSource = {
  prefix: '#',
  group: 'Proposals',
  items: () =>
    Array.from({ length: 10_000 }, (_, index) => ({
      id: `p${String(index)}`,
      title: `Proposal ${String(index)} approve the cache`,
      run,
    })),
};
const ids = (
  query: string,
  sources: readonly PaletteSource[] = [],
  recent: readonly string[] = [],
): string[] => paletteResults(query, actions, sources, recent).map(({ id }) => id);

describe('the palette', () => {
  it('offers what the view in front can do first, then what was used lately', () => {
    expect(ids('', [], ['go.runs'])).toEqual(['plan.approve', 'diff.apply', 'go.runs', 'go.board']);
  });
  it('keeps an action that cannot be used now, with its reason', () => {
    expect(paletteResults('apply', actions, [], [])[0]).toMatchObject({
      id: 'diff.apply',
      unavailable: 'no diff yet',
    });
  });
  it('leaves out unlisted actions', () => {
    expect(ids('approve')).toEqual(['plan.approve']);
  });
  it('limits the search to one kind by its prefix', () => {
    expect(ids('#77 cache', [many])[0]).toBe('p77');
    expect(ids('>appr', [many])).toEqual(['plan.approve']);
    expect(ids(':anything', [many])).toEqual([]);
  });
  it('keeps rows of one group together', () => {
    const groups = paletteResults('appr', actions, [many], []).map(({ group }) => group);
    expect(groups.filter((group, index) => group !== groups[index - 1]).length).toBe(new Set(groups).size);
  });
  it('answers with a list of bounded length from ten thousand items', () => {
    expect(ids('#approve', [many]).length).toBeLessThanOrEqual(60);
  });
});

describe('matching', () => {
  it('prefers the start of the text, then of a word, then the middle, then letters in order', () => {
    const scores = ['Runs', 'Go to runs', 'Overruns', 'r-u-n-s'].map((text) => matchScore('runs', text));
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(new Set(scores).size).toBe(4);
  });
  it('wants every word', () => {
    expect(matchScore('go board', 'Go to Board')).toBeGreaterThan(0);
    expect(matchScore('go inbox', 'Go to Board')).toBe(0);
  });
});
