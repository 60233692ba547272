import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { createRuntimeRoom, type RuntimeRoom } from './runtime-room.ts';

let room: RuntimeRoom;
afterEach(() => room.dispose());

const promptSeen = (file: string): string => `cat > '${file}'`;

test('a step whose tests fail is followed by another that is told why, and the result waits for review', async () => {
  room = await createRuntimeRoom({ testCommand: 'grep -q 2 sum.txt || { echo sum is wrong; exit 3; }' });
  const prompt = room.file('prompt');
  const id = await room.run(
    `if [ "$HOMER_STEP" = 1 ]; then echo x > note.txt; else ${promptSeen(prompt)}; echo 2 > sum.txt; fi; echo TASK_STATE: DONE`,
  );
  const { run, checkpoints } = await room.reaches(id, 'review');
  expect(run).toMatchObject({
    step: 2,
    filesChanged: 2,
    testBefore: { exitCode: 3 },
    testAfter: { exitCode: 0 },
  });
  expect(checkpoints.map(({ result }) => result)).toEqual(['tests fail', 'done']);
  expect(readFileSync(prompt, 'utf8')).toContain('sum is wrong');
  await room.did('run.apply', { id, version: run.version });
  expect(room.git('show', 'main:sum.txt')).toBe('2');
  expect(room.worktrees()).toEqual([]);
  const again = await room.call('run.apply', { id });
  expect(again).toMatchObject({ ok: false, error: { tag: 'illegal_transition' } });
});

test('a decision made on an old view of a run is refused and changes nothing', async () => {
  room = await createRuntimeRoom();
  const id = await room.run('echo 2 > sum.txt');
  const { run } = await room.reaches(id, 'review');
  for (const name of ['run.apply', 'run.discard', 'run.stop'] as const)
    expect(await room.call(name, { id, version: run.version - 1 })).toMatchObject({
      ok: false,
      error: { tag: 'stale_version' },
    });
  expect((await room.did('run.get', { id })).run.version).toBe(run.version);
  await room.did('run.discard', { id, version: run.version });
  expect(room.git('show', 'main:sum.txt')).toBe('1');
  expect(room.worktrees()).toEqual([]);
});

test('a run that changes nothing completes, and its worktree is gone with it', async () => {
  room = await createRuntimeRoom();
  const id = await room.run('echo looked; echo TASK_STATE: DONE');
  await room.reaches(id, 'completed');
  await room.until(() => room.worktrees().length === 0);
});

test('a change the policy forbids fails the run with its evidence, and applies nothing', async () => {
  room = await createRuntimeRoom();
  const id = await room.run('echo TOKEN=1 > .env; echo 2 > sum.txt');
  const { run, checkpoints } = await room.reaches(id, 'failed');
  expect(run.errorTag).toBe('policy_violation');
  expect(checkpoints[0]).toMatchObject({
    policyOk: false,
    policyViolations: [{ path: '.env' }],
    commit: null,
  });
  expect(run.headCommit).toBe(run.baseCommit);
});

test('a blocked agent asks, and goes on with the answer in its prompt, once', async () => {
  room = await createRuntimeRoom();
  const prompts = room.file('prompts');
  const id = await room.run(
    `cat >> '${prompts}'; if [ "$HOMER_STEP" = 1 ]; then echo 'TASK_STATE: BLOCKED: Which colour?'; elif [ "$HOMER_STEP" = 2 ]; then echo TASK_STATE: CONTINUE; fi`,
  );
  const { run } = await room.reaches(id, 'blocked');
  expect(run.question).toBe('Which colour?');
  await room.did('run.answer', { id, version: run.version, text: 'Deep green.' });
  expect((await room.reaches(id, 'completed')).run.step).toBe(3);
  expect(readFileSync(prompts, 'utf8').split('Deep green.')).toHaveLength(2);
});

test('pause waits for the safe point, even while tests run, and resuming goes on with the next step', async () => {
  room = await createRuntimeRoom();
  const [go, tests] = [room.file('go'), room.file('tests')];
  await setTests(`echo t >> '${tests}'; [ ! -e note.txt ] || until [ -e '${go}' ]; do sleep 0.05; done`);
  const id = await room.run(
    `echo $HOMER_STEP >> note.txt; [ "$HOMER_STEP" = 1 ] && echo TASK_STATE: CONTINUE`,
  );
  await room.reaches(id, 'validating');
  await room.did('run.pause', { id });
  writeFileSync(go, '');
  const { run } = await room.reaches(id, 'paused');
  expect(run.step).toBe(1);
  await room.did('run.resume', { id });
  await room.reaches(id, 'failed', 'review');
  const ended = (await room.events(id)).filter(({ type }) => type === 'child_ended');
  expect(ended).toHaveLength(2);
});

