import { expect, it } from 'vitest';
import { mergeFiles } from './merge-files.ts';

it('puts the files of two attempts side by side, those that both touched first', () => {
  const file = (path: string, additions: number) => ({ path, additions });
  const merged = mergeFiles(
    [file('b.ts', 1), file('only-left.ts', 2), file('a.ts', 3)],
    [file('only-right.ts', 4), file('a.ts', 5), file('b.ts', 1)],
  );
  expect(merged.map(({ path, left, right }) => [path, left?.additions, right?.additions])).toEqual([
    ['a.ts', 3, 5],
    ['b.ts', 1, 1],
    ['only-left.ts', 2, undefined],
    ['only-right.ts', undefined, 4],
  ]);
});
