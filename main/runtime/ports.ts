import type { AccountGrant, McpGrant, TurnEnding } from '../agents/runner.ts';
import type { Unfree } from '../domain/account/choose.ts';
import type { ApplyStrategy } from '../domain/run/apply-strategy.ts';
import type { LeftOut } from '../domain/run/left-out.ts';
import type { PathPolicy } from '../domain/risk/path-policy.ts';
import type { JsonObject } from '../domain/primitives.ts';
import type { Result } from '../shared/result.ts';
import type { Write } from '../store/database.ts';
import type { Archive } from '../workspace/archives.ts';
import type { Verdict } from '../workspace/judge-changes.ts';
import type { ListedWorktree } from '../workspace/list-worktrees.ts';

/** A run, or one stage of it that works in a place of its own; the empty stage is the run itself. */
export interface StageRef {
  readonly runId: string;
  readonly stage: string;
}

/** A run's own folder and branch, or those of one of its stages. */
export interface RunPlace extends StageRef {
  /** Name of the folder below `.workspace/tasks`. */
  readonly folder: string;
  readonly projectPath: string;
  readonly worktree: string;
  readonly branch: string;
  readonly baseCommit: string;
}

export interface ChangeStat {
  readonly path: string;
  readonly change: 'added' | 'modified' | 'deleted' | 'renamed';
  readonly additions: number;
  readonly deletions: number;
}

/** What the loop needs of git. The workspace room does it; boot joins the two. */
export interface RunWorkspace {
  /** Creates the worktree of a run, from `base` or the tip of the project's branch, or finds the one it has. */
  create(run: {
    id: string;
    number: number;
    name: string;
    projectPath: string;
    defaultBranch: string;
    base?: string;
  }): Promise<Result<RunPlace>>;
  /** Creates the worktree of a stage from `base`, anew when there is one. */
  createStage(of: {
    runId: string;
    number: number;
    name: string;
    projectPath: string;
    stage: string;
    position: number;
    base: string;
  }): Promise<Result<RunPlace>>;
  /** The place of a stage whose worktree was created before. */
  stagePlace(of: {
    runId: string;
    projectPath: string;
    stage: string;
    position: number;
    worktree: string;
    branch: string;
    baseCommit: string;
  }): RunPlace;
  /** Joins two commits as an object; names the files that do not fit, unless it is said whose are taken. */
  join(of: {
    projectPath: string;
    ours: string;
    theirs: string;
    message: string;
    at: string;
    take: 'ours' | 'theirs' | null;
  }): Promise<Result<{ commit: string | null; conflicts: readonly string[] }>>;
  /** Makes a worktree where nobody works hold a commit, its branch too. */
  advance(place: RunPlace, commit: string): Promise<Result<void>>;
  /** Where the worktree stands now, so that `judge` can tell what changed since; JSON, kept in the store. */
  mark(place: RunPlace, commit: string): Promise<Result<JsonObject>>;
  /** Everything that changed since the mark, judged on disk. */
  judge(place: RunPlace, mark: JsonObject, policy: PathPolicy): Promise<Result<Verdict>>;
  /** Commits what the verdict names on top of `parent`; the same commit when nothing changed. Tells what differs from it and from the base. */
  checkpoint(
    place: RunPlace,
    at: { parent: string; message: string; verdict: Verdict },
  ): Promise<Result<{ commit: string; changed: readonly ChangeStat[]; total: readonly ChangeStat[] }>>;
  /** What differs between two commits. */
  stat(place: RunPlace, from: string, to: string): Promise<Result<ChangeStat[]>>;
  /** Brings `head` into the project's branch; nothing is touched when it does not fit, or when `check` of the result refuses. */
  apply(request: {
    projectPath: string;
    defaultBranch: string;
    runId: string;
    number: number;
    title: string;
    baseCommit: string;
    head: string;
    strategy: ApplyStrategy;
    policy: PathPolicy;
    leftOut?: LeftOut;
    check?: (folder: string) => Promise<Result<null>>;
  }): Promise<Result<{ commit: string; target: string }>>;
  /** Undoes an apply by a commit on the branch as it is now; nothing is touched when later work builds on it. */
  rollBack(request: {
    projectPath: string;
    defaultBranch: string;
    runId: string;
    number: number;
    title: string;
    baseCommit: string;
  }): Promise<Result<{ commit: string; target: string }>>;
  /** Ids of runs with a worktree in a project, their stages' too, by its folders alone; none when the project is gone. */
  standing(projectPath: string): Promise<string[]>;
  /** All that stands among a project's worktrees, measured. */
  worktrees(projectPath: string): Promise<Result<ListedWorktree[]>>;
  /** Removes a worktree that no known run stands behind; its branch stays. Refuses what Homer did not make. */
  removeLeftover(request: { projectPath: string; runId: string }): Promise<Result<{ archived: boolean }>>;
  /** Finishes or undoes moves of branches that a killed host left half done. */
  settle(projectPath: string): Promise<Result<number>>;
  /** Lets go of the commits kept for runs; gives how many runs had some. */
  forgetCommits(projectPath: string, runIds: readonly string[]): Promise<Result<number>>;
  archives(): Promise<Archive[]>;
  dropArchive(runId: string): Promise<void>;
  restoreArchive(request: {
    projectPath: string;
    runId: string;
    branch: string;
  }): Promise<Result<{ branch: string; commit: string }>>;
  /** Bytes free on the disk of a project; null when that cannot be told. */
  freeBytes(projectPath: string): Promise<number | null>;
  /** Removes a run's worktrees and branches, its stages' too, keeping commits reachable and uncommitted work in the archive. */
  remove(request: { projectPath: string; runId: string; head: string | null }): Promise<Result<void>>;
}

