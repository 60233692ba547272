import { join } from 'node:path';
import { detectExecutors } from '../agents/detect-executors.ts';
import { createLocalRunner } from '../agents/process/local-runner.ts';
import { createRunCommand } from '../agents/process/run-command.ts';
import { createSweepCommand } from '../agents/process/sweep-command.ts';
import { createExecutors } from '../agents/create-executors.ts';
import { loopLaunch } from '../agents/local/loop-launch.ts';
import { createHandlers } from '../api/api.ts';
import { decideItem } from '../api/decide-item.ts';
import { createNoticeCentre } from '../approvals/notice-centre.ts';
import { createDispatch } from '../api/dispatch.ts';
import { createLiveFeed } from '../api/live-feed.ts';
import { createDiscovery } from '../discovery/discover.ts';
import { createFailingTestSource } from '../discovery/sources/failing-test/failing-test-source.ts';
import { createTodoSource } from '../discovery/sources/todo/todo-source.ts';
import { createLeaseKeeper, giveBackLeases } from '../runtime/lease.ts';
import type { Diff } from '../domain/run/diff.ts';
import type { Project } from '../domain/project/project.ts';
import type { Run } from '../domain/run/run.ts';
import { createEvidence } from '../runtime/evidence/evidence.ts';
import { createLoop } from '../runtime/loop.ts';
import { createAccounts } from '../runtime/accounts.ts';
import { createReview, type Review } from '../runtime/review.ts';
import { createTestMerged } from '../runtime/test-merged.ts';
import { createTestChecks } from '../runtime/test-checks.ts';
import { createCustodian, type Custodian } from '../runtime/custodian.ts';
import { createTick, type Tick } from '../runtime/tick.ts';
import { createSearchIndexer } from '../runtime/search-indexer.ts';
import { createTickHours } from '../runtime/tick-hours.ts';
import { createUpkeep } from '../runtime/upkeep.ts';
import { createExecutorWatch } from '../runtime/watch-executors.ts';
import { createTidy } from '../runtime/tidy-run.ts';
import { createProjectWatch } from '../runtime/watch-projects.ts';
import { createKeyFileKeeper } from '../secrets/key-file-keeper.ts';
import { createSecrets } from '../secrets/create-secrets.ts';
import { createIds } from '../shared/ids.ts';
import { createMeter } from '../shared/meter.ts';
import { ok, type Result } from '../shared/result.ts';
import { lockInstance } from '../store/instance-lock.ts';
import { openStore } from '../store/store.ts';
import { noteVersion } from '../store/version-store.ts';
import { changeStat } from '../workspace/change-stat.ts';
import { createGit } from '../workspace/git.ts';
import { createAgentDesk } from '../runtime/agent-desk.ts';
import { createAgentDoor } from './agent-door.ts';
import { createApiPorts, runDiff } from './api-ports.ts';
import { beginWork } from './begin-work.ts';
import { networkVariables } from './network-environment.ts';
import { localAgent } from './local-agent.ts';
import { createOwnerCommand } from './owner-command.ts';
import { createOutputFolders } from '../agents/process/output-folders.ts';
import { createProjectProbe } from './project-probe.ts';
import { createRuntimePlanner } from './runtime-planner.ts';
import { createPrices } from './prices.ts';
import { readLimits } from './read-limits.ts';
import { createRunWorkspace } from './run-workspace.ts';
import type { RunningHomer, RuntimeOptions } from './running-homer.ts';
import { settleWhatReplaced } from './settle-what-replaced.ts';

/**
 * Starts Homer on a data folder. In order: the instance lock, the store (migrated and checked), the rooms that act, the API over them,
 * then recovery, and last the tick. Closing the scope undoes them in the opposite order.
 */
