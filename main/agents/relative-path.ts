import { isAbsolute, relative, sep } from 'node:path';

/** A path as the timeline shows it: below the worktree relative to it, elsewhere as it stands. */
export function shownPath(worktree: string, path: string): string {
  if (worktree === '' || !isAbsolute(path)) return path;
  const within = relative(worktree, path);
  return within === '' || within.startsWith(`..${sep}`) || within === '..' || isAbsolute(within)
    ? path
    : within;
}
