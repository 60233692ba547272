/**
 * For synchronous file calls where a missing file is an answer: `undefined` for it, a throw for anything else. A step looks at some two hundred
 * small files, most of which are not there: to wait for a promise for each took ten milliseconds of it, and many times that on a busy machine.
 */
export function unlessMissing<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
