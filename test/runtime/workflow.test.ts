import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import type { RunDetail } from '../../preload/contract/run.ts';
import { createRuntimeRoom, type RuntimeRoom } from './runtime-room.ts';

let room: RuntimeRoom;
afterEach(() => room.dispose());

interface Stage {
  id: string;
  command: string;
  needs?: string[];
  steps?: number;
  role?: string;
  executor?: string;
}

const stage = (id: string, command: string, ...needs: string[]): Stage => ({ id, command, needs });

const workflow = (stages: Stage[], more: { maxSteps?: number; dryRun?: boolean } = {}): Promise<string> =>
  room.run('false', { runType: 'workflow', metadata: { stages: stages as never }, ...more });

const statuses = ({ stages }: RunDetail): Record<string, string> =>
  Object.fromEntries(stages.map((it) => [it.stage, it.status]));

/** What a process was started with; empty for one that has ended. */
function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${String(pid)}/environ`, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return '';
    throw error;
  }
}

/** Waits until both have begun, so that neither gets by unless the other works at the same time. */
const meet = (mine: string, other: string): string =>
  `touch '${room.file(mine)}'; for i in $(seq 100); do [ -e '${room.file(other)}' ] && break; sleep 0.05; done; [ -e '${room.file(other)}' ] || exit 9`;

test('a diamond works side by side, each stage in a worktree of its own, and is joined and tested as one', async () => {
  room = await createRuntimeRoom({ testCommand: 'echo t >> "$HOMER_PROJECT_PATH/../tests"; true' });
  const [where, prompt] = [room.file('where'), room.file('prompt')];
  const note = `pwd >> '${where}'`;
  const id = await workflow([
    stage('ship', `${note}; cat > '${prompt}'; cat a.txt b.txt > both.txt`, 'a', 'b'),
    stage('a', `${note}; ${meet('a', 'b')}; cat plan.txt > a.txt; echo a >> a.txt; echo "wrote a"`, 'plan'),
    stage('b', `${note}; ${meet('b', 'a')}; echo b > b.txt`, 'plan'),
    { ...stage('plan', `${note}; echo plan > plan.txt; echo "First a, then b."`), role: 'planner' },
  ]);
  const detail = await room.reaches(id, 'review');
  const { run } = detail;
  const head = run.headCommit ?? '';
  expect(room.git('show', `${head}:both.txt`)).toBe('plan\na\nb');
  expect(statuses(detail)).toEqual({ plan: 'passed', a: 'passed', b: 'passed', ship: 'passed' });
  expect(new Set(readFileSync(where, 'utf8').trim().split('\n')).size).toBe(4);
  expect(readFileSync(prompt, 'utf8')).toContain('# What stage a said\n\nwrote a');
  expect(room.git('rev-parse', run.branch ?? '')).toBe(head);
  expect(run).toMatchObject({ filesChanged: 4, testAfter: { exitCode: 0 } });
  // Nothing of the owner's was touched.
  expect(room.git('status', '--porcelain')).toBe('');
  expect(room.git('rev-parse', 'main')).toBe(run.baseCommit);
  const events = await room.events(id);
  for (const type of [
    'step_started',
    'child_started',
    'output',
    'policy_checked',
    'checkpoint',
    'file_change',
  ])
    expect(
      new Set(events.filter((event) => event.type === type).map(({ payload }) => payload['stage'])),
    ).toContain('a');
  expect(
    events.filter(({ type }) => type === 'stage_started').map(({ payload }) => payload['stage'])[0],
  ).toBe('plan');
  await room.did('run.apply', { id, version: run.version });
  expect(room.git('show', 'main:both.txt')).toBe('plan\na\nb');
  await room.until(() => room.worktrees().length === 0);
  expect(room.git('branch', '--list', 'homer/*')).toBe('');
});

test('no more stages work at a time than the setting allows', async () => {
  room = await createRuntimeRoom();
  await room.did('flag.set', { key: 'runtime.max_parallel_stages', value: '1' });
  const count = room.file('count');
  const one = `echo + >> '${count}'; sleep 0.1; echo - >> '${count}'`;
  const id = await workflow([stage('a', one), stage('b', one), stage('c', one)]);
  await room.reaches(id, 'completed');
  expect(readFileSync(count, 'utf8').replaceAll('\n', '')).toBe('+-+-+-');
});

/** Waits until this many turns have written their line. */
const begun = (file: string, count: number): Promise<void> =>
  room.until(() => existsSync(file) && readFileSync(file, 'utf8').split('\n').length > count);

const conflicting = (last = 'cat sum.txt > seen.txt'): Stage[] => [
  stage('left', 'echo left > sum.txt; echo l > l.txt'),
  stage(
    'right',
    'cat > prompt.txt; if [ -e l.txt ]; then echo both > sum.txt; else echo right > sum.txt; fi; echo r > r.txt',
  ),
  stage('end', last, 'left', 'right'),
];

test('a conflict blocks with the files named, and "take" keeps them as one stage left them', async () => {
  room = await createRuntimeRoom();
  const id = await workflow(conflicting());
  const { run, choices } = await room.reaches(id, 'blocked');
  expect(choices.map(({ text }) => text)).toEqual(['take left', 'take right', 'retry left', 'retry right']);
  expect(run.question).toMatch(/Stage end joins left and right.* sum\.txt\..*“take left” or “take right”/u);
  await room.did('run.answer', { id, version: run.version, text: 'take right' });
  const detail = await room.reaches(id, 'review');
  expect(detail.choices).toEqual([]);
  const head = detail.run.headCommit ?? '';
  expect(room.git('show', `${head}:seen.txt`)).toBe('right');
  expect(room.git('show', `${head}:l.txt`)).toBe('l');
  // Nothing was worked twice for it.
  expect((await room.events(id)).filter(({ type }) => type === 'child_ended')).toHaveLength(3);
});

test('a conflict answered with "retry" does that stage again on the work of the other, and is told why', async () => {
  room = await createRuntimeRoom();
  const id = await workflow(conflicting());
  const { run } = await room.reaches(id, 'blocked');
  await room.did('run.answer', { id, version: run.version, text: 'retry right' });
  const detail = await room.reaches(id, 'review');
  const head = detail.run.headCommit ?? '';
  expect(room.git('show', `${head}:seen.txt`)).toBe('both');
  expect(room.git('show', `${head}:prompt.txt`)).toContain('changed the same lines of sum.txt');
  expect(detail.stages.find((it) => it.stage === 'right')).toMatchObject({ tries: 2, onto: ['left'] });
});

test('a conflict in the result is asked about as well, and words of the owner go to the stage that does not fit', async () => {
  room = await createRuntimeRoom();
  const id = await workflow(conflicting().slice(0, 2));
  const { run } = await room.reaches(id, 'blocked');
  expect(run.question).toContain('The result of the run joins left and right');
  await room.did('run.directive', { id, text: 'Say both of them.' });
  const head = (await room.reaches(id, 'review')).run.headCommit ?? '';
  expect(room.git('show', `${head}:sum.txt`)).toBe('both');
  expect(room.git('show', `${head}:prompt.txt`)).toContain('Say both of them.');
});

test('a stage that asks waits while others go on, and only its own next turn reads the answer', async () => {
  room = await createRuntimeRoom();
  const [asks, other] = [room.file('asks'), room.file('other')];
  const id = await workflow([
    stage(
      'asks',
      `cat >> '${asks}'; grep -q Blue '${asks}' && { echo blue > colour.txt; exit; }; echo 'TASK_STATE: BLOCKED: Which colour?'`,
    ),
    stage('other', `cat >> '${other}'; echo o > o.txt`),
    stage('after', `cat >> '${other}'; echo a > a.txt`, 'other'),
  ]);
  const blocked = await room.reaches(id, 'blocked');
  expect(blocked.run.question).toBe('Stage asks asks: Which colour?');
  expect(statuses(blocked)).toEqual({ asks: 'blocked', other: 'passed', after: 'passed' });
  await room.did('run.answer', { id, version: blocked.run.version, text: 'Blue, please.' });
  const { run } = await room.reaches(id, 'review');
  expect(room.git('show', `${run.headCommit ?? ''}:colour.txt`)).toBe('blue');
  expect(readFileSync(other, 'utf8')).not.toContain('Blue');
});

test('when a stage fails its siblings finish, what needs it is not started, and a retry goes on from what passed', async () => {
  room = await createRuntimeRoom();
  const [turns, mended] = [room.file('turns'), room.file('mended')];
  const note = (id: string): string => `echo ${id} >> '${turns}'`;
  const id = await workflow([
    stage('good', `${note('good')}; sleep 0.5; echo g > g.txt`),
    stage('bad', `${note('bad')}; [ -e '${mended}' ] || exit 4; echo b > b.txt`),
    stage('end', `${note('end')}; cat g.txt b.txt > end.txt`, 'good', 'bad'),
  ]);
  const failed = await room.reaches(id, 'failed');
  expect(failed.run).toMatchObject({
    errorTag: 'agent_crashed',
    error: expect.stringContaining('Stage bad'),
  });
  expect(statuses(failed)).toEqual({ good: 'passed', bad: 'failed', end: 'skipped' });
  await room.until(() => room.worktrees().length === 0);
  writeFileSync(mended, '');
  const again = await room.did('run.retry', { id });
  const { run } = await room.reaches(again.run.id, 'review');
  expect(room.git('show', `${run.headCommit ?? ''}:end.txt`)).toBe('g\nb');
  expect(readFileSync(turns, 'utf8').trim().split('\n').sort()).toEqual(['bad', 'bad', 'end', 'good']);
});

test('a stage that breaks the policy fails the run and nothing of it is joined', async () => {
  room = await createRuntimeRoom();
  const id = await workflow([stage('a', 'echo x > .env'), stage('b', 'echo b > b.txt')]);
  const { run } = await room.reaches(id, 'failed');
  expect(run.errorTag).toBe('policy_violation');
  expect(run.headCommit).toBe(run.baseCommit);
});

test('tests that fail on the joined work fail the run though each stage passed', async () => {
  room = await createRuntimeRoom({ testCommand: '[ ! -e a.txt ] || [ ! -e b.txt ]' });
  const id = await workflow([stage('a', 'echo a > a.txt'), stage('b', 'echo b > b.txt')]);
  const detail = await room.reaches(id, 'failed');
  expect(detail.run).toMatchObject({ errorTag: 'tests_failed', testAfter: { exitCode: 1 } });
  expect(detail.checkpoints.map((it) => [it.stage, it.test?.exitCode])).toEqual(
    expect.arrayContaining([
      ['a', 0],
      ['b', 0],
      ['', 1],
    ]),
  );
});

test('stop ends every stage with all it started before it says stopped', async () => {
  room = await createRuntimeRoom();
  const stubborn = 'trap "" TERM; (setsid sleep 60 &) ; sleep 60';
  const id = await workflow([stage('a', stubborn), stage('b', stubborn)]);
  await room.until(() => room.alive(id).length >= 6);
  const stopped = await room.did('run.stop', { id });
  expect(stopped.run.status).toBe('stopped');
  expect(room.alive(id)).toEqual([]);
  expect(statuses(stopped)).toEqual({ a: 'skipped', b: 'skipped' });
  await room.until(() => room.worktrees().length === 0);
});

test('a pause lets the turns end and starts no other; resuming goes on with the rest', async () => {
  room = await createRuntimeRoom();
  const [go, turns] = [room.file('go'), room.file('turns')];
  const wait = (id: string): string =>
    `echo ${id} >> '${turns}'; until [ -e '${go}' ]; do sleep 0.05; done; echo ${id} > ${id}.txt`;
  const id = await workflow([stage('a', wait('a')), stage('b', wait('b')), stage('c', wait('c'), 'a', 'b')]);
  await begun(turns, 2);
  await room.did('run.pause', { id });
  writeFileSync(go, '');
  const paused = await room.reaches(id, 'paused');
  expect(statuses(paused)).toEqual({ a: 'passed', b: 'passed', c: 'pending' });
  await room.did('run.resume', { id });
  await room.reaches(id, 'review');
  expect(readFileSync(turns, 'utf8').trim().split('\n').sort()).toEqual(['a', 'b', 'c']);
});

test('pausing at once ends the turns, and resuming takes those steps again', async () => {
  room = await createRuntimeRoom();
  const [go, turns] = [room.file('go'), room.file('turns')];
  const wait = (id: string): string =>
    `echo ${id}$HOMER_STEP >> '${turns}'; until [ -e '${go}' ]; do sleep 0.05; done; echo ${id} > ${id}.txt`;
  const id = await workflow([stage('a', wait('a')), stage('b', wait('b'))]);
  await begun(turns, 2);
  expect((await room.did('run.pause', { id, now: true })).run.status).toBe('paused');
  expect(room.alive(id)).toEqual([]);
  writeFileSync(go, '');
  await room.did('run.resume', { id });
  await room.reaches(id, 'review');
  const taken = readFileSync(turns, 'utf8').trim().split('\n');
  expect(new Set(taken).size).toBe(2);
  expect(taken).toHaveLength(4);
});

test('the budget holds over all stages together, and says which figure ended it', async () => {
  room = await createRuntimeRoom();
  const steps = await workflow([stage('a', 'true'), stage('b', 'true', 'a'), stage('c', 'true', 'b')], {
    maxSteps: 2,
  });
  expect((await room.reaches(steps, 'timeout')).run.errorTag).toBe('budget_steps');
  const talk = `for i in $(seq 200); do echo '{"homer":"usage","tokensIn":10,"tokensOut":0}'; sleep 0.02; done`;
  const id = await room.run('false', {
    runType: 'workflow',
    metadata: { stages: [stage('a', talk), stage('b', talk)] as never },
    maxTokens: 200,
  });
  const detail = await room.reaches(id, 'timeout');
  expect(detail.run.errorTag).toBe('budget_tokens');
  expect(detail.spent.attempt.tokens).toBeGreaterThanOrEqual(200);
  expect(detail.spent.attempt.tokens).toBeLessThan(1_000);
  expect(room.alive(id)).toEqual([]);
});

test('quitting lets the agents of all stages go on, and the next start takes each up where it is', async () => {
  room = await createRuntimeRoom();
  const [go, turns] = [room.file('go'), room.file('turns')];
  const wait = (id: string): string =>
    `echo ${id} >> '${turns}'; until [ -e '${go}' ]; do sleep 0.05; done; echo ${id} > ${id}.txt`;
  const id = await workflow([
    stage('a', wait('a')),
    stage('b', wait('b')),
    stage('c', 'cat a.txt b.txt > c.txt', 'a', 'b'),
  ]);
  await begun(turns, 2);
  await room.stop();
  expect(room.alive(id).length).toBeGreaterThanOrEqual(2);
  await room.start();
  await room.reaches(id, 'running');
  writeFileSync(go, '');
  const { run } = await room.reaches(id, 'review');
  expect(readFileSync(turns, 'utf8').trim().split('\n').sort()).toEqual(['a', 'b']);
  expect(run.recoveries).toBe(0);
  expect(room.git('show', `${run.headCommit ?? ''}:c.txt`)).toBe('a\nb');
});

test('a stage whose agent is gone without a result is taken again, counted, while the other goes on', async () => {
  room = await createRuntimeRoom();
  const [go, turns] = [room.file('go'), room.file('turns')];
  const wait = (id: string): string =>
    `echo ${id} >> '${turns}'; until [ -e '${go}' ]; do sleep 0.05; done; echo ${id} > ${id}.txt`;
  const id = await workflow([stage('a', wait('a')), stage('b', wait('b'))]);
  await begun(turns, 2);
  await room.stop();
  for (const pid of room.alive(id))
    if (environmentOf(pid).includes(`HOMER_TAG=${id}:1:1\0`)) process.kill(pid, 'SIGKILL');
  await room.start();
  writeFileSync(go, '');
  const { run } = await room.reaches(id, 'review');
  expect(run.recoveries).toBe(1);
  expect(run.filesChanged).toBe(2);
});

test('requested changes are another attempt of all stages on the work that is there', async () => {
  room = await createRuntimeRoom();
  const id = await workflow([
    stage('a', 'cat >> prompt-a.txt; echo $HOMER_ATTEMPT >> a.txt'),
    stage('b', 'echo $HOMER_ATTEMPT >> b.txt'),
  ]);
  const { run } = await room.reaches(id, 'review');
  await room.did('run.requestChanges', { id, version: run.version, feedback: 'Once more.' });
  const second = await room.reaches(id, 'review');
  const head = second.run.headCommit ?? '';
  expect(room.git('show', `${head}:a.txt`)).toBe('1\n2');
  expect(room.git('show', `${head}:b.txt`)).toBe('1\n2');
  expect(room.git('show', `${head}:prompt-a.txt`)).toContain('Once more.');
  expect(second.spent.attempt.steps).toBeLessThan(second.spent.total.steps);
});
