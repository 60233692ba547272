import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import type { InputOf } from '../../preload/contract/operations.ts';
import { createRuntimeRoom, type RuntimeRoom } from './runtime-room.ts';

let room: RuntimeRoom;
afterEach(() => room.dispose());

const pipeline = (stages: object[], more: Partial<InputOf<'run.create'>> = {}): Promise<string> =>
  room.run('false', { runType: 'pipeline', metadata: { stages: stages as never }, ...more });

test('a pipeline takes its stages in order in one worktree, each told its role and what the one before said', async () => {
  room = await createRuntimeRoom();
  const prompt = room.file('prompt');
  const id = await pipeline([
    { id: 'plan', role: 'planner', command: 'pwd > where.txt; echo "Two lines will do."' },
    {
      id: 'code',
      role: 'coder',
      title: 'Write it',
      executor: 'shell',
      command: `cat > '${prompt}'; pwd >> where.txt`,
    },
  ]);
  const { run, stages, checkpoints } = await room.reaches(id, 'review');
  const where = room.git('show', `${run.headCommit ?? ''}:where.txt`).split('\n');
  expect(where).toHaveLength(2);
  expect(new Set(where).size).toBe(1);
  expect(readFileSync(prompt, 'utf8')).toMatch(
    /As coder: Write it[\s\S]*# What stage plan said\n\nTwo lines will do\./u,
  );
  expect(stages.map(({ stage, status, executor }) => [stage, status, executor])).toEqual([
    ['plan', 'passed', 'shell'],
    ['code', 'passed', 'shell'],
  ]);
  expect(checkpoints.map(({ stage }) => stage)).toEqual(['plan', 'code']);
});

test('a stage is taken again while its tests fail and it has steps left, and others are not', async () => {
  room = await createRuntimeRoom({ testCommand: '[ "$(cat n.txt 2>/dev/null)" != 1 ]' });
  const id = await pipeline([
    { id: 'first', steps: 3, command: 'expr $(cat n.txt 2>/dev/null || echo 0) + 1 > n.txt' },
    { id: 'second', steps: 3, command: 'echo done > second.txt' },
  ]);
  const { checkpoints } = await room.reaches(id, 'review');
  expect(checkpoints.map(({ stage, result }) => [stage, result])).toEqual([
    ['first', 'tests fail'],
    ['first', 'ended'],
    ['second', 'ended'],
  ]);
});

test('a stage that asks goes on with the answer, and the stages before it are not taken again', async () => {
  room = await createRuntimeRoom();
  const turns = room.file('turns');
  const id = await pipeline([
    { id: 'a', command: `echo a >> '${turns}'` },
    { id: 'b', command: `echo b >> '${turns}'; grep -q Green || echo 'TASK_STATE: BLOCKED: Which?'` },
    { id: 'c', command: `echo c >> '${turns}'` },
  ]);
  const { run } = await room.reaches(id, 'blocked');
  await room.did('run.answer', { id, version: run.version, text: 'Green' });
  await room.reaches(id, 'completed');
  expect(readFileSync(turns, 'utf8').trim().split('\n')).toEqual(['a', 'b', 'b', 'c']);
});

test('a stage that fails ends the run with the stage named, and the rest is not started', async () => {
  room = await createRuntimeRoom();
  const id = await pipeline([
    { id: 'a', command: 'exit 3' },
    { id: 'b', command: 'true' },
  ]);
  const { stages } = await room.reaches(id, 'failed');
  expect(stages.map(({ status }) => status)).toEqual(['failed', 'skipped']);
});

test('an executor that is not there is refused before anything starts', async () => {
  room = await createRuntimeRoom();
  for (const runType of ['pipeline', 'workflow'] as const)
    expect(
      await room.call('run.create', {
        projectId: room.projectId,
        query: 'Round',
        runType,
        metadata: { stages: [{ id: 'a', executor: 'nobody' }] },
      }),
    ).toMatchObject({
      ok: false,
      error: { tag: 'executor_unknown', message: expect.stringContaining('Stage a') },
    });
});

