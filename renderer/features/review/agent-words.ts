import type { OutputOf } from '../../../preload/contract/operations.ts';
import { hunksOf, type DiffFile } from './diff-file.ts';
import type { Hunk } from './patch-lines.ts';

export type Story = OutputOf<'run.story'>;
export type AgentWords = Story['words'][number];

/** What the agent said as it wrote each hunk: where it wrote one of its lines, else beside the first hunk of the file. */
export function wordsByHunk(
  files: readonly DiffFile[],
  story: Story | undefined,
): ReadonlyMap<Hunk, AgentWords> {
  const found = new Map<Hunk, AgentWords>();
  if (!story || story.words.length === 0) return found;
  const byPath = Map.groupBy(story.words, ({ path }) => path);
  for (const file of files) {
    const said = byPath.get(file.path) ?? byPath.get(file.oldPath ?? '');
    const hunks = said ? (hunksOf(file) ?? []) : [];
    for (const words of said ?? []) {
      const wrote = new Set(words.lines);
      const named = hunks.filter((hunk) =>
        hunk.lines.some(({ kind, text }) => kind === 'add' && wrote.has(text.trim().slice(0, 200))),
      );
      // The last word on a hunk is what holds; words about the file as a whole give way to those about a hunk.
      for (const hunk of named) found.set(hunk, words);
      const [first] = hunks;
      if (named.length === 0 && first && !found.has(first)) found.set(first, words);
    }
  }
  return found;
}
