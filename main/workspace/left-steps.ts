import { readFileSync, readdirSync } from 'node:fs';
import { createScope } from '../shared/scope.ts';
import type { Git } from './git.ts';
import { STEPS_VARIABLE } from './step-shell.ts';

const POLL_MS = 20;
const LONGEST_MS = 10_000;

/**
 * Waits until what the shells of killed hosts had begun is through: a git goes on when its host dies, and one that fills a worktree would
 * put files into the folder after it was removed. Where the system does not show processes it is taken to be through.
 */
export async function untilStepsEnd(git: Git): Promise<void> {
  const scope = createScope('left steps');
  const end = git.clock.monotonic() + LONGEST_MS;
  try {
    while (someLeft() && git.clock.monotonic() < end) await git.clock.sleep(scope, POLL_MS);
  } finally {
    await scope.close();
  }
}

function someLeft(): boolean {
  if (process.platform !== 'linux') return false;
  return readdirSync('/proc').some((pid) => {
    if (!/^\d+$/u.test(pid)) return false;
    const host = new RegExp(`(?:^|\\0)${STEPS_VARIABLE}=(\\d+)\\0`, 'u').exec(environmentOf(pid))?.[1];
    return host !== undefined && Number(host) !== process.pid && !isAlive(Number(host));
  });
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    // Gone while it was looked at, or another user's.
    return '';
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process lives, too.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