export async function startRuntime(options: RuntimeOptions): Promise<Result<RunningHomer>> {
  const { clock, log, dataDir, env } = options;
  const scope = options.scope.child('runtime');
  const locked = options.locked ? ok(undefined) : lockInstance(dataDir, scope);
  if (!locked.ok) return locked;
  const ids = createIds(clock);
  const meter = createMeter();
  const opened = await openStore({
    folder: dataDir,
    migrationsFolder: options.installation.migrations,
    clock,
    ids,
    log,
    meter,
    scope,
  });
  if (!opened.ok) {
    await scope.close();
    return opened;
  }
  const store = opened.value;
  const noted = store.tryWrite((write) => {
    noteVersion(write, options.version);
  });
  // A full disk keeps nobody from looking; the next start notes it.
  if (!noted.ok) log.warn('the version could not be noted', { error: noted.error.message });
  let working: Promise<void> | null = null;
  // Disposed last of what stands on the database.
  scope.add('last word', () => {
    log.info('homer stopped', { host: options.host });
  });
  // Disposed when all work has ended and just before the database.
  scope.add('leases', () => {
    if (working !== null) giveBackLeases(store, log);
  });

  const secretsFolder = join(dataDir, 'secrets');
  const secrets = createSecrets({
    folder: secretsFolder,
    keepers: [...(options.keepers ?? []), createKeyFileKeeper({ folder: secretsFolder, env })],
    clock,
    log,
  });
  const prices = createPrices({ file: join(dataDir, 'prices.json'), log });
  const git = createGit({ env, clock, log, scope });
  const local = localAgent({ store, env, dataDir, script: options.installation.agentLoop });
  const executors = createExecutors({
    env,
    clock,
    log,
    folder: join(dataDir, 'agents'),
    local,
    driver: () => {
      const launch = loopLaunch(options.installation.agentTurn, env);
      return launch.ok ? launch.value : null;
    },
  });
  const spoolRoot = join(dataDir, 'spool');
  const run = createRunCommand({ clock, log });
  const runCommand = createOwnerCommand({
    run,
    env,
    scope,
    ids,
    store,
    log,
    folder: join(dataDir, 'input'),
  });
  const runnerOptions = {
    clock,
    log,
    spoolRoot,
    executors,
    env,
    allowEnv: networkVariables,
    limits: () => readLimits(store),
  };
  const runner = createLocalRunner({ ...runnerOptions, scope });
  const workspace = createRunWorkspace({ git, dataFolder: dataDir });
  const probe = createProjectProbe({ git, runCommand, ids });
  const discovery = createDiscovery({
    store,
    readers: [createTodoSource(probe), createFailingTestSource(probe)],
    clock,
    log,
    scope,
  });
  const tidy = createTidy({
    store,
    workspace,
    log,
    onRemoved: () => {
      custodian.lookAgain();
    },
  });
  const testMerged = createTestMerged({ store, runCommand, scope });
  const review: Review = createReview({ store, workspace, log, tidy, testMerged });
  const desk = createAgentDesk({ store, clock, log, scope });
  const door = createAgentDoor({
    desk,
    executors,
    dataDir,
    installation: options.installation,
    env,
    log,
    scope,
  });
  const loop = createLoop({
    store,
    runner,
    accounts: createAccounts({ store, secrets, prices: prices.table, clock, log }),
    door,
    workspace,
    runCommand,
    clock,
    log,
    scope,
    autoApply: (runId) => review.autoApply(runId),
    tidy: (runId) => tidy.run(runId),
  });
  const outputs = createOutputFolders(spoolRoot);
  const planner = createRuntimePlanner({
    store,
    git,
    executors,
    secrets,
    prices,
    outputs,
    runCommand,
    run,
    dataDir,
    env,
    clock,
    log,
    scope,
    runnerOptions,
  });
  const upkeep = createUpkeep({
    store,
    outputs,
    forgetCommits: (projectPath, runIds) => workspace.forgetCommits(projectPath, runIds),
    clock,
    log,
    scope,
    idle: () => loop.active().length === 0,
  });
  const searchIndexer = createSearchIndexer({ store, clock, log, scope });
  const sweep = createSweepCommand({ clock, log, scope });
  const replaced = await settleWhatReplaced({ dataDir, spoolRoot, store, sweep, clock, log });
  const projects = createProjectWatch({
    store,
    applying: (projectId) => review.movesBranchOf(projectId),
    branches: {
      head: (project) => probe.head(project),
      changed: async (project, from, to) => {
        const changes = await changeStat(git, { projectPath: project.localPath, from, to });
        return changes.ok ? ok(changes.value.map(({ path }) => path)) : changes;
      },
    },
    clock,
    log,
    scope,
  });
  const agents = createExecutorWatch({
    store,
    detect: () => detectExecutors({ env, executors, run, scope, cwd: dataDir }),
    clock,
    log,
    scope,
    onChange: () => {
      tick.wake();
    },
  });
  const custodian: Custodian = createCustodian({
    store,
    workspace,
    tidy,
    clock,
    log,
    scope,
    idle: () => loop.active().length === 0,
    onChange: () => {
      tick.wake();
    },
  });
  const tickHours = createTickHours({ store, clock, meter, log, scope });
  const tick: Tick = createTick({
    store,
    loop,
    planner,
    tidy,
    clock,
    log,
    meter,
    scope,
    hasRoom: () => custodian.hasRoom(),
    leases: createLeaseKeeper({ store, loop, clock, log, scope }),
    checkSources: () => {
      discovery.checkDue();
      projects.attend();
      upkeep.attend();
      custodian.attend();
      agents.attend();
      tickHours.attend();
    },
  });
  // The tick tells the owner, and tries until the disk takes writes again.
  scope.add(
    'trouble of the disk',
    store.onTrouble(() => {
      tick.wake();
    }),
  );

  const diff = (it: Run, project: Project): Promise<Result<Diff>> => runDiff(git, it, project);
  const evidence = createEvidence({
    store,
    clock,
    spoolRoot,
    exportsFolder: join(dataDir, 'exports'),
    homerVersion: options.version,
    diff,
  });

  const notices = createNoticeCentre({
    store,
    decide: decideItem,
    clock,
    ids,
    log,
    scope,
    host: options.host,
  });

  const handlers = createHandlers({
    notices,
    evidence,
    store,
    secrets,
    discovery,
    loop,
    review,
    tick,
    tidy,
    upkeep,
    custodian,
    testChecks: createTestChecks({ test: probe.test, clock, ids, log, scope }),
    searchIndexer,
    clock,
    log,
    meter,
    scope,
    version: options.version,
    host: options.host,
    hostPort: options.hostPort,
    restorePort: options.restorePort,
    ports: createApiPorts({
      store,
      git,
      probe,
      executors,
      prices,
      outputs,
      dataDir,
      spoolRoot,
      env,
      run,
      clock,
      scope,
      diff,
      look: agents.look,
    }),
  });
  const dispatch = createDispatch(handlers, log);
  const live = createLiveFeed({ store, clock, scope });

  tick.start();
  log.info('homer started', { host: options.host, version: options.version, schema: store.schema });

  return ok({
    replaced,
    dispatch,
    live,
    notices,
    work() {
      working ??= beginWork({ store, sweep, tick, tidy, log, scope });
      // Agents that a former host left may wait for their answers.
      door.attend();
    },
    drain(on) {
      tick.drain(on);
      store.write((write) => {
        write.emit({
          type: 'hostChanged',
          entity: 'host',
          entityId: options.host,
          actor: 'owner',
          payload: { leaving: on },
        });
      });
    },
    async settled() {
      // What was asked for a moment ago may wait for the next tick; a command that ends has no next tick.
      planner.attend();
      await planner.settled();
    },
    onPower(event) {
      log.info('power', { event });
      if (event === 'resume') tick.wake();
    },
    async stop() {
      await scope.close();
    },
  });
}
