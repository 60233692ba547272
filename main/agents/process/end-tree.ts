import type { Clock } from '../../shared/clock.ts';
import type { Log } from '../../shared/log.ts';
import type { Scope } from '../../shared/scope.ts';
import type { ChildIdentity } from '../runner.ts';
import type { ProcessRow, ProcessTable } from './process-table.ts';

export interface EndTreeOptions {
  readonly table: ProcessTable;
  readonly clock: Clock;
  readonly scope: Scope;
  readonly log: Log;
  readonly identity: ChildIdentity;
  readonly tag: string;
  /** How long the tree may take to end politely. */
  readonly graceMs: number;
}

const STUCK_AFTER_MS = 5_000;

/**
 * Ends everything of a child: SIGTERM, a grace, SIGKILL, then whatever is still found, until nothing is. Resolves with how many
 * processes were there to end.
 *
 * A process is the child's when it (1) is the recorded child: same boot, pid and start time, or (2) carries the child's tag in
 * its environment, or (3) is in the group or session that one of those holds open (a number so held cannot be reused), or (4)
 * descends from any of these, or was seen to before its parents died. Nothing else is signalled: not a reused pid, not the
 * host's own group, not process 1. Every signal to a single process checks its start time first. Zombies are dead.
 */
export async function endTree(options: EndTreeOptions): Promise<number> {
  const { table, clock, scope, log, identity } = options;
  if (identity.bootId !== (await table.bootId())) return 0;
  const ownGroup = await table.ownGroup();
  const known = new Set<string>();

  const send = async (found: Family, signal: NodeJS.Signals): Promise<void> => {
    if (found.groupIsOurs && identity.group > 1 && identity.group !== ownGroup) {
      kill(-identity.group, signal, log);
    }
    for (const row of found.living) {
      if (found.groupIsOurs && row.group === identity.group) continue;
      if ((await table.find(row.pid))?.startTime === row.startTime) kill(row.pid, signal, log);
    }
  };
  const anyKnownAlive = async (rows: readonly ProcessRow[]): Promise<boolean> => {
    for (const row of rows) {
      const now = await table.find(row.pid);
      if (now?.startTime === row.startTime && !now.zombie) return true;
    }
    return false;
  };

  let found = await family(options, known);
  if (found.living.length === 0) return 0;
  await send(found, 'SIGTERM');
  await send(found, 'SIGCONT');
  const deadline = clock.monotonic() + options.graceMs;
  for (let pause = 5; clock.monotonic() < deadline && !scope.closed; pause = Math.min(100, pause * 2)) {
    await clock.sleep(scope, Math.min(pause, deadline - clock.monotonic()));
    if (await anyKnownAlive(found.living)) continue;
    const before = known.size;
    found = await family(options, known);
    if (found.living.length === 0) break;
    if (known.size > before) await send(found, 'SIGTERM');
  }

  const killedFrom = clock.monotonic();
  let told = false;
  // Two listings in a row must be empty: a process may slip through one of them between its fork and its exec.
  for (let empty = 0, pause = 5; empty < 2 && !scope.closed;) {
    found = await family(options, known);
    if (found.living.length === 0) {
      empty += 1;
      continue;
    }
    empty = 0;
    await send(found, 'SIGKILL');
    await clock.sleep(scope, pause);
    pause = Math.min(1_000, pause * 2);
    if (!told && clock.monotonic() - killedFrom > STUCK_AFTER_MS) {
      told = true;
      log.error('processes do not die', { tag: options.tag, pids: found.living.map((row) => row.pid) });
    }
  }
  return known.size;
}

interface Family {
  readonly living: readonly ProcessRow[];
  readonly groupIsOurs: boolean;
}

/** Looks for all that is the child's; adds what it finds to `known`. */
async function family(options: EndTreeOptions, known: Set<string>): Promise<Family> {
  const { table, identity, tag } = options;
  const rows = (await table.list()).filter((row) => row.pid > 1 && row.pid !== process.pid);
  const ours = new Map<number, ProcessRow>();
  for (const row of rows) {
    const isChild = row.pid === identity.pid && row.startTime === identity.startTime;
    if (isChild || known.has(keyOf(row)) || (!row.zombie && (await table.tagOf(row)) === tag)) {
      ours.set(row.pid, row);
    }
  }
  const holds = (row: ProcessRow): boolean => row.group === identity.group || row.session === identity.group;
  const groupIsOurs = [...ours.values()].some(holds);
  if (groupIsOurs) for (const row of rows) if (holds(row)) ours.set(row.pid, row);
  for (let grown = true; grown;) {
    grown = false;
    for (const row of rows) {
      if (ours.has(row.pid) || !ours.has(row.parent)) continue;
      ours.set(row.pid, row);
      grown = true;
    }
  }
  const living = [...ours.values()].filter((row) => !row.zombie);
  for (const row of living) known.add(keyOf(row));
  return { living, groupIsOurs };
}

function keyOf(row: ProcessRow): string {
  return `${String(row.pid)}:${row.startTime}`;
}

function kill(target: number, signal: NodeJS.Signals, log: Log): void {
  try {
    process.kill(target, signal);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // Ended on its own meanwhile.
    if (code === 'ESRCH') return;
    if (code !== 'EPERM') throw error;
    log.warn('a process may not be ended', { target, signal });
  }
}
