import { join } from 'node:path';
import type { ExecutorRegistry } from '../agents/registry.ts';
import { detectExecutor } from '../agents/detect-executors.ts';
import { createLocalRunner, type LocalRunnerOptions } from '../agents/process/local-runner.ts';
import type { OutputFolders } from '../agents/process/output-folders.ts';
import type { RunCommand } from '../agents/process/run-command.ts';
import type { Secrets } from '../domain/secret/secrets.ts';
import { createPlannerChoice } from '../runtime/choose-planner.ts';
import { createPlannerAccounts } from '../runtime/planner-accounts.ts';
import { createPlanner, type Planner } from '../runtime/planner.ts';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import type { Scope } from '../shared/scope.ts';
import type { Store } from '../store/store.ts';
import type { Git } from '../workspace/git.ts';
import { createPlannerPlace } from './planner-place.ts';
import type { Prices } from './prices.ts';

/** The planner over the executors of this machine: its own runner, accounts and place to read a project in. */
export function createRuntimePlanner(options: {
  readonly store: Store;
  readonly git: Git;
  readonly executors: ExecutorRegistry;
  readonly secrets: Secrets;
  readonly prices: Prices;
  readonly outputs: OutputFolders;
  readonly runCommand: Parameters<typeof createPlanner>[0]['runCommand'];
  readonly run: RunCommand;
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly log: Log;
  readonly scope: Scope;
  readonly runnerOptions: Omit<LocalRunnerOptions, 'scope'>;
}): Planner {
  const { store, executors, secrets, prices, dataDir, env, run, clock, log, scope } = options;
  return createPlanner({
    store,
    runCommand: options.runCommand,
    log,
    // Its turns stand in the scope below, which closes after it: it ends them when Homer quits, and nothing goes on unseen.
    executors: {
      store,
      runner: createLocalRunner({ ...options.runnerOptions, scope: scope.child('planning') }),
      accounts: createPlannerAccounts({ store, secrets, prices: prices.table, clock, log }),
      place: createPlannerPlace(options.git, join(dataDir, 'archive')),
      clock,
      log,
    },
    choose: createPlannerChoice({
      store,
      executors,
      detect: async (name) => {
        const known = executors.get(name);
        if (!known.ok) return { usable: false, signedIn: 'no' };
        return detectExecutor({ env, executors, run, scope, cwd: dataDir }, known.value);
      },
    }),
    dropOutput: (proposalId) => options.outputs.remove(proposalId),
    scope,
    fallbackFolder: dataDir,
  });
}
