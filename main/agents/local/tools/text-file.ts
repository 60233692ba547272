import { constants } from 'node:fs';
import { chmod, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail, ok, type Result } from '../../../shared/result.ts';

const MOST_BYTES = 5 * 1024 * 1024;

export interface TextFile {
  readonly text: string;
  readonly mode: number;
}

/** A text of the worktree by its real path; a last link that was put there meanwhile is not followed. */
export async function readTextFile(real: string, shown: string): Promise<Result<TextFile>> {
  const file = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const stat = await file.stat();
    if (!stat.isFile()) return fail('not_a_file', `${shown} is not a file.`);
    if (stat.size > MOST_BYTES)
      return fail('too_large', `${shown} is too large to be read: ${String(stat.size)} bytes.`);
    const bytes = await file.readFile();
    if (bytes.subarray(0, 8_192).includes(0)) return fail('not_text', `${shown} is not a text file.`);
    return ok({ text: bytes.toString('utf8'), mode: stat.mode & 0o777 });
  } finally {
    await file.close();
  }
}

/** Puts a text in place whole, so that nobody reads half of it and no other name of the file changes with it. */
export async function writeTextFile(real: string, text: string, mode: number): Promise<void> {
  await mkdir(dirname(real), { recursive: true });
  const beside = join(dirname(real), `.homer-${String(process.pid)}.tmp`);
  try {
    const file = await open(beside, 'wx', mode);
    try {
      await file.writeFile(text);
    } finally {
      await file.close();
    }
    await chmod(beside, mode);
    await rename(beside, real);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
