import type { NewRunEvent } from '../domain/run/run-event.ts';
import type { RateWindow } from '../domain/account/rate-window.ts';
import type { RiskProfile } from '../domain/risk/gate.ts';
import type { PathPolicy } from '../domain/risk/path-policy.ts';
import type { JsonObject } from '../domain/primitives.ts';
import type { Budget } from '../domain/run/budget.ts';
import type { SessionFigures } from '../domain/run/session-figures.ts';
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
  /** The command that tells whether the work is good, for an agent that runs nothing else; null: there is none. */
  readonly testCommand: string | null;
  readonly model: string | null;
  /** Absolute path of the worktree, the child's working folder. */
  readonly worktree: string;
  readonly projectPath: string;
  readonly baseCommit: string;
  readonly prompt: string;
  /** Session of the agent to go on with, as its own program names it. */
  readonly sessionId: string | null;
  /** What that session's program told last of all it has used, where it counts from the beginning of the session. */
  readonly reported: SessionFigures | null;
  readonly policy: PathPolicy;
  /** What the agent may do without asking: each program has its own permission modes and sandboxes for it. */
  readonly riskProfile: RiskProfile;
  readonly budget: Budget;
  /** Cost that is left of the budget, for programs that can hold themselves to it; null: no limit. */
  readonly costLeftMicroUsd: number | null;
  /** Calls of the model this turn may take; null: no limit. A turn that reaches it goes on in the next step. */
  readonly turnLimit: number | null;
  /** Who pays; null: whoever the program is signed in as. */
  readonly account: AccountGrant | null;
  /** Present: the agent only reads, changes nothing and runs nothing, and ends with one JSON object of this schema. */
  readonly reading?: ReadingOrder;
  /** Homer's own MCP server for this run; null: none. */
  readonly mcp: McpGrant | null;
  /** Milliseconds this turn may take. */
  readonly timeLimitMs: number;
  /** The owner wants to see more: the child finds HOMER_VERBOSE=1. */
  readonly verbose: boolean;
}

/**
 * An account for one turn. The values of `env` are secrets: they reach the child's environment and nothing else, neither its command line nor
 * an event, a log or a file that outlives the turn.
 */
export interface AccountGrant {
  readonly id: string;
  readonly label: string;
  readonly env: Readonly<Record<string, string>>;
  /** The program's own folder for this account, with its sign-in and sessions; null: its usual one. */
  readonly home: string | null;
  /** Where its models are, for an executor that takes an address; null: as the settings say. No secret. */
  readonly baseUrl?: string | null;
}

export interface ReadingOrder {
  /** Handed to a program that takes one; the prompt tells it to all. */
  readonly schema: JsonObject;
}

/** What an agent program starts to have the tools of Homer; it finds the token in `HOMER_MCP_TOKEN`. */
export interface McpGrant {
  readonly program: string;
  readonly args: readonly string[];
  /** Where that program reaches the host, for an agent that can do so itself. */
  readonly socket: string;
  /** Secret, of this turn alone. */
  readonly token: string;
  /** What is kept of it. */
  readonly digest: string;
}

/** How long a program lets a tool of Homer take, in milliseconds: its owner may be asleep. */
export const MCP_WAIT_MS = 7 * 86_400_000;

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
  /** Folder of this turn's spool: `stdout`, `stderr`, `prompt`, `child.json`, `ending.json`, and `private` while the child lives. */
  readonly spool: string;
  readonly executor: string;
  /** Wall time the turn must end by, ms since 1970. */
  readonly deadline: number;
}

export type TurnClass =
  | 'ok'
  | 'rate_limited'
  /** Not signed in, or its key was refused. */
  | 'auth'
  | 'refused'
  /** The model could not be reached, after what retries the program makes itself. */
  | 'network'
  /** The conversation has outgrown the model. */
  | 'context_overflow'
  /** The session to go on with is not known to the program. */
  | 'session_unknown'
  /** Ended by a limit of the program's own: on calls of the model, or on cost. */
  | 'turn_limit'
  /** Ended as if all were well, and told no result. */
  | 'no_result'
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

/** What one turn used: of this turn alone, also where its program counts from the beginning of a session. */
export interface TurnUsage {
  /** Input that was not read from a cache. */
  readonly tokensIn: number;
  /** Output, reasoning included. */
  readonly tokensOut: number;
  /** Input that was read from a cache; no part of `tokensIn`. */
  readonly tokensCached: number;
  /** Of `tokensIn`, what was written to a cache. */
  readonly tokensCacheWrite: number;
  /** Of `tokensOut`, what was reasoning. */
  readonly tokensReasoning: number;
  /** As the program tells; null when it does not, which is not the same as nothing. */
  readonly costMicroUsd: number | null;
}

export interface TurnEnding extends TurnUsage {
  readonly class: TurnClass;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly taskState: TaskState;
  /** The question, when blocked; else the last message. At most 64 KiB. */
  readonly message: string;
  readonly sessionId: string | null;
  readonly durationMs: number;
  /** The model that worked, as the program names it. */
  readonly model: string | null;
  /** When a rate limit ends, ISO; null when that was not told. */
  readonly resetsAt: string | null;
  /** What was told of the account's windows, the latest of each. */
  readonly windows: readonly RateWindow[];
  /** To be given to the next turn of the session; null where the program counts each turn by itself. */
  readonly reported: SessionFigures | null;
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
  /** While held, the agent waits for its owner: neither its time limit nor its silence counts. */
  hold(waiting: boolean): void;
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
