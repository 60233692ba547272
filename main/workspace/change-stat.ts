import type { DiffFile } from '../domain/run/diff.ts';
import { ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { Git } from './git.ts';
import { parseNumstat, parseRawRecords } from './parse-patch.ts';
import { openRepository } from './repository.ts';

export type ChangedFile = Pick<DiffFile, 'path' | 'change' | 'additions' | 'deletions'>;

/** Which files differ between two commits and by how many lines: no texts and no target, so it costs three processes. */
export async function changeStat(
  git: Git,
  input: { projectPath: string; from: string; to: string },
): Promise<Result<ChangedFile[]>> {
  const opened = await openRepository(git, input.projectPath);
  if (!opened.ok) return opened;
  const { place } = opened.value;
  const range = ['-r', '-z', '-M', '--no-abbrev', '--ignore-submodules=none', input.from, input.to];
  const [raw, numbers] = await Promise.all([
    git.run(place, ['diff-tree', '--raw', ...range]),
    git.run(place, ['diff-tree', '--numstat', ...range]),
  ]);
  if (!raw.ok) return raw;
  if (!numbers.ok) return numbers;
  const counts = parseNumstat(numbers.value.fields());
  return ok(
    parseRawRecords(raw.value.fields()).map(({ path, change }) => {
      const { additions = 0, deletions = 0 } = counts.get(path) ?? {};
      return { path, change, additions, deletions };
    }),
  );
}
