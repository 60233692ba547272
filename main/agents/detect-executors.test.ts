import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSystemClock } from '../shared/clock.ts';
import { createSilentLog } from '../shared/log.ts';
import { createExecutors } from './create-executors.ts';
import { loopLaunch } from './local/loop-launch.ts';
import { detectExecutors } from './detect-executors.ts';
import { createRunCommand } from './process/run-command.ts';
import { createExecutorRegistry } from './registry.ts';
import { createShellExecutor } from './shell/shell-executor.ts';
import { alivePids, createTestRoom, type TestRoom } from './testing/test-room.ts';

let room: TestRoom;
let bin: string;
beforeEach(() => {
  room = createTestRoom();
  bin = join(room.folder, 'bin');
  mkdirSync(bin);
});
afterEach(() => room.dispose());

function install(name: string, script: string, mode = 0o755): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, name), mode);
}

it('reports the programs on the given PATH with path and version, and says which it cannot use yet', async () => {
  const mark = `5${String(process.pid)}`;
  install('claude', 'echo "2.1.329 (Claude Code)"');
  install('codex', 'exit 1');
  install('gemini', `sleep ${mark}`);
  install('kimi', 'echo 1.0.0', 0o644);
  const found = await detectExecutors({
    env: { PATH: `${bin}:/usr/bin:/bin` },
    executors: createExecutorRegistry([createShellExecutor()]),
    run: createRunCommand({ clock: createSystemClock(), log: createSilentLog() }),
    scope: room.scope,
    cwd: room.worktree,
    timeLimitMs: 400,
  });
  const by = Object.fromEntries(found.map((executor) => [executor.name, executor]));
  expect(Object.keys(by)).toEqual(['shell', 'claude', 'codex', 'gemini', 'kimi', 'opencode', 'ollama']);
  expect(by['shell']).toMatchObject({ usable: true, found: true });
  expect(by['claude']).toMatchObject({
    usable: false,
    found: true,
    path: join(bin, 'claude'),
    version: '2.1.329',
  });
  expect(by['claude']!.note).toContain('cannot run work with it yet');
  expect(by['codex']).toMatchObject({ found: true, version: null });
  expect(by['gemini']).toMatchObject({ found: true, version: null });
  expect(by['kimi']).toMatchObject({ found: false, path: null });
  expect(alivePids(mark)).toEqual([]);
});

it('says of programs that are not there how to install them, and which file declares one of the owner’s', async () => {
  const folder = join(room.folder, 'agents');
  mkdirSync(folder);
  writeFileSync(join(folder, 'broken.json'), '{');
  const env = { PATH: bin, HOME: room.folder };
  const options = { env, clock: createSystemClock(), log: createSilentLog() };
  const found = await detectExecutors({
    env,
    executors: createExecutors({
      ...options,
      folder,
      driver: () => null,
      local: {
        settings: () => ({ baseUrl: 'http://127.0.0.1:9', model: '', contextTokens: 0 }),
        launch: () => loopLaunch(null, {}),
        sessions: '/nowhere',
      },
    }),
    run: createRunCommand(options),
    scope: room.scope,
    cwd: room.worktree,
  });
  const programs = found.filter(({ name }) => !['shell', 'broken', 'ollama', 'local'].includes(name));
  expect(programs.map(({ name }) => name)).toEqual(['claude', 'codex', 'gemini', 'opencode', 'kimi', 'qwen']);
  for (const program of programs) {
    expect(program).toMatchObject({
      found: false,
      file: null,
      install: expect.stringMatching(/^npm install -g \S+$/),
    });
    expect(program.signIn).not.toBe('');
    expect(program.tested).not.toBeNull();
  }
  const broken = found.find(({ name }) => name === 'broken');
  expect(broken).toMatchObject({ found: false, file: join(folder, 'broken.json') });
});
