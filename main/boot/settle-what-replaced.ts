import { listLeftChildren } from '../agents/process/left-children.ts';
import type { createSweepCommand } from '../agents/process/sweep-command.ts';
import { settleReplaced, type Settled } from '../runtime/settle-replaced.ts';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import { findReplacement, forgetReplacement, type Replacement } from '../store/replace-database.ts';
import type { Store } from '../store/store.ts';

export interface WhatReplaced extends Settled {
  readonly kind: Replacement['kind'];
  /** Why what was to be restored was not, where the former database was put back. */
  readonly why: string | null;
  /** Processes of agents of the former database that were still at work, and were ended. */
  readonly ended: number;
}

/**
 * At the first start after a restore or import: ends the agents that the former database had at work (each known by boot, pid and start
 * time, so no stranger is touched), then makes the new one safe to go on with. Cut off in between, the next start does it again.
 */
export async function settleWhatReplaced(at: {
  dataDir: string;
  spoolRoot: string;
  store: Store;
  sweep: ReturnType<typeof createSweepCommand>;
  clock: Clock;
  log: Log;
}): Promise<WhatReplaced | null> {
  const replacement = findReplacement(at.dataDir);
  if (!replacement) return null;
  let ended = 0;
  // One that was put back goes on with the agents it has.
  const left = replacement.kind === 'back' ? [] : await listLeftChildren(at.spoolRoot);
  for (const { identity, tag } of left) ended += await at.sweep(identity, tag);
  const settled = settleReplaced(at.store, replacement, at.clock);
  forgetReplacement(at.dataDir);
  at.log.warn('the database was replaced', { ...replacement, ...settled, ended });
  return { kind: replacement.kind, why: replacement.why, ...settled, ended };
}
