import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { defaultPathPolicy } from '../../../domain/risk/path-policy.ts';
import { createSystemClock } from '../../../shared/clock.ts';
import { createScope } from '../../../shared/scope.ts';
import { unwrap } from '../../../shared/result.ts';
import type { NewRunEvent } from '../../../domain/run/run-event.ts';
import { createExecutorRegistry } from '../../registry.ts';
import type { RunOrder, Turn, TurnEnding } from '../../runner.ts';
import { createCollector, createRunnerIn, orderIn } from '../../testing/test-room.ts';
import { createLocalExecutor, type LocalSettings } from '../local-executor.ts';
import { loopLaunch } from '../loop-launch.ts';

/** The local agent in a real worktree, through the real runner, as a real process. */
export interface LocalRoom {
  readonly folder: string;
  readonly worktree: string;
  put(path: string, text: string): void;
  start(address: string, order?: Partial<RunOrder>): Promise<{ turn: Turn; events: NewRunEvent[] }>;
  run(address: string, order?: Partial<RunOrder>): Promise<{ ending: TurnEnding; events: NewRunEvent[] }>;
  dispose(): Promise<void>;
}

export function createLocalRoom(settings: Partial<LocalSettings> = {}): LocalRoom {
  const folder = mkdtempSync(join(tmpdir(), 'homer local '));
  const worktree = join(folder, 'work tree');
  mkdirSync(worktree);
  execFileSync('git', ['init', '-q', worktree]);
  const scope = createScope('test');
  const script = join(import.meta.dirname, '../../../agent-loop.ts');
  const executor = createLocalExecutor({
    env: {},
    clock: createSystemClock(),
    settings: () => ({ baseUrl: '', model: '', contextTokens: 0, ...settings }),
    launch: () => loopLaunch(script, process.env),
    sessions: join(folder, 'conversations'),
  });
  const runner = createRunnerIn(join(folder, 'spool'), scope, {
    executors: createExecutorRegistry([executor]),
  });
  const started: Turn[] = [];
  const room: LocalRoom = {
    folder,
    worktree,
    put(path, text) {
      mkdirSync(dirname(join(worktree, path)), { recursive: true });
      writeFileSync(join(worktree, path), text);
    },
    async start(address, more = {}) {
      const seen = createCollector();
      const order: RunOrder = {
        ...orderIn(worktree, ''),
        shellCommand: null,
        executor: 'local',
        policy: defaultPathPolicy,
        account: {
          id: 'a',
          label: 'Test',
          env: { HOMER_LOCAL_BASE_URL: address, HOMER_LOCAL_API_KEY: 'key-of-a-test-1' },
          home: null,
        },
        ...more,
      };
      const turn = unwrap(await runner.start(order, seen));
      started.push(turn);
      return { turn, events: seen.collected };
    },
    async run(address, more) {
      const { turn, events } = await room.start(address, more);
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