test('quitting between stages goes on with the next', async () => {
  room = await createRuntimeRoom();
  const [go, turns] = [room.file('go'), room.file('turns')];
  const id = await pipeline([
    { id: 'a', command: `echo a >> '${turns}'; until [ -e '${go}' ]; do sleep 0.05; done; echo a > a.txt` },
    { id: 'b', command: `echo b >> '${turns}'; cat a.txt > b.txt` },
  ]);
  await room.until(() => existsSync(turns));
  await room.stop();
  writeFileSync(go, '');
  await room.start();
  await room.reaches(id, 'review');
  expect(readFileSync(turns, 'utf8').trim().split('\n')).toEqual(['a', 'b']);
});

test('a dry run of each type shows what would be done, starts no agent and leaves nothing in the project', async () => {
  room = await createRuntimeRoom({ testCommand: 'true' });
  const stages = [{ id: 'plan', role: 'planner' }, { id: 'left' }, { id: 'right' }, { id: 'end' }];
  const needs: Record<string, string[]> = { left: ['plan'], right: ['plan'], end: ['left', 'right'] };
  const refs = room.git('for-each-ref');
  for (const runType of ['agent', 'task', 'pipeline', 'workflow'] as const) {
    const id = await room.run('touch made.txt', {
      runType,
      dryRun: true,
      metadata:
        runType === 'workflow'
          ? { stages: stages.map((it) => ({ ...it, needs: needs[it.id] ?? [] })) }
          : runType === 'pipeline'
            ? { stages }
            : {},
    });
    const { dryRun, run } = await room.reaches(id, 'completed');
    const types = (await room.events(id)).map(({ type }) => type);
    expect(types).not.toContain('child_started');
    expect(types).toContain('dry_run');
    expect(dryRun).toMatchObject({
      testCommand: 'true',
      gate: { start: 'queued' },
      budget: run.execution.budget,
    });
    expect(
      dryRun?.steps.every(({ prompt, command }) => prompt.includes('# Goal') && command === 'touch made.txt'),
    ).toBe(true);
    const levels = dryRun?.steps.map(({ stage, level }) => [stage, level]);
    if (runType === 'workflow') {
      expect(levels).toEqual([
        ['plan', 1],
        ['left', 2],
        ['right', 2],
        ['end', 3],
      ]);
      expect(new Set(dryRun?.steps.map(({ worktree }) => worktree)).size).toBe(4);
    } else if (runType === 'pipeline') expect(levels?.map(([, level]) => level)).toEqual([1, 2, 3, 4]);
    else expect(dryRun?.steps).toHaveLength(1);
    await room.until(() => room.worktrees().length === 0);
  }
  await room.until(() => room.git('for-each-ref') === refs);
  expect(room.git('status', '--porcelain')).toBe('');
});

test('tests are cut off when the time of the run is spent, and the run says so', async () => {
  room = await createRuntimeRoom();
  const { version } = await room.did('project.get', { id: room.projectId });
  await room.did('project.update', {
    id: room.projectId,
    version,
    settings: { testCommand: '[ ! -e note.txt ] || sleep 60' },
  });
  await room.did('flag.set', { key: 'budget.minutes', value: '1' });
  const id = await room.run('echo a > note.txt; sleep 1');
  await room.until(async () => (await room.events(id)).some((event) => event.payload['when'] === 'after'));
  // A minute is too long for a test: most of it is taken for spent.
  await room.stop();
  const { default: Database } = await import('better-sqlite3');
  const db = new Database(`${room.dataDir}/homer.sqlite`);
  db.prepare('UPDATE run SET active_ms = 59000 WHERE id = ?').run(id);
  db.close();
  await room.start();
  const { run, checkpoints } = await room.reaches(id, 'timeout');
  expect(run.errorTag).toBe('budget_time');
  expect(checkpoints[0]?.test).toMatchObject({ exitCode: null, note: expect.stringContaining('budget') });
  expect(room.alive(id)).toEqual([]);
});
