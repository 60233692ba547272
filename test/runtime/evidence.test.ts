import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterEach, expect, test } from 'vitest';
import type { EvidenceManifest } from '../../main/domain/run/evidence.ts';
import { createRuntimeRoom, type RuntimeRoom } from './runtime-room.ts';

let room: RuntimeRoom;
afterEach(() => room.dispose());

async function states(id: string): Promise<Record<string, string>> {
  const { pieces } = await room.did('run.evidence', { id });
  return Object.fromEntries(pieces.map(({ part, state }) => [part, state]));
}

async function packed(id: string): Promise<{ manifest: EvidenceManifest; files: Record<string, string> }> {
  const path = room.file(`evidence-${id}.zip`);
  await room.did('run.exportEvidence', { id, path });
  const raw = unzipSync(readFileSync(path));
  const files = Object.fromEntries(
    Object.entries(raw).map(([name, data]) => [name, Buffer.from(data).toString('utf8')]),
  );
  const manifest = JSON.parse(files['manifest.json'] ?? '') as EvidenceManifest;
  for (const file of manifest.files) {
    const data = Buffer.from(raw[file.path] ?? []);
    expect(createHash('sha256').update(data).digest('hex'), file.path).toBe(file.sha256);
    expect(data.length, file.path).toBe(file.bytes);
  }
  expect(Object.keys(files).sort()).toEqual(
    [...manifest.files.map((file) => file.path), 'SHA256SUMS', 'manifest.json'].sort(),
  );
  return { manifest, files };
}

test('a run that is done has all its evidence, and the archive can be checked file by file, also after worktree and review', async () => {
  room = await createRuntimeRoom({ testCommand: 'grep -q 2 sum.txt || { echo sum is wrong; exit 3; }' });
  const id = await room.run(`echo key ghp_${'a1'.repeat(18)}; echo 2 > sum.txt; echo TASK_STATE: DONE`);
  const { run } = await room.reaches(id, 'review');
  await room.did('run.apply', { id, version: run.version });
  expect(await states(id)).toEqual({
    plan: 'none',
    steps: 'there',
    diff: 'there',
    policy: 'there',
    tests: 'there',
    cost: 'there',
    transcript: 'there',
    output: 'there',
    decisions: 'there',
    attempts: 'there',
    environment: 'there',
  });
  const { manifest, files } = await packed(id);
  expect(manifest).toMatchObject({ v: 1, runId: id, status: 'applied', leftOut: [] });
  expect(files['diff.patch']).toContain('+2');
  expect(files['tests-before.txt']).toContain('sum is wrong');
  expect(JSON.parse(files['tests.json'] ?? '')).toMatchObject({
    before: { exitCode: 3 },
    after: { exitCode: 0 },
  });
  expect(files['output/1-1/stdout.txt']).toContain('key [redacted]');
  expect(Object.values(files).join('')).not.toContain('ghp_');
  const sequences = (files['timeline.jsonl'] ?? '')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { seq: number }).seq);
  expect(sequences).toEqual(sequences.map((_, index) => index + 1));
  const again = await room.call('run.exportEvidence', { id, path: room.file(`evidence-${id}.zip`) });
  expect(again).toMatchObject({ ok: false, error: { tag: 'file_exists' } });
  expect(await room.call('run.exportEvidence', { id, path: 'here.zip' })).toMatchObject({
    ok: false,
    error: { tag: 'relative_path' },
  });
});

test('every ending leaves evidence that says what there is none of', async () => {
  room = await createRuntimeRoom();
  const untested = await room.run('echo 2 > sum.txt');
  await room.reaches(untested, 'review');
  const { pieces } = await room.did('run.evidence', { id: untested });
  expect(pieces.find(({ part }) => part === 'tests')).toMatchObject({
    state: 'none',
    what: expect.stringContaining('No test command'),
  });

  const refused = await room.run('echo TOKEN=1 > .env');
  await room.reaches(refused, 'failed');
  expect(await states(refused)).toMatchObject({ steps: 'there', policy: 'there', diff: 'none' });
  const crashed = await room.run('exit 7');
  await room.reaches(crashed, 'failed');
  const looked = await room.run('echo TASK_STATE: DONE');
  await room.reaches(looked, 'completed');
  expect(await states(looked)).toMatchObject({ steps: 'there', diff: 'none' });
  const dry = await room.run('exit 1', { dryRun: true });
  await room.reaches(dry, 'completed');
  expect(await states(dry)).toMatchObject({ steps: 'none', output: 'none' });
  const task = await room.run('echo TASK_STATE: DONE', { runType: 'task' });
  await room.reaches(task, 'completed');
  const spent = await room.run('echo x >> sum.txt; echo TASK_STATE: CONTINUE', { maxSteps: 1 });
  await room.reaches(spent, 'timeout');
  expect(await states(spent)).toMatchObject({ steps: 'there', diff: 'there' });
  const asked = await room.run('echo TASK_STATE: BLOCKED: which one?');
  await room.reaches(asked, 'blocked');
  await room.did('run.stop', { id: asked });
  const draft = await room.did('run.create', {
    projectId: room.projectId,
    query: 'sudo it',
    shellCommand: 'true',
  });
  await room.did('run.reject', { id: draft.run.id });
  expect(await states(draft.run.id)).toMatchObject({ steps: 'none', diff: 'none', environment: 'none' });
  for (const id of [untested, refused, crashed, looked, dry, task, spent, asked, draft.run.id]) {
    const { complete, status, pieces: all } = await room.did('run.evidence', { id });
    expect(complete, `${status}: ${JSON.stringify(all)}`).toBe(true);
    await packed(id);
  }
});

