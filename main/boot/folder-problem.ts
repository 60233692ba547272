import { accessSync, constants, statSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { messageOf } from '../shared/result.ts';

/** Why a folder cannot be worked with; null when it can. */
export function folderProblem(path: string): string | null {
  if (!isAbsolute(path)) return `${path} is not an absolute path.`;
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return `${path} is not there.`;
  if (!stat.isDirectory()) return `${path} is not a folder.`;
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return null;
  } catch (error) {
    return messageOf(error);
  }
}
