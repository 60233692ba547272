import type { Write } from './database.ts';
import { text } from './row.ts';
import { requestOfRun } from './run-request-store.ts';
import { transitionRun } from './transition-run.ts';

/** Asks every working run to pause because everything does; what the owner asked of one by hand stands. */
export function holdWorkingRuns(write: Write, actor: string): void {
  for (const id of select(write, `status IN ('running', 'validating') AND requested = ''`))
    requestOfRun(write, id, 'pause', actor, true);
}

/** Undoes `holdWorkingRuns`: what it paused is queued again, what had not paused yet goes on; what was paused by hand stays so. */
export function releaseHeldRuns(write: Write, actor: string): void {
  for (const id of select(write, `status = 'paused' AND by_hold = 1`))
    transitionRun(write, id, 'resume', actor);
  for (const id of select(
    write,
    `status IN ('running', 'validating') AND requested = 'pause' AND by_hold = 1`,
  ))
    requestOfRun(write, id, '', actor);
}

function select(write: Write, where: string): string[] {
  return write
    .prepare(`SELECT id FROM run WHERE ${where} ORDER BY number`)
    .all()
    .map((row) => text(row, 'id'));
}
