import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { createRuntimeRoom, tagged, type RuntimeRoom } from './runtime-room.ts';

let room: RuntimeRoom;
afterEach(() => room.dispose());

test('quitting lets an agent go on, and the next start takes it up with what it used counted once', async () => {
  room = await createRuntimeRoom();
  const [go, turns] = [room.file('go'), room.file('turns')];
  const id = await room.run(
    `echo t >> '${turns}'; echo '{"homer":"usage","tokensIn":5,"tokensOut":2}'; until [ -e '${go}' ]; do sleep 0.05; done; echo a > note.txt`,
  );
  await room.until(async () => (await room.events(id)).some(({ type }) => type === 'usage'));
  await room.stop();
  expect(room.alive(id).length).toBeGreaterThan(0);
  await room.start();
  await room.reaches(id, 'running');
  writeFileSync(go, '');
  const { run } = await room.reaches(id, 'review');
  expect(readFileSync(turns, 'utf8')).toBe('t\n');
  expect(run).toMatchObject({ tokensIn: 5, tokensOut: 2, recoveries: 0 });
  expect((await room.events(id)).filter(({ type }) => type === 'child_ended')).toHaveLength(1);
});

test('quitting during tests is no failure: the next start runs them again, not the agent, and counts no crash', async () => {
  room = await createRuntimeRoom();
  const [go, turns] = [room.file('go'), room.file('turns')];
  const { version } = await room.did('project.get', { id: room.projectId });
  await room.did('project.update', {
    id: room.projectId,
    version,
    settings: {
      testCommand: `[ ! -e note.txt ] || { echo made > made.log; until [ -e '${go}' ]; do sleep 0.05; done; }`,
    },
  });
  const id = await room.run(`echo t >> '${turns}'; echo a > note.txt`);
  await room.until(async () => (await room.events(id)).some((event) => event.payload['when'] === 'after'));
  await room.until(() => room.alive(id).length > 0);
  await room.stop();
  expect(room.alive(id)).toEqual([]);
  writeFileSync(go, '');
  await room.start();
  const { run, checkpoints } = await room.reaches(id, 'review');
  expect(readFileSync(turns, 'utf8')).toBe('t\n');
  expect(run.recoveries).toBe(0);
  // What the tests wrote before they were cut off is not taken for the agent's work.
  expect(checkpoints[0]?.changedPaths).toEqual(['note.txt']);
});

test('a stop that was asked for while no host was there ends the agent at the next start', async () => {
  room = await createRuntimeRoom();
  const id = await room.run('trap "" TERM; sleep 60');
  await room.until(() => room.alive(id).length > 0);
  await room.stop();
  const db = new Database(join(room.dataDir, 'homer.sqlite'));
  db.prepare(`UPDATE run SET requested = 'stop' WHERE id = ?`).run(id);
  db.close();
  await room.start();
  await room.reaches(id, 'stopped');
  expect(room.alive(id)).toEqual([]);
});

test('an agent that is gone without a result is recovered, counted, until that happened too often', async () => {
  room = await createRuntimeRoom();
  await room.did('flag.set', { key: 'runtime.max_recoveries', value: '1' });
  const id = await room.run('sleep 60');
  for (const recoveries of [1, 2]) {
    await room.reaches(id, 'running');
    await room.until(() => room.alive(id).length > 0);
    await room.stop();
    // Again and again: it may only just be starting.
    await room.until(() => {
      const alive = room.alive(id);
      for (const pid of alive)
        try {
          process.kill(pid, 'SIGKILL');
        } catch (error) {
          // Ended between being found and being told to.
          if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
        }
      return alive.length === 0;
    });
    await room.start();
    if (recoveries === 1)
      await room.until(async () => (await room.did('run.get', { id })).run.recoveries === 1);
  }
  expect((await room.reaches(id, 'failed')).run.errorTag).toBe('recovered_too_often');
});

test('a command that a killed host left is ended at the next start', async () => {
  room = await createRuntimeRoom();
  await room.stop();
  const { spawn } = await import('node:child_process');
  const tag = `left-${String(process.pid)}`;
  const left = spawn('sleep', ['60'], {
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, HOMER_TAG: tag },
  });
  const stat = readFileSync(`/proc/${String(left.pid)}/stat`, 'utf8');
  const startTime = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  const db = new Database(join(room.dataDir, 'homer.sqlite'));
  db.prepare('INSERT INTO command_child VALUES (?, ?, ?, ?, ?, ?)').run(
    tag,
    left.pid,
    left.pid,
    startTime,
    bootId,
    '',
  );
  db.close();
  await room.start();
  await room.until(() => tagged(`HOMER_TAG=${tag}`).length === 0);
});

test('a project whose folder is gone fails its runs with a sentence, and the host goes on', async () => {
  room = await createRuntimeRoom();
  rmSync(room.project, { recursive: true });
  const id = await room.run('true');
  expect((await room.reaches(id, 'failed')).run.errorTag).toBe('path_missing');
  expect((await room.did('overview.get', {})).problems).toMatchObject([{ tag: 'project_problem' }]);
});

test('a database that cannot be written is told as a problem, and the run goes on by itself when it can', async () => {
  room = await createRuntimeRoom();
  const [go, turns] = [room.file('go'), room.file('turns')];
  const id = await room.run(
    `echo t >> '${turns}'; until [ -e '${go}' ]; do sleep 0.05; done; echo a > note.txt`,
  );
  await room.until(() => room.alive(id).length > 0);
  // A writer from outside that does not let go stands in for a disk that refuses.
  const other = new Database(join(room.dataDir, 'homer.sqlite'));
  other.exec('BEGIN IMMEDIATE');
  appendFileSync(go, '');
  await room.until(
    async () => (await room.did('overview.get', {})).problems.some(({ tag }) => tag === 'store_busy'),
    25_000,
  );
  other.exec('ROLLBACK');
  other.close();
  await room.reaches(id, 'review');
  expect(readFileSync(turns, 'utf8')).toBe('t\n');
  await room.until(async () => (await room.did('overview.get', {})).problems.length === 0);
}, 60_000);
