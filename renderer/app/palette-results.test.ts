import { describe, expect, it } from 'vitest';
import type { Action } from './actions.ts';
import { matchScore } from './palette-match.ts';
import { paletteResults, withFound, type PaletteRow } from './palette-results.ts';
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
const recent = (id: string, rest: Partial<PaletteRow> = {}): PaletteRow => ({
  id,
  title: id,
  group: '',
  run,
  ...rest,
});
const found = (group: string, count: number): { group: string; items: PaletteRow[] } => ({
  group,
  items: Array.from({ length: count }, (_, at) => recent(`${group}${String(at)}`)),
});
const ids = (
  query: string,
  sources: readonly PaletteSource[] = [],
  recent: readonly PaletteRow[] = [],
): string[] => paletteResults(query, actions, sources, recent).map(({ id }) => id);

describe('the palette', () => {
  it('offers what the view in front can do first, then what was used lately, and last what cannot be done now', () => {
    expect(ids('', [], [recent('go.runs')])).toEqual(['plan.approve', 'go.runs', 'go.board', 'diff.apply']);
  });
  it('brings back what was opened lately, but no action of a view that is left', () => {
    expect(ids('', [], [recent('a run', { thing: true }), recent('gone.action')]).slice(0, 3)).toEqual([
      'plan.approve',
      'a run',
      'go.board',
    ]);
  });
  it('offers what acts on the selection first, and leaves it out once the selection was taken away', () => {
    const view: readonly Action[] = [
      { id: 'board.lanes', title: 'Lanes', group: 'Board', scope: 'view', run },
      { id: 'board.skip', title: 'Skip', group: 'Board', scope: 'view', onSelection: true, run },
    ];
    const on = (query: string, dropped: boolean): string[] =>
      paletteResults(query, [...view, ...actions], [], [], dropped).map(({ id }) => id);
    expect(on('', false).slice(0, 2)).toEqual(['board.skip', 'board.lanes']);
    expect(on('', true)).not.toContain('board.skip');
    expect(on('skip', true)).toEqual([]);
    expect(on('>skip', false)).toEqual(['board.skip']);
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

describe('what was found', () => {
  const local = paletteResults('approve', actions, [many], []);
  const rows = (awaited: boolean, ...groups: ReturnType<typeof found>[]): readonly PaletteRow[] =>
    withFound('approve', local, awaited ? undefined : { groups }, awaited);

  it('comes below what stood there, which does not move', () => {
    const before = rows(true).map(({ id }) => id);
    const after = rows(false, found('Runs', 2), found('Events', 9)).map(({ id }) => id);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after).toHaveLength(12);
    expect(after.slice(before.length)).toEqual(
      expect.arrayContaining(['Runs0', 'Runs1', 'Events0', 'Events4']),
    );
  });
  it('leaves its room to the rest when there is little of it', () => {
    expect(rows(false, found('Runs', 1)).map(({ id }) => id)).toHaveLength(12);
    expect(rows(false)).toEqual(local);
  });
  it('shows once what was there already', () => {
    const known = { group: 'Proposals, by their text', items: [recent('p0'), recent('p1'), recent('new')] };
    const shown = withFound(
      '#approve',
      paletteResults('#approve', actions, [many], []),
      { groups: [known] },
      false,
    );
    expect(shown.filter(({ id }) => id === 'p0')).toHaveLength(1);
    expect(shown.at(-1)?.id).toBe('new');
  });
});

describe('matching', () => {
  it('prefers the start of the text, then of a word, then the middle, then letters in order', () => {
    const scores = ['Runs', 'Go to runs', 'Overruns', 'r-u-n-s'].map((text) => matchScore('runs', text));
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(new Set(scores).size).toBe(4);
  });
  it('takes letters for an abbreviation only where they begin words', () => {
    expect(matchScore('cpal', 'Open command palette')).toBeGreaterThan(0);
    expect(matchScore('cache', 'Cover paths longer than 260 characters')).toBe(0);
  });
  it('answers within 50 ms of ten thousand items, in each of five tries the best', () => {
    const items = many.items();
    const took = Array.from({ length: 5 }, () => {
      const began = performance.now();
      for (const { title } of items) matchScore('xqz cache', title);
      return performance.now() - began;
    });
    expect(Math.min(...took)).toBeLessThan(50);
  });
  it('wants every word', () => {
    expect(matchScore('go board', 'Go to Board')).toBeGreaterThan(0);
    expect(matchScore('go inbox', 'Go to Board')).toBe(0);
  });
});
