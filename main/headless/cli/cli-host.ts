import type { Result } from '../../shared/result.ts';
import type { Connection } from '../client/connection.ts';

/** What a database holds, in a few figures. */
interface Holdings {
  readonly proposals: number;
  readonly runs: number;
  readonly decisions: number;
  readonly newest: { readonly seq: number; readonly at: string } | null;
}

export interface RestorePlan {
  readonly from: string;
  /** When the backup was made, ISO; null: not known. */
  readonly madeAt: string | null;
  readonly backup: Holdings;
  /** Null: there is no database now, or it cannot be read. */
  readonly present: Holdings | null;
  readonly refused: readonly { readonly path: string; readonly fault: string }[];
}

export interface RestoreReport extends RestorePlan {
  /** Path of the database that was set aside; null: there was none. */
  readonly setAside: string | null;
  readonly paused: number;
  readonly rescheduled: number;
  readonly plansEnded: number;
  /** Processes of agents that were still at work, and were ended. */
  readonly ended: number;
  readonly durationMs: number;
}

export interface ServeRequest {
  readonly dataDir: string | undefined;
  readonly port: number | undefined;
  readonly host: string | undefined;
  readonly allowRemote: boolean;
  readonly allowedHosts: readonly string[];
  readonly openBrowser: boolean;
  readonly signal: AbortSignal;
  /** Called once it listens; `url` carries a one-time token. */
  readonly announce: (info: {
    url: string;
    port: number;
    dataDir: string;
    /** Why Homer came up in safe mode, as a sentence; null: it did not. */
    damaged: string | null;
  }) => void;
}

/** What the command line cannot do by itself and boot hands in. */
export interface CliHost {
  /** The running instance, else, unless `existing`, a runtime of this process under the instance lock. */
  readonly connect: (options: {
    dataDir: string | undefined;
    existing: boolean;
  }) => Promise<Result<Connection>>;
  /** Runs the headless host until it is told to stop. */
  readonly serve: (request: ServeRequest) => Promise<Result<void>>;
  readonly demo: (request: {
    dataDir: string | undefined;
    signal: AbortSignal;
    progress: (line: string) => void;
  }) => Promise<Result<{ passed: boolean; report: unknown; summary: string }>>;
  /** Lines of the log file from its end, oldest first; with `follow` each new one as it comes, until the signal. */
  readonly readLog: (options: {
    dataDir: string | undefined;
    lines: number;
    follow: boolean;
    signal: AbortSignal;
    line: (line: string) => void;
  }) => Promise<Result<void>>;
  /** Goes back to a backup. `confirm` is told what would be lost, and throws to call it off. */
  readonly restore: (request: {
    dataDir: string | undefined;
    /** Null: the newest good one. */
    chosen: string | null;
    confirm: (plan: RestorePlan) => Promise<void>;
  }) => Promise<Result<RestoreReport>>;
  /** Writes every row as JSON lines to a file, or to standard output when `file` is null. */
  readonly exportData: (request: {
    dataDir: string | undefined;
    file: string | null;
  }) => Promise<Result<{ path: string | null; schema: number; rows: Readonly<Record<string, number>> }>>;
  /** Makes the database of an empty data folder from an export. */
  readonly importData: (request: {
    dataDir: string | undefined;
    file: string;
  }) => Promise<Result<{ schema: number; rows: Readonly<Record<string, number>> }>>;
  readonly apiToken: (options: { dataDir: string | undefined; renew: boolean }) => Result<string>;
  readonly openBrowser: (url: string) => Promise<Result<void>>;
}