test('what was cleared is named as missing, and the rest is still there', async () => {
  room = await createRuntimeRoom();
  const id = await room.run('echo 2 > sum.txt; echo TASK_STATE: DONE');
  const { run } = await room.reaches(id, 'review');
  await room.did('run.discard', { id, version: run.version });
  rmSync(join(room.dataDir, 'spool', id), { recursive: true });
  expect(await states(id)).toMatchObject({ output: 'missing', diff: 'there' });
  room.git('update-ref', '-d', `refs/homer/runs/${id}`);
  room.git('reflog', 'expire', '--expire=now', '--all');
  room.git('gc', '-q', '--prune=now');
  const { pieces, complete } = await room.did('run.evidence', { id });
  expect(complete).toBe(false);
  expect(pieces.find(({ part }) => part === 'diff')).toMatchObject({
    state: 'missing',
    what: 'Its commits are no longer in the repository of the project.',
  });
  const { manifest } = await packed(id);
  expect(manifest.files.map(({ path }) => path)).not.toContain('diff.patch');
});

test('a large output is streamed: memory does not grow with it, and a failed export leaves no file', async () => {
  room = await createRuntimeRoom();
  const id = await room.run('echo TASK_STATE: DONE');
  await room.reaches(id, 'completed');
  const folder = join(room.dataDir, 'spool', id, '9-9');
  mkdirSync(folder);
  const line = `${'a line of output that says little '.repeat(30)}\n`;
  writeFileSync(join(folder, 'stdout'), line.repeat(Math.ceil((48 * 1024 * 1024) / line.length)));
  writeFileSync(join(folder, 'stderr'), 'x'.repeat(8 * 1024 * 1024));
  let [most, grew] = [0, 0];
  const path = room.file('large.zip');
  const watch = setInterval(() => {
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    most = Math.max(most, heapUsed + arrayBuffers);
    if (existsSync(path)) grew = Math.max(grew, statSync(path).size);
  }, 5);
  const before = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  const { files } = await room.did('run.exportEvidence', { id, path });
  clearInterval(watch);
  expect(files.find((file) => file.path === 'output/9-9/stdout.txt')?.bytes).toBeGreaterThan(
    48 * 1024 * 1024 - 2_000,
  );
  expect(files.find((file) => file.path === 'output/9-9/stderr.txt')?.bytes).toBeLessThan(1_100_000);
  // Written while it is read: neither side is ever whole in memory.
  expect(grew).toBeGreaterThan(100_000);
  expect(most - before).toBeLessThan(180 * 1024 * 1024);
  const nowhere = room.file('not there/x.zip');
  expect(await room.call('run.exportEvidence', { id, path: nowhere })).toMatchObject({
    ok: false,
    error: { tag: 'export_failed' },
  });
  expect(existsSync(nowhere)).toBe(false);
});

test('the evidence of a workflow names every stage and what became of it', async () => {
  room = await createRuntimeRoom();
  const stages = [
    { id: 'one', command: 'echo 1 > one.txt' },
    { id: 'two', command: 'echo 2 > two.txt' },
    { id: 'check', needs: ['one', 'two'], command: 'cat one.txt two.txt > both.txt' },
  ];
  const id = await room.run('false', { runType: 'workflow', metadata: { stages } });
  await room.reaches(id, 'review');
  const { pieces, complete } = await room.did('run.evidence', { id });
  expect(complete).toBe(true);
  expect(pieces.find(({ part }) => part === 'stages')?.what).toMatch(/^3 of 3 stages passed: one passed/u);
  const { files } = await packed(id);
  const kept = JSON.parse(files['stages.json'] ?? '') as { stage: string; headCommit: string }[];
  expect(kept.map(({ stage }) => stage).sort()).toEqual(['check', 'one', 'two']);
  expect(files['diff.patch']).toContain('both.txt');
});
