import { ok, type Result } from '../shared/result.ts';
import type { Git } from './git.ts';
import { openRepository, resolveCommit } from './repository.ts';

export interface FoundLine {
  readonly path: string;
  readonly line: number;
  readonly text: string;
  /** The lines right below it, as many as were asked for and there are. */
  readonly after: readonly string[];
}

/**
 * Lines of text files in a branch's commit that match an extended regular expression, each with the `below` lines under it. What is
 * not committed is not searched.
 */
export async function searchTracked(
  git: Git,
  input: { projectPath: string; branch: string; pattern: string; below?: number },
): Promise<Result<FoundLine[]>> {
  const opened = await openRepository(git, input.projectPath);
  if (!opened.ok) return opened;
  const commit = await resolveCommit(git, opened.value.place, `refs/heads/${input.branch}`);
  if (!commit.ok) return commit;
  const below = input.below ?? 0;
  // Exit code 1 says that nothing matched.
  const found = await git.run(
    opened.value.place,
    [
      'grep',
      '-n',
      '-z',
      '-I',
      '-E',
      '--no-color',
      '--full-name',
      `--after-context=${String(below)}`,
      '-e',
      input.pattern,
      commit.value,
    ],
    { accept: [0, 1] },
  );
  if (!found.ok) return found;
  const prefix = commit.value.length + 1;
  const lines = found.value
    .text()
    .split('\n')
    .flatMap((record) => {
      const [name, line, text] = record.split('\0');
      return name !== undefined && line !== undefined && text !== undefined
        ? [{ path: name.slice(prefix), line: Number(line), text }]
        : [];
    });
  // With -z git does not tell a match from a line below one, so the pattern is asked again; it must mean the same in both dialects.
  const matches = new RegExp(input.pattern, 'u');
  return ok(
    lines.flatMap((entry, index) => {
      if (below > 0 && !matches.test(entry.text)) return [];
      const after = lines
        .slice(index + 1, index + 1 + below)
        .filter((next, step) => next.path === entry.path && next.line === entry.line + step + 1)
        .map((next) => next.text);
      return [{ ...entry, after }];
    }),
  );
}

/** The commit a branch stands at. */
export async function branchHead(
  git: Git,
  input: { projectPath: string; branch: string },
): Promise<Result<string>> {
  const opened = await openRepository(git, input.projectPath);
  return opened.ok ? resolveCommit(git, opened.value.place, `refs/heads/${input.branch}`) : opened;
}
