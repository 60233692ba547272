import { realpathSync } from 'node:fs';
import type { Clock } from '../../shared/clock.ts';
import type { Log } from '../../shared/log.ts';
import type { Scope } from '../../shared/scope.ts';
import type { ChildIdentity } from '../runner.ts';
import { startedBefore, type ProcessRow, type ProcessTable } from './process-table.ts';

export interface TreeOptions {
  readonly table: ProcessTable;
  readonly clock: Clock;
  readonly scope: Scope;
  readonly log: Log;
  readonly identity: ChildIdentity;
  readonly tag: string;
  /** The folder that none but this child and its descendants write into, when it has one. */
  readonly spool?: string;
}

export interface Tree {
  /** Notes who belongs to it now: whoever then leaves the group, clears its tag and loses its parents is still known. */
  look(): Promise<void>;
  /** SIGTERM, `graceMs`, SIGKILL, then whatever is still found, until nothing is. Resolves with how many processes were there to end. */
  end(graceMs: number): Promise<number>;
}

const STUCK_AFTER_MS = 5_000;
/** Between two rounds of killing; a process that is told to die needs about that long. */
const ROUND_MS = { least: 2, most: 200 };
/** Looks that find nothing and can be trusted, or else looks that find nothing at all. */
const ENOUGH = { sure: 2, empty: 8 };

/**
 * Everything of a child, and how it is ended.
 *
 * A process is the child's when it (1) is the recorded child: same boot, pid and start time, or (2) carries the child's tag in
 * its environment, or (3) writes into the child's spool, or (4) is in the group or session that one of those holds open (a number so
 * held cannot be reused), or (5) descends from any of these, or was seen to before its parents died. Nothing else is signalled: not a
 * reused pid, not the host's own group, not process 1, and nothing that is older than the child. Every signal to a single process
 * checks its start time first. Zombies are dead.
 *
 * What is not found: a process that between two looks left group and session, cleared its environment, closed its output and
 * lost its parent.
 */
export function createEndTree(options: TreeOptions): Tree {
  const { table, clock, scope, log, identity, tag } = options;
  const known = new Set<string>();
  /** What the last look found to be older than the child: a number is not given again in the moment until the next. */
  let older: ReadonlySet<number> = new Set();
  const spool = options.spool === undefined ? undefined : realFolder(options.spool);

  const isOurs = async (row: ProcessRow): Promise<boolean> => {
    if (row.pid <= 1 || row.pid === process.pid || startedBefore(row, identity)) return false;
    if (known.has(keyOf(row)) || (row.pid === identity.pid && row.startTime === identity.startTime))
      return true;
    if (row.zombie) return false;
    if ((await table.tagOf(row)) === tag) return true;
    return spool !== undefined && (await table.writesInto(row, spool));
  };
  const holds = (row: ProcessRow): boolean => row.group === identity.group || row.session === identity.group;

  /** Looks for all that is the child's; adds what it finds to `known`. */
  const family = async (): Promise<Family> => {
    const listed = await table.list();
    older = new Set(listed.filter((row) => startedBefore(row, identity)).map(({ pid }) => pid));
    const rows = listed.filter((row) => row.pid > 1 && row.pid !== process.pid && !older.has(row.pid));
    const ours = new Map<number, ProcessRow>();
    for (const row of rows) if (await isOurs(row)) ours.set(row.pid, row);
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
  };
  const send = async (found: Family, signal: NodeJS.Signals, ownGroup: number): Promise<void> => {
    if (found.groupIsOurs && identity.group > 1 && identity.group !== ownGroup) {
      kill(-identity.group, signal, log);
    }
    for (const row of found.living) {
      if (found.groupIsOurs && row.group === identity.group) continue;
      if ((await table.find(row.pid))?.startTime === row.startTime) kill(row.pid, signal, log);
    }
  };
  const anyAlive = async (rows: readonly ProcessRow[]): Promise<boolean> => {
    for (const row of rows) {
      const now = await table.find(row.pid);
      if (now?.startTime === row.startTime && !now.zombie) return true;
    }
    return false;
  };
  /** Ends each the moment it is found: a chain of processes that each make the next and go is too quick for a list. */
  const chase = async (): Promise<boolean> => {
    let any = false;
    for (const row of table.newestFirst?.(older) ?? []) {
      if (row.zombie || !(await isOurs(row))) continue;
      kill(row.pid, 'SIGKILL', log);
      known.add(keyOf(row));
      any = true;
    }
    return any;
  };

  /** From now on: whether the system made no process, as far as it tells. */
  const watch = (): (() => boolean) => {
    const before = table.lastGiven?.();
    return () => before !== undefined && before === table.lastGiven?.();
  };

  return {
    async look() {
      if (identity.bootId === (await table.bootId())) await family();
    },
    async end(graceMs) {
      if (identity.bootId !== (await table.bootId())) return 0;
      const ownGroup = await table.ownGroup();
      let still = watch();
      let found = await family();
      if (found.living.length === 0 && (still() || !(await chase()))) return 0;
      const before = known.size - found.living.length;
      await send(found, 'SIGTERM', ownGroup);
      await send(found, 'SIGCONT', ownGroup);
      const deadline = clock.monotonic() + graceMs;
      for (let pause = 5; clock.monotonic() < deadline && !scope.closed; pause = Math.min(100, pause * 2)) {
        await clock.sleep(scope, Math.min(pause, deadline - clock.monotonic()));
        if (await anyAlive(found.living)) continue;
        const size = known.size;
        found = await family();
        if (found.living.length === 0) break;
        if (known.size > size) await send(found, 'SIGTERM', ownGroup);
      }

      const killedFrom = clock.monotonic();
      let told = false;
      let pause = ROUND_MS.least;
      let size = known.size;
      // Looks in a row must find nothing, with time between them: a process that is becoming another program shows no tag for a moment, and
      // one that is made during a look is not in it. A look during which none was made anywhere is sure of the second.
      for (
        let sure = 0, empty = 0, round = 0;
        sure < ENOUGH.sure && empty < ENOUGH.empty && !scope.closed;
        round += 1
      ) {
        still = watch();
        found = await family();
        if (found.living.length === 0 && !(await chase())) {
          empty += 1;
          if (still()) sure += 1;
          await clock.sleep(scope, Math.min(5, empty) * ROUND_MS.least);
          continue;
        }
        sure = 0;
        empty = 0;
        await send(found, 'SIGKILL', ownGroup);
        if (round > 0) await chase();
        // What goes on making others is given no time for it; what only takes long to die is.
        pause = known.size > size ? ROUND_MS.least : Math.min(ROUND_MS.most, pause * 2);
        size = known.size;
        await clock.sleep(scope, pause);
        if (!told && clock.monotonic() - killedFrom > STUCK_AFTER_MS) {
          told = true;
          log.error('processes do not die', { tag, pids: found.living.map((row) => row.pid) });
        }
      }
      return known.size - before;
    },
  };
}

/** Ends all of a child at once, for one whose life was not followed. */
export function endTree(options: TreeOptions & { readonly graceMs: number }): Promise<number> {
  return createEndTree(options).end(options.graceMs);
}

interface Family {
  readonly living: readonly ProcessRow[];
  readonly groupIsOurs: boolean;
}

function keyOf(row: ProcessRow): string {
  return `${String(row.pid)}:${row.startTime}`;
}

/** As the kernel names it in what is open. */
function realFolder(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch (error) {
    // Without its spool nothing can be writing into it by that name.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
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
