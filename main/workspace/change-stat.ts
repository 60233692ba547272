import type { DiffFile } from '../domain/run/diff.ts';
import { ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { Git, GitOutput } from './git.ts';
import { parseNumstat, parseRawRecords } from './parse-patch.ts';
import type { RawRecord } from './parse-patch.ts';
import { openRepository } from './repository.ts';

export type ChangedFile = Pick<DiffFile, 'path' | 'change' | 'additions' | 'deletions'>;

/** Which files differ between two commits and by how many lines: no texts and no target, so it costs one process. */
export async function changeStat(
  git: Git,
  input: { projectPath: string; from: string; to: string },
): Promise<Result<ChangedFile[]>> {
  const opened = await openRepository(git, input.projectPath);
  if (!opened.ok) return opened;
  const { place } = opened.value;
  const found = await git.run(place, [...STAT, input.from, input.to]);
  return found.ok ? ok(statOf(found.value)) : found;
}

/** Before the two commits or trees. */
export const STAT: readonly string[] = [
  'diff-tree',
  '--raw',
  '--numstat',
  '-r',
  '-z',
  '-M',
  '--no-abbrev',
  '--ignore-submodules=none',
];

/** What `STAT` gave. */
export function statOf(output: GitOutput): ChangedFile[] {
  const [raw, numbers] = splitOutput(output.fields());
  const counts = parseNumstat(numbers);
  return parseRawRecords(raw).map(({ path, change }) => {
    const { additions = 0, deletions = 0 } = counts.get(path) ?? {};
    return { path, change, additions, deletions };
  });
}

/** The same with modes and ids. */
export function recordsOf(output: GitOutput): RawRecord[] {
  return parseRawRecords(splitOutput(output.fields())[0]);
}

/** Both forms in one output: first the records that begin with a colon, each with its one or two names, then the numbers. */
function splitOutput(fields: readonly string[]): [raw: string[], numbers: string[]] {
  let at = 0;
  while (fields[at]?.startsWith(':') === true) at += /^:\S+ \S+ \S+ \S+ [RC]/u.test(fields[at] ?? '') ? 3 : 2;
  return [fields.slice(0, at), fields.slice(at)];
}
