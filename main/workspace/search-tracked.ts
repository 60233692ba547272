import { ok, type Result } from '../shared/result.ts';
import type { Git } from './git.ts';
import { openRepository, resolveCommit } from './repository.ts';

export interface FoundLine {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

/** Lines of text files in a branch's commit that match an extended regular expression. What is not committed is not searched. */
export async function searchTracked(
  git: Git,
  input: { projectPath: string; branch: string; pattern: string },
): Promise<Result<FoundLine[]>> {
  const opened = await openRepository(git, input.projectPath);
  if (!opened.ok) return opened;
  const commit = await resolveCommit(git, opened.value.place, `refs/heads/${input.branch}`);
  if (!commit.ok) return commit;
  // Exit code 1 says that nothing matched.
  const found = await git.run(
    opened.value.place,
    ['grep', '-n', '-z', '-I', '-E', '--no-color', '--full-name', '-e', input.pattern, commit.value],
    { accept: [0, 1] },
  );
  if (!found.ok) return found;
  const prefix = commit.value.length + 1;
  return ok(
    found.value
      .text()
      .split('\n')
      .flatMap((record) => {
        const [name, line, text] = record.split('\0');
        return name !== undefined && line !== undefined && text !== undefined
          ? [{ path: name.slice(prefix), line: Number(line), text }]
          : [];
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