test('a pause that waits for its step is shown, and can be taken back until then', async () => {
  room = await createRuntimeRoom();
  const go = room.file('go');
  const id = await room.run(`until [ -e '${go}' ]; do sleep 0.05; done`, { query: 'Wait' });
  await room.reaches(id, 'running');
  await room.until(() => room.alive(id).length > 0);
  const asked = await room.did('run.pause', { id });
  expect(asked).toMatchObject({ run: { status: 'running' }, pausing: true });
  expect(asked.possible).toContain('resume');
  const back = await room.did('run.resume', { id });
  expect(back.pausing).toBe(false);
  expect(back.possible).not.toContain('resume');
  writeFileSync(go, '');
  await room.reaches(id, 'completed');
  expect((await room.events(id)).some(({ payload }) => payload['to'] === 'paused')).toBe(false);
});

test('pausing at once during tests keeps the turn: resuming tests it and does not run it again', async () => {
  room = await createRuntimeRoom();
  const [go, turns] = [room.file('go'), room.file('turns')];
  await setTests(`[ ! -e note.txt ] || until [ -e '${go}' ]; do sleep 0.05; done`);
  const id = await room.run(`echo turn >> '${turns}'; echo a > note.txt`);
  await room.reaches(id, 'validating');
  await room.until(async () => (await room.events(id)).some((event) => event.payload['when'] === 'after'));
  const paused = await room.did('run.pause', { id, now: true });
  expect(paused.run.status).toBe('paused');
  expect(room.alive(id)).toEqual([]);
  writeFileSync(go, '');
  await room.did('run.resume', { id });
  const { checkpoints } = await room.reaches(id, 'review');
  expect(readFileSync(turns, 'utf8')).toBe('turn\n');
  expect(checkpoints).toHaveLength(1);
});

test('pausing at once ends the turn; its directive goes with the turn that is taken again', async () => {
  room = await createRuntimeRoom();
  const [go, prompts] = [room.file('go'), room.file('prompts')];
  const id = await room.run(`cat >> '${prompts}'; until [ -e '${go}' ]; do sleep 0.05; done`, {
    query: 'Wait',
  });
  await room.did('run.directive', { id, text: 'Mind the gap.' });
  await room.reaches(id, 'running');
  await room.until(() => room.alive(id).length > 0);
  expect((await room.did('run.pause', { id, now: true })).run.status).toBe('paused');
  expect(room.alive(id)).toEqual([]);
  const before = readFileSync(prompts, 'utf8').split('Mind the gap.').length - 1;
  writeFileSync(go, '');
  await room.did('run.resume', { id });
  await room.reaches(id, 'completed');
  expect(readFileSync(prompts, 'utf8').split('Mind the gap.').length - 1).toBe(before + 1);
});

test('stop ends everything a run started, in a turn, in tests and in the set-up, before it says stopped', async () => {
  room = await createRuntimeRoom();
  const turn = await room.run('trap "" TERM; (setsid sleep 60 &) ; sleep 60');
  await room.until(() => room.alive(turn).length >= 3);
  expect((await room.did('run.stop', { id: turn })).run.status).toBe('stopped');
  expect(room.alive(turn)).toEqual([]);
  await setTests('[ ! -e note.txt ] || sleep 60');
  const tested = await room.run('echo a > note.txt');
  await room.reaches(tested, 'validating');
  expect((await room.did('run.stop', { id: tested })).run.status).toBe('stopped');
  expect(room.alive(tested)).toEqual([]);
  await update({ testCommand: '', setupCommand: 'sleep 60' });
  const setUp = await room.run('true');
  await room.until(() => room.alive(setUp).length > 0);
  expect((await room.did('run.stop', { id: setUp })).run.status).toBe('stopped');
  expect(room.alive(setUp)).toEqual([]);
  await room.until(() => room.worktrees().length === 0);
});

test('stopping a run that waits for its owner removes its worktree', async () => {
  room = await createRuntimeRoom();
  const id = await room.run('echo TASK_STATE: BLOCKED: why');
  await room.reaches(id, 'blocked');
  await room.did('run.stop', { id });
  expect(room.worktrees()).toEqual([]);
});

test('a run without progress, without budget or without a set-up ends and says which', async () => {
  room = await createRuntimeRoom({ testCommand: 'false' });
  const idle = await room.run('true');
  expect((await room.reaches(idle, 'failed')).run).toMatchObject({ errorTag: 'no_progress', step: 2 });
  const busy = await room.run('echo $HOMER_STEP > note.txt', { maxSteps: 2 });
  expect((await room.reaches(busy, 'timeout')).run).toMatchObject({ errorTag: 'budget_steps', step: 2 });
  await update({ setupCommand: 'exit 7' });
  const unset = await room.run('true');
  expect((await room.reaches(unset, 'failed')).run).toMatchObject({ errorTag: 'setup_failed', step: 0 });
  await update({ setupCommand: 'sleep 60', testTimeoutMs: 1_000 });
  const slow = await room.run('true');
  expect((await room.reaches(slow, 'failed')).run).toMatchObject({
    errorTag: 'setup_failed',
    error: expect.stringMatching(/^The setup command \(sleep 60\) did not end within 1 s\. \S/u),
  });
});

