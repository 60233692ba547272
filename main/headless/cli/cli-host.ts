import type { Result } from '../../shared/result.ts';
import type { Connection } from '../client/connection.ts';

export interface ServeRequest {
  readonly dataDir: string | undefined;
  readonly port: number | undefined;
  readonly host: string | undefined;
  readonly allowRemote: boolean;
  readonly allowedHosts: readonly string[];
  readonly openBrowser: boolean;
  readonly signal: AbortSignal;
  /** Called once it listens; `url` carries a one-time token. */
  readonly announce: (info: { url: string; port: number; dataDir: string }) => void;
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
  readonly apiToken: (options: { dataDir: string | undefined; renew: boolean }) => Result<string>;
  readonly openBrowser: (url: string) => Promise<Result<void>>;
}
