import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';

/** Looking at files that may not be there or may not be read: either way there is nothing to see, which is the answer. */

/** The first characters of a file; empty when it cannot be read. */
export function headOf(path: string, bytes = 4_096): string {
  try {
    const file = openSync(path, 'r');
    try {
      const buffer = Buffer.alloc(bytes);
      return buffer.toString('utf8', 0, readSync(file, buffer, 0, bytes, 0));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error) return '';
    throw error;
  }
}

export function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}

export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return [];
    throw error;
  }
}
