import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** The absolute path of `program`, looked up in `path` as a shell would; undefined when nothing there can be executed. */
export function findProgram(program: string, path: string | undefined): string | undefined {
  if (isAbsolute(program)) return isExecutable(program) ? program : undefined;
  for (const folder of (path ?? '').split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    const candidate = join(folder, program);
    if (isExecutable(candidate)) return candidate;
  }
  return undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    // Missing, forbidden, or a dangling link: it cannot be executed, which is the answer.
    return false;
  }
}
