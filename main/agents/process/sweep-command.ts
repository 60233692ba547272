import type { Clock } from '../../shared/clock.ts';
import type { Log } from '../../shared/log.ts';
import type { Scope } from '../../shared/scope.ts';
import type { ChildIdentity } from '../runner.ts';
import { endTree } from './end-tree.ts';
import { createProcessTable } from './create-process-table.ts';

const GRACE_MS = 500;

/** Ends whatever is still alive of a command that a former host started; resolves with how many processes that were. */
export function createSweepCommand(options: {
  readonly clock: Clock;
  readonly log: Log;
  readonly scope: Scope;
  readonly platform?: NodeJS.Platform;
}): (identity: ChildIdentity, tag: string) => Promise<number> {
  const { clock, log, scope } = options;
  const table = createProcessTable(options.platform);
  return async (identity, tag) =>
    table.ok ? endTree({ table: table.value, clock, scope, log, identity, tag, graceMs: GRACE_MS }) : 0;
}
