import type { Runner, Turn } from '../agents/runner.ts';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import type { Scope } from '../shared/scope.ts';
import type { Store } from '../store/store.ts';
import type { RunCommand, RunWorkspace } from './ports.ts';

/** What the steps of the loop are made from; the same for every run. */
export interface LoopParts {
  readonly store: Store;
  readonly runner: Runner;
  readonly workspace: RunWorkspace;
  readonly runCommand: RunCommand;
  readonly clock: Clock;
  readonly log: Log;
  readonly scope: Scope;
}

/** One run in hand. */
export interface Work {
  readonly runId: string;
  turn: Turn | null;
  /** Aborted when the owner wants the run to pause or stop at once, or the host closes. */
  readonly abort: AbortController;
  /** Resolves when the host lets go of the child; its ending is then never told to this host. */
  readonly letGo: Promise<null>;
  readonly release: () => void;
  finished: Promise<void>;
}

export function createWork(runId: string): Work {
  const { promise, resolve } = Promise.withResolvers<null>();
  return {
    runId,
    turn: null,
    abort: new AbortController(),
    letGo: promise,
    release: () => {
      resolve(null);
    },
    finished: Promise.resolve(),
  };
}
