import type { ChildIdentity } from '../runner.ts';

export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** Kernel's start time as text; with the pid it names one process of this boot. */
  readonly startTime: string;
  /** Dead, and only kept until its parent asks for its status. */
  readonly zombie: boolean;
}

/** What the system knows of its processes. */
export interface ProcessTable {
  bootId(): Promise<string>;
  /** The group this host runs in; it is never signalled. */
  ownGroup(): Promise<number>;
  find(pid: number): Promise<ProcessRow | undefined>;
  /** All processes as they stand at some time after the call. */
  list(): Promise<readonly ProcessRow[]>;
  /** HOMER_TAG of a process's environment; undefined without one, or when it is another user's. */
  tagOf(row: ProcessRow): Promise<string | undefined>;
  /** Whether a process has a file of `folder` open for writing; false where the system does not say. */
  writesInto(row: ProcessRow, folder: string): Promise<boolean>;
  /**
   * As `list`, newest first and read while it is walked, so that a process can be ended before it makes the next; where there is such a
   * thing. Those of these numbers are left out.
   */
  readonly newestFirst?: (except: ReadonlySet<number>) => Iterable<ProcessRow>;
  /** The number given out last, where it is told: while it does not move, no process is made. */
  readonly lastGiven?: () => number;
}

/** Whether a process is known to have been started before another: it is then no descendant of it. */
export function startedBefore(row: ProcessRow, other: { readonly startTime: string }): boolean {
  // Text on some systems, which compares to nothing.
  return Number(row.startTime) < Number(other.startTime);
}

/** Who `pid` is now; undefined when it is gone. */
export async function identify(table: ProcessTable, pid: number): Promise<ChildIdentity | undefined> {
  const row = await table.find(pid);
  if (!row) return undefined;
  return { pid, group: row.group, startTime: row.startTime, bootId: await table.bootId() };
}

/** Whether the very process of `identity` still runs: same boot, same pid, same start, no zombie. */
export async function isAlive(table: ProcessTable, identity: ChildIdentity): Promise<boolean> {
  if (identity.bootId !== (await table.bootId())) return false;
  const row = await table.find(identity.pid);
  return row?.startTime === identity.startTime && !row.zombie;
}
