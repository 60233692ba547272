import { fail, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { Git } from './git.ts';
import { openRepository } from './repository.ts';

const FILE_BYTES = 16 * 1024 * 1024;

/** Lines `from` to `to` of a file as a commit has it, counted from 1, and how many there are in all. */
export async function readLines(
  git: Git,
  input: { projectPath: string; commit: string; path: string; from: number; to: number },
): Promise<Result<{ lines: string[]; total: number }>> {
  const opened = await openRepository(git, input.projectPath);
  if (!opened.ok) return opened;
  const { commit, path, from, to } = input;
  const read = await git.run(opened.value.place, ['cat-file', 'blob', `${commit}:${path}`], {
    accept: [0, 128],
    maxBytes: FILE_BYTES,
  });
  if (!read.ok) return read;
  if (read.value.exitCode !== 0)
    return fail('not_found', `The result holds no file ${path}.`, { hint: 'Look at the changes again.' });
  const lines = new TextDecoder().decode(read.value.bytes).split('\n');
  if (lines.at(-1) === '') lines.pop();
  return ok({
    lines: lines.slice(from - 1, to).map((line) => line.replace(/\r$/u, '')),
    total: lines.length,
  });
}
