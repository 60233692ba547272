import type { NewRunEvent } from '../domain/run/run-event.ts';
import type { PathPolicy } from '../domain/risk/path-policy.ts';
import type { Budget } from '../domain/run/budget.ts';
import type { Result } from '../shared/result.ts';

/**
 * The port through which every agent turn starts. An order holds all a worker needs, so that a runner on another machine
 * could take it; the local runner is `process/`. One order is one turn of one step.
 */
export interface RunOrder {
  readonly runId: string;
  readonly step: number;
  readonly attempt: number;
  /** Stable through retries of one attempt, so that agents and forges recognise a repeat. */
  readonly runKey: string;
  readonly executor: string;
  /** Command line of the `shell` executor; null for others. */
  readonly shellCommand: string | null;
  readonly model: string | null;
  /** Absolute path of the worktree, the child's working folder. */
  readonly worktree: string;
  readonly projectPath: string;
  readonly baseCommit: string;
  readonly prompt: string;
  /** Session of the agent to go on with, as its own program names it. */
  readonly sessionId: string | null;
  readonly policy: PathPolicy;
  readonly budget: Budget;
  /** Milliseconds this turn may take. */
  readonly timeLimitMs: number;
  /** The owner wants to see more: the child finds HOMER_VERBOSE=1. */
  readonly verbose: boolean;
}

/** Who a child is: never its pid alone. */
export interface ChildIdentity {
  readonly pid: number;
  /** Process group; the ladder ends the group, not the pid. */
  readonly group: number;
  /** Start time as the kernel tells it, in its own units, as text. */
  readonly startTime: string;
  readonly bootId: string;
}

/** A child as it stands in the store, enough to adopt it after a crash of the host. */
export interface ChildRecord {
  readonly runId: string;
  readonly step: number;
  readonly attempt: number;
  readonly identity: ChildIdentity;
  /** Folder of this turn's spool: `stdout`, `stderr`, `prompt`, `ending.json`. */
  readonly spool: string;
  readonly executor: string;
  /** Wall time the turn must end by, ms since 1970. */
  readonly deadline: number;
}

export type TurnClass =
  | 'ok'
  | 'rate_limited'
  | 'auth'
  | 'refused'
  | 'crashed'
  | 'cancelled'
  | 'timed_out'
  /** Printed nothing for longer than it may. */
  | 'no_output'
  /** Printed more than may stand on the disk. */
  | 'flooded'
  /** Gone without a result, such as after a power cut. */
  | 'lost';

/** What the agent said of the work by its `TASK_STATE:` line; `none` when it said nothing. */
export type TaskState = 'done' | 'continue' | 'blocked' | 'none';

export interface TurnEnding {
  readonly class: TurnClass;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly taskState: TaskState;
  /** The question, when blocked; else the last message. At most 64 KiB. */
  readonly message: string;
  readonly sessionId: string | null;
  readonly durationMs: number;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly tokensCached: number;
  readonly costMicroUsd: number;
}

export interface TurnCallbacks {
  /** Called before the child passes its gate; what it does must be on disk when it returns, or throw to keep the child from starting. */
  recordChild(record: ChildRecord): void;
  /** Events in order, in batches read from the spool, with the offset to store in the same transaction. */
  events(events: readonly NewRunEvent[], offsets: SpoolOffsets): void;
  /** Called when the child has printed nothing for `ms`, and with null when it prints again. It may be told the same twice. */
  quiet?(ms: number | null): void;
}

/** How far each stream of the spool has been read, in bytes. */
export interface SpoolOffsets {
  readonly stdout: number;
  readonly stderr: number;
}

export interface Turn {
  readonly record: ChildRecord;
  readonly ended: Promise<TurnEnding>;
  /** Ends the whole tree: politely, then for good. Resolves when nothing of it is alive. */
  end(reason: 'cancelled' | 'timed_out'): Promise<void>;
  /** Lets go without touching the child, for a host that quits while work goes on. */
  detach(): void;
}

export interface Runner {
  start(order: RunOrder, callbacks: TurnCallbacks): Promise<Result<Turn>>;
  /** Takes up a child that a former host started: one that lives, or the ending it left. `child_gone` when neither is there. */
  adopt(record: ChildRecord, offsets: SpoolOffsets, callbacks: TurnCallbacks): Promise<Result<Turn>>;
  /** Ends whatever of a recorded child or its tagged descendants is still alive. Resolves with how many were ended. */
  sweep(record: ChildRecord): Promise<number>;
}