test('a dry run starts no agent and shows what it would have been told', async () => {
  room = await createRuntimeRoom();
  const id = await room.run('exit 9', { dryRun: true });
  await room.reaches(id, 'completed');
  const types = (await room.events(id)).map(({ type }) => type);
  expect(types).not.toContain('child_started');
  expect(JSON.stringify(await room.events(id))).toContain('Dry run: the agent was not started');
});

test('a workflow takes its stages in the order of their needs, and one with a cycle is refused', async () => {
  room = await createRuntimeRoom();
  const stage = (id: string, ...needs: string[]) => ({ id, needs, command: `echo ${id} >> order.txt` });
  const id = await room.run('true', {
    runType: 'workflow',
    metadata: { stages: [stage('check', 'code'), stage('code', 'plan'), stage('plan')] },
  });
  const { run } = await room.reaches(id, 'review');
  expect(room.git('show', `${run.headCommit ?? ''}:order.txt`)).toBe('plan\ncode\ncheck');
  const cyclic = await room.call('run.create', {
    projectId: room.projectId,
    query: 'Round',
    runType: 'workflow',
    metadata: { stages: [stage('a', 'b'), stage('b', 'a')] },
  });
  expect(cyclic).toMatchObject({ ok: false, error: { tag: 'invalid_stages' } });
});

test('requested changes are a new attempt that goes on from the work and reads the feedback', async () => {
  room = await createRuntimeRoom();
  const prompt = room.file('prompt');
  const id = await room.run(`${promptSeen(prompt)}; echo attempt $HOMER_ATTEMPT >> note.txt`);
  const { run } = await room.reaches(id, 'review');
  await room.did('run.requestChanges', { id, version: run.version, feedback: 'Once more, with feeling.' });
  const second = await room.reaches(id, 'review');
  expect(second.run.attempt).toBe(2);
  expect(readFileSync(prompt, 'utf8')).toContain('Once more, with feeling.');
  expect(room.git('show', `${second.run.headCommit ?? ''}:note.txt`)).toBe('attempt 1\nattempt 2');
});

test('a retry is attempt 2 of the same intent, and only of the newest attempt', async () => {
  room = await createRuntimeRoom();
  const id = await room.run('exit 4');
  const { run } = await room.reaches(id, 'failed');
  expect(run.errorTag).toBe('agent_crashed');
  const retried = await room.did('run.retry', { id });
  expect(retried.run).toMatchObject({ attempt: 2, retryOfRunId: id, intentId: run.intentId });
  expect(await room.call('run.retry', { id })).toMatchObject({ ok: false });
  await room.reaches(retried.run.id, 'failed');
});

test('letting everything go on resumes what pausing everything paused, and nothing the owner paused by hand', async () => {
  room = await createRuntimeRoom();
  const go = room.file('go');
  const wait = `until [ -e '${go}' ]; do sleep 0.05; done; [ "$HOMER_STEP" = 1 ] && echo TASK_STATE: CONTINUE`;
  const [mine, other] = [await room.run(wait), await room.run(wait)];
  await room.reaches(mine, 'running');
  await room.reaches(other, 'running');
  await room.did('run.pause', { id: mine });
  await room.did('worker.hold', { held: true });
  const late = await room.run('true');
  writeFileSync(go, '');
  await room.reaches(mine, 'paused');
  await room.reaches(other, 'paused');
  expect((await room.did('run.get', { id: late })).run.status).toBe('queued');
  await room.did('worker.hold', { held: false });
  await room.reaches(other, 'completed', 'failed');
  await room.reaches(late, 'completed');
  expect((await room.did('run.get', { id: mine })).run.status).toBe('paused');
});

test('letting everything go on before a run reached its safe point takes the request back', async () => {
  room = await createRuntimeRoom();
  const go = room.file('go');
  const id = await room.run(
    `until [ -e '${go}' ]; do sleep 0.05; done; [ "$HOMER_STEP" = 1 ] && echo TASK_STATE: CONTINUE; true`,
  );
  await room.reaches(id, 'running');
  await room.did('worker.hold', { held: true });
  await room.did('worker.hold', { held: false });
  writeFileSync(go, '');
  await room.reaches(id, 'completed');
});

async function setTests(testCommand: string): Promise<void> {
  await update({ testCommand });
}

async function update(settings: {
  testCommand?: string;
  setupCommand?: string;
  testTimeoutMs?: number;
}): Promise<void> {
  const { version } = await room.did('project.get', { id: room.projectId });
  await room.did('project.update', { id: room.projectId, version, settings });
}
