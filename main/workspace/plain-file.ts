import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { unlessMissing } from './unless-missing.ts';

/** What is larger is not read in one go while everything else waits. */
const SMALL = 256 * 1024;

/**
 * Files of Homer's own lie where an agent can put a link or a pipe in their place. Read only when it is a plain file: opening a pipe
 * would wait for ever. `undefined` when it is missing or anything else.
 */
export async function readPlain(file: string): Promise<Buffer | undefined> {
  const found = unlessMissing(() => lstatSync(file, { throwIfNoEntry: false }));
  if (found?.isFile() !== true) return undefined;
  return found.size <= SMALL ? readNow(file) : readFile(file).catch(orMissing);
}

/** The same for a file that should be small, read at once whatever its size. */
export function readPlainNow(file: string): Buffer | undefined {
  const found = unlessMissing(() => lstatSync(file, { throwIfNoEntry: false }));
  return found?.isFile() === true ? readNow(file) : undefined;
}

/** The same, but also `undefined` when it is large. */
export function readIfSmall(file: string): Buffer | undefined {
  const found = unlessMissing(() => lstatSync(file, { throwIfNoEntry: false }));
  return found?.isFile() === true && found.size <= SMALL ? readNow(file) : undefined;
}

/** Also one that becomes a link or a pipe just now is not followed and not waited for. */
function readNow(file: string): Buffer | undefined {
  return usePlain(file, (opened) => readFileSync(opened));
}

/** Lends a plain file, open for reading; `undefined` as above. */
export function usePlain<T>(file: string, use: (opened: number) => T): T | undefined {
  const opened = unlessMissing(() => {
    try {
      return openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'ELOOP' || code === 'ENXIO') return undefined;
      throw error;
    }
  });
  if (opened === undefined) return undefined;
  try {
    return fstatSync(opened).isFile() ? use(opened) : undefined;
  } finally {
    closeSync(opened);
  }
}

/** Puts a file in place whole, through no link that was planted there. */
export function writePlain(file: string, content: string | Uint8Array): void {
  const fresh = `${file}.new`;
  rmSync(fresh, { recursive: true, force: true });
  writeFileSync(fresh, content, { flag: 'wx' });
  if (unlessMissing(() => lstatSync(file, { throwIfNoEntry: false }))?.isDirectory() === true)
    rmSync(file, { recursive: true, force: true });
  renameSync(fresh, file);
}

function orMissing(error: unknown): undefined {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
  throw error;
}