/** Whose turn an account is for. */
export interface TurnRef extends StageRef {
  readonly executor: string;
  readonly model: string | null;
}

/** What a turn gets to start with. */
export type Granted =
  | {
      /** Null: whoever the program is signed in as. */
      readonly account: AccountGrant | null;
      /** `new`: the agent's session lies where this account does not see it. */
      readonly session: 'same' | 'new';
      readonly waits: null;
    }
  /** No account is free, or the day's money is spent: the run goes back to the queue. */
  | { readonly waits: Unfree; readonly notBefore: string | null };
/** The way by which agents at work speak to Homer. */
export interface AgentDoor {
  /** What an agent program needs to come in, for a turn that is about to start; null: it cannot. Followed by `release`. */
  grant(turn: StageRef & { readonly executor: string }): Promise<McpGrant | null>;
  /** The turn of a grant has started, or will not. */
  release(): void;
  /** Opens the door when an agent at work has a token, and closes it when none has. */
  attend(): void;
}

/** Who pays for turns, and what becomes of them when one ends. */
export interface Accounts {
  /** The account for a turn that is about to start. A failure keeps the turn from starting, and fails its run. */
  grant(turn: TurnRef & { readonly sessionId: string | null }): Promise<Result<Granted>>;
  /**
   * Counts what a turn used, and lets its account cool down or go, in the transaction that keeps how it ended. `again`: the step is to be taken
   * again with another account. `costMicroUsd`: what the turn cost, as far as that is money and known.
   */
  ended(
    write: Write,
    turn: EndedTurn,
    ending: TurnEnding,
  ): { readonly then: 'again' | 'over'; readonly costMicroUsd: number };
}

export interface EndedTurn extends StageRef {
  readonly step: number;
  readonly attempt: number;
  readonly executor: string;
  readonly model: string | null;
}

export interface CommandOutcome {
  /** Null when a signal or the time limit ended it. */
  readonly exitCode: number | null;
  readonly timedOut: boolean;
  readonly durationMs: number;
  /** Its last 64 KiB, both streams, redacted. */
  readonly output: string;
}

/** Runs a command of the owner's (tests, setup, planner) by `/bin/sh -c`, with its whole tree ended at the limit or on abort. */
export type RunCommand = (request: {
  readonly command: string;
  readonly cwd: string;
  readonly timeoutMs: number;
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Given on standard input; absent: none. */
  readonly input?: string;
  /** Called once it runs: `read` gives the end of its output so far. */
  readonly onRunning?: (read: () => string) => void;
}) => Promise<Result<CommandOutcome>>;

/** The folders of raw output, one for each run. Sizes in bytes. */
export interface OutputFolders {
  /** Runs with a folder that nothing was written to since `before` (ISO). */
  list(before: string): Promise<string[]>;
  size(runId: string): Promise<number>;
  /** Deletes a run's folder and gives how many bytes that freed. */
  remove(runId: string): Promise<number>;
}
