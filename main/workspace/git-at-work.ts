import { readFile, readdir, readlink } from 'node:fs/promises';
import { isWithin } from './repository.ts';
import type { Repository } from './repository.ts';
import { STEPS_VARIABLE } from './step-shell.ts';

/**
 * Whether a git that this process did not start may be at work in the repository: one that stands in its folders, was pointed there,
 * or cannot be looked at. Where the system shows no processes, nobody can tell, and the answer is no.
 */
export async function someGitAtWork(repository: Repository): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const folders = [repository.top, repository.gitDir, repository.commonDir];
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/u.test(pid)) continue;
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(gone);
    const fields = /^\d+ \((.*)\) (\S) (\d+) /su.exec(stat ?? '');
    if (!fields || !/^git\b/u.test(fields[1] ?? '') || fields[2] === 'Z') continue;
    if (Number(fields[3]) === process.pid) continue;
    const folder = await readlink(`/proc/${pid}/cwd`).catch(gone);
    const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(gone);
    if (folder === undefined || environment === undefined) {
      // Ended meanwhile, or of a user whose doings are hidden.
      if ((await readFile(`/proc/${pid}/stat`, 'latin1').catch(gone)) !== undefined) return true;
      continue;
    }
    // Started by a shell of this process.
    if (environment.includes(`${STEPS_VARIABLE}=${String(process.pid)}\0`)) continue;
    if (folders.some((it) => isWithin(it, folder) || environment.includes(`=${it}`))) return true;
  }
  return false;
}

/** It may end while it is looked at, or be another user's. */
function gone(): undefined {
  return undefined;
}
