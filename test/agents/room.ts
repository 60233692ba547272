import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { NewRunEvent } from '../../main/domain/run/run-event.ts';
import { createLocalRunner } from '../../main/agents/process/local-runner.ts';
import { createExecutorRegistry } from '../../main/agents/registry.ts';
import type { McpGrant, RunOrder, Turn, TurnEnding } from '../../main/agents/runner.ts';
import { createDoorApp } from '../../main/headless/mcp/door-app.ts';
import { listenSocket } from '../../main/headless/socket/listen-socket.ts';
import { createSystemClock } from '../../main/shared/clock.ts';
import { createSilentLog } from '../../main/shared/log.ts';
import { unwrap } from '../../main/shared/result.ts';
import { createScope, type Scope } from '../../main/shared/scope.ts';
import type { ModelServer } from '../fakes/model-server/start-model-server.ts';
import type { Behaviour, Scenario } from '../fakes/model-server/scenario.ts';
import type { AgentProgram } from './agent-program.ts';

/** One program over one git worktree, with a runner of its own. */
export interface AgentRoom {
  readonly worktree: string;
  /** A folder that is neither the worktree nor one for temporary files. */
  readonly outside: string;
  readonly server: ModelServer;
  /** Starts a turn against a scenario of the model server. */
  start(
    scenario: Partial<Scenario> & { readonly name: Behaviour },
    order?: Partial<RunOrder>,
  ): Promise<StartedTurn>;
  /** The same to its end. */
  run(
    scenario: Partial<Scenario> & { readonly name: Behaviour },
    order?: Partial<RunOrder>,
  ): Promise<EndedTurn>;
  dispose(): Promise<void>;
}

export interface StartedTurn {
  readonly turn: Turn;
  readonly events: NewRunEvent[];
}
export interface EndedTurn {
  readonly ending: TurnEnding;
  readonly events: NewRunEvent[];
}

/** What leads to the network leads to a port where nobody listens; the model server is on this machine. */
export const NO_NETWORK = {
  HTTP_PROXY: 'http://127.0.0.1:9',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  ALL_PROXY: 'http://127.0.0.1:9',
  NO_PROXY: '127.0.0.1,localhost',
} as const;

export async function createAgentRoom(
  program: AgentProgram,
  bin: string,
  server: ModelServer,
  /** Whether it is given what it asks a host by; what it asks for is denied. */
  asking = false,
): Promise<AgentRoom> {
  // Not below the folder for temporary files: a sandbox may let a program write there.
  const cache = join(homedir(), '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'homer-agent-room-'));
  const project = join(folder, 'project');
  const worktree = join(folder, 'worktree');
  const home = join(folder, 'home');
  const agentHome = join(folder, 'agent-home');
  const outside = join(folder, 'outside');
  for (const path of [project, home, agentHome, outside]) mkdirSync(path, { recursive: true });
  writeFileSync(join(project, 'README.md'), '# A project\n');
  const git = (cwd: string, ...args: string[]): Promise<unknown> =>
    execa('git', ['-c', 'user.name=Test', '-c', 'user.email=test@localhost', ...args], { cwd });
  await git(project, 'init', '-q', '-b', 'trunk');
  await git(project, 'add', '-A');
  await git(project, 'commit', '-q', '-m', 'Begin');
  await git(project, 'worktree', 'add', '-q', '-b', 'work', worktree);

  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    ...NO_NETWORK,
    [`HOMER_${program.name.toUpperCase()}_PATH`]: bin,
  };
  const scope = createScope('agents');
  const executor = program.executor(env);
  const runner = createLocalRunner({
    clock: createSystemClock(),
    scope,
    log: createSilentLog(),
    spoolRoot: join(folder, 'spool'),
    executors: createExecutorRegistry([executor]),
    env,
    allowEnv: Object.keys(NO_NETWORK),
  });
  const mcp = asking ? await openDoor(folder, scope) : null;
  let turns = 0;
  const started: Turn[] = [];

  const room: AgentRoom = {
    worktree,
    outside,
    server,
    async start(scenario, order = {}) {
      turns += 1;
      const key = `${program.name}-${String(turns)}-${String(process.pid)}`;
      const account = program.account(server.base({ cwd: worktree, ...scenario }, key), agentHome);
      const events: NewRunEvent[] = [];
      const turn = unwrap(
        await runner.start(
          {
            // Two of these at once must not take the processes of the other for their own.
            runId: `run-${key}`,
            step: 1,
            attempt: 1,
            runKey: key,
            executor: executor.name,
            shellCommand: null,
            testCommand: null,
            model: program.model,
            worktree,
            projectPath: project,
            baseCommit: '0'.repeat(40),
            prompt: 'Do what is to be done here.\n',
            sessionId: null,
            reported: null,
            policy: { allow: [], deny: [] },
            riskProfile: 'balanced',
            budget: { steps: 8, durationMs: 600_000, tokens: 0, costMicroUsd: 0 },
            costLeftMicroUsd: null,
            turnLimit: null,
            account,
            mcp,
            timeLimitMs: 120_000,
            verbose: false,
            ...order,
          },
          { recordChild: () => undefined, events: (some) => void events.push(...some) },
        ),
      );
      started.push(turn);
      return { turn, events };
    },
    async run(scenario, order) {
      const { turn, events } = await room.start(scenario, order);
      return { ending: await turn.ended, events };
    },
    async dispose() {
      await Promise.all(started.map(({ record }) => runner.sweep(record)));
      await scope.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  return room;
}

/** A host of which nothing can be had but a no. */
async function openDoor(folder: string, scope: Scope): Promise<McpGrant> {
  const app = createDoorApp(() => Promise.resolve({ state: 'denied', text: 'Nobody is there to allow it.' }));
  const path = join(folder, 'agents.sock');
  unwrap(await listenSocket({ app, path, scope }));
  const entry = join(import.meta.dirname, '..', '..', 'main', 'homer.ts');
  return {
    program: process.execPath,
    args: [entry, 'mcp', '--run', 'room', '--socket', path],
    socket: path,
    token: 'a-token-for-the-turns-of-this-room',
    digest: '',
  };
}
