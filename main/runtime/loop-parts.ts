import type { Runner, Turn } from '../agents/runner.ts';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import type { Scope } from '../shared/scope.ts';
import type { Store } from '../store/store.ts';
import type { BudgetWatch } from './budget-watch.ts';
import type { Accounts, AgentDoor, RunCommand, RunWorkspace, StageRef } from './ports.ts';

/** What the steps of the loop are made from; the same for every run. */
export interface LoopParts {
  readonly store: Store;
  readonly runner: Runner;
  readonly accounts: Accounts;
  readonly door: AgentDoor;
  readonly workspace: RunWorkspace;
  readonly runCommand: RunCommand;
  readonly clock: Clock;
  readonly log: Log;
  readonly scope: Scope;
}

/** One run in hand, or one stage of a run whose stages work side by side. */
export interface Work extends StageRef {
  turn: Turn | null;
  /** Aborted when the owner wants the run to pause or stop at once, or the host closes. */
  readonly abort: AbortController;
  /** Resolves when the host lets go of the child; its ending is then never told to this host. */
  readonly letGo: Promise<null>;
  readonly release: () => void;
  finished: Promise<void>;
  /** What holds the run to its budget; the same for all its stages. */
  watch: BudgetWatch | null;
  /** Stages at work now. */
  readonly stages: Map<string, Work>;
}

export function createWork(runId: string, stage = ''): Work {
  const { promise, resolve } = Promise.withResolvers<null>();
  return {
    runId,
    stage,
    turn: null,
    abort: new AbortController(),
    letGo: promise,
    release: () => {
      resolve(null);
    },
    finished: Promise.resolve(),
    watch: null,
    stages: new Map(),
  };
}

/** A run in hand with its stages at work. */
export function allOf(work: Work): Work[] {
  return [work, ...work.stages.values()];
}

/** The watch over a run's budget, which is there before anything of the run works. */
export function watchOf(work: Work): BudgetWatch {
  if (work.watch === null) throw new Error(`run ${work.runId} works without a budget`);
  return work.watch;
}
