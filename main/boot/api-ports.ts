import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ExecutorRegistry } from '../agents/registry.ts';
import { createModelLists } from '../agents/list-models.ts';
import type { OutputFolders } from '../agents/process/output-folders.ts';
import type { RunCommand } from '../agents/process/run-command.ts';
import type { ApiPorts } from '../api/ports.ts';
import type { Project } from '../domain/project/project.ts';
import type { Diff } from '../domain/run/diff.ts';
import type { Run } from '../domain/run/run.ts';
import type { Clock } from '../shared/clock.ts';
import { ok, type Result } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import type { Store } from '../store/store.ts';
import { createDemoProject } from '../workspace/create-demo-project.ts';
import { readDiff } from '../workspace/diff.ts';
import type { Git } from '../workspace/git.ts';
import { DEMO_FOLDER, inspectProject } from '../workspace/inspect.ts';
import { deleteBranch, listBranches } from '../workspace/left-branches.ts';
import { examine } from './doctor.ts';
import { folderProblem } from './folder-problem.ts';
import { measureData } from './measure-data.ts';
import type { Prices } from './prices.ts';
import type { ProjectProbe } from '../discovery/ports.ts';
import { reviewPorts } from './review-ports.ts';
import { readOutput } from './read-output.ts';

export interface ApiPortOptions {
  readonly store: Store;
  readonly git: Git;
  readonly probe: ProjectProbe;
  readonly executors: ExecutorRegistry;
  readonly prices: Prices;
  readonly outputs: OutputFolders;
  readonly dataDir: string;
  readonly spoolRoot: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly run: RunCommand;
  readonly clock: Clock;
  readonly scope: Scope;
  readonly diff: ApiPorts['diff'];
  /** The agent programs of this machine, as they were found last. */
  readonly look: ApiPorts['executors'];
}

/** What the API reads of this machine: folders, git, agent programs, prices and output. */
export function createApiPorts(options: ApiPortOptions): ApiPorts {
  const { store, git, probe, executors, prices, outputs, dataDir, spoolRoot, env, run, clock, scope, look } =
    options;
  return {
    inspect: (path) =>
      inspectProject(git, { path, cwd: process.cwd(), home: homedir(), dataFolder: dataDir }),
    problemOf: (project) => {
      if (!existsSync(project.localPath)) return `Its folder ${project.localPath} is gone.`;
      return existsSync(join(project.localPath, '.git'))
        ? null
        : `${project.localPath} is no longer a git repository.`;
    },
    test: (project, signal) => probe.test(project, signal),
    branches: ({ localPath, defaultBranch }) => listBranches(git, { projectPath: localPath, defaultBranch }),
    deleteBranch: ({ localPath, defaultBranch }, branch) =>
      deleteBranch(git, { projectPath: localPath, defaultBranch, ...branch }),
    diff: options.diff,
    ...reviewPorts(git),
    output: (runId, request) => readOutput(spoolRoot, runId, request),
    createDemo: () => createDemoProject(git, { folder: join(dataDir, DEMO_FOLDER) }),
    priceTable: prices.table,
    prices: () => {
      const { date, prices: rows } = prices.table();
      return { date, models: rows.length, ...prices.status() };
    },
    folderProblem,
    dataFolder: dataDir,
    executorNames: () => executors.list().map(({ name }) => name),
    addressVariable: (name) => executors.list().find((it) => it.name === name)?.addressVariable ?? null,
    homeVariable: (name) => executors.list().find((it) => it.name === name)?.homeVariable ?? null,
    executors: look,
    models: createModelLists({ env, executors, run, scope, cwd: dataDir, clock, prices: prices.table }),
    doctor: async (full) => examine({ store, git, dataFolder: dataDir, full, found: await look() }),
    data: () => measureData({ dataDir, store, outputs, clock }),
  };
}

/** What a run changed, against its base; nothing before its first checkpoint. */
export async function runDiff(git: Git, run: Run, project: Project): Promise<Result<Diff>> {
  if (run.baseCommit === null || run.headCommit === null)
    return ok({
      baseCommit: '',
      headCommit: '',
      target: project.defaultBranch,
      targetAhead: 0,
      conflicts: [],
      blockedBy: null,
      files: [],
      additions: 0,
      deletions: 0,
    });
  return readDiff(git, {
    projectPath: project.localPath,
    base: run.baseCommit,
    head: run.headCommit,
    target: project.defaultBranch,
  });
}
