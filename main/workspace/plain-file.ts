import { lstat, readFile, rename, rm, writeFile } from 'node:fs/promises';

/**
 * Files of Homer's own lie where an agent can put a link or a pipe in their place. Read only when it is a plain file: opening a pipe
 * would wait for ever. `undefined` when it is missing or anything else.
 */
export async function readPlain(file: string): Promise<Buffer | undefined> {
  const found = await lstat(file).catch(orMissing);
  return found?.isFile() === true ? readFile(file).catch(orMissing) : undefined;
}

/** Puts a file in place whole, through no link that was planted there. */
export async function writePlain(file: string, content: string | Uint8Array): Promise<void> {
  const fresh = `${file}.new`;
  await rm(fresh, { recursive: true, force: true });
  await writeFile(fresh, content, { flag: 'wx' });
  if ((await lstat(file).catch(orMissing))?.isDirectory() === true)
    await rm(file, { recursive: true, force: true });
  await rename(fresh, file);
}

function orMissing(error: unknown): undefined {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
  throw error;
}
