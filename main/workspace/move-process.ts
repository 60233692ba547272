import { readFile, readdir } from 'node:fs/promises';
import { MOVE_VARIABLE } from './move-journal.ts';

/** Whether a git of this move still runs, by its environment. Where the system does not show that, it is taken to have ended. */
export async function isAlive(id: string): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const mark = `${MOVE_VARIABLE}=${id}`;
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/u.test(pid) || Number(pid) === process.pid) continue;
    // Gone while it was looked at, or another user's.
    const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
    if (environment.includes(mark)) return true;
  }
  return false;
}
