import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import type { ProposalDetail } from '../../preload/contract/proposal.ts';
import { createRuntimeRoom, tagged, type RuntimeRoom } from './runtime-room.ts';

let room: RuntimeRoom;
afterEach(() => room.dispose());

const PLAN = {
  steps: ['Change the sum'],
  effort: 'small',
  risk: 'low',
  files: ['sum.txt'],
  testCommand: '',
  costMicroUsd: null,
};

test('without a planner command the built-in template writes the plan', async () => {
  room = await createRuntimeRoom();
  const { id } = await approve('Template');
  const { proposal, plans } = await planned(id, 'idle');
  expect(proposal.plan?.steps.length).toBeGreaterThan(0);
  expect(plans[0]?.writtenBy).toContain('template');
});

test('a planner command gets the proposal on standard input and its last line is the plan', async () => {
  room = await createRuntimeRoom();
  const asked = room.file('asked');
  await planWith(`cat > '${asked}'; echo thinking; echo '${JSON.stringify(PLAN)}'`);
  const { id } = await approve('By command');
  const { proposal } = await planned(id, 'idle');
  expect(proposal.plan).toMatchObject({ risk: 'low', steps: ['Change the sum'] });
  expect(JSON.parse(readFileSync(asked, 'utf8'))).toMatchObject({
    task: 'plan',
    proposal: { title: 'By command' },
  });
});

test('a planner that answers nonsense or fails says so, and planning can be tried again', async () => {
  room = await createRuntimeRoom();
  await planWith('echo this is no plan');
  const { id } = await approve('Malformed');
  expect((await planned(id, 'failed')).proposal.planningError).toContain('is not a plan');
  await planWith('echo no model >&2; exit 3');
  await room.did('proposal.retryPlanning', { id });
  await room.until(async () =>
    ((await room.did('proposal.get', { id })).proposal.planningError ?? '').includes('exit code 3'),
  );
});

test.each(['cancelling', 'taking the approval back'])(
  '%s ends the planner and everything it started',
  async (how) => {
    room = await createRuntimeRoom();
    await planWith('(setsid sleep 60 &); sleep 60');
    const { id } = await approve('Cancelled');
    await room.until(() => tagged(`HOMER_TAG=${id}`).length >= 2);
    const [decision] = (await room.did('proposal.get', { id })).decisions;
    if (how === 'cancelling') await room.did('proposal.cancelPlanning', { id });
    else await room.did('inbox.undo', { id: decision?.id ?? '' });
    await room.until(() => tagged(`HOMER_TAG=${id}`).length === 0);
    const { proposal } = await room.did('proposal.get', { id });
    expect([proposal.stage, proposal.planning]).toEqual([how === 'cancelling' ? 'plan' : 'idea', 'idle']);
  },
);

test('a plan that was being written when Homer quit is written after the next start', async () => {
  room = await createRuntimeRoom();
  const go = room.file('go');
  await planWith(`[ -e '${go}' ] || sleep 60; echo '${JSON.stringify(PLAN)}'`);
  const { id } = await approve('Interrupted');
  await room.until(() => tagged(`HOMER_TAG=${id}`).length > 0);
  await room.stop();
  expect(tagged(`HOMER_TAG=${id}`)).toEqual([]);
  writeFileSync(go, '');
  await room.start();
  expect((await planned(id, 'idle')).plans).toHaveLength(1);
});

test('work of low risk with passing tests is applied by the rule of its project, and what is not waits for its owner', async () => {
  room = await createRuntimeRoom({ testCommand: 'true' });
  const { version } = await room.did('project.get', { id: room.projectId });
  await room.did('project.update', { id: room.projectId, version, settings: { autoApply: true } });
  for (const risk of ['low', 'high'] as const) {
    await planWith(`echo '${JSON.stringify({ ...PLAN, risk })}'`);
    const { id } = await approve(`Risk ${risk}`);
    const { proposal } = await planned(id, 'idle');
    const executed = await room.did('proposal.decide', {
      id,
      version: proposal.version,
      action: 'execute',
      execute: { shellCommand: `echo ${risk} > ${risk}.txt` },
    });
    const runId = executed.runs[0]?.id ?? '';
    const detail = await room.reaches(runId, risk === 'low' ? 'applied' : 'review');
    expect(detail.decisions.map(({ action, channel }) => `${action} by ${channel}`)).toEqual(
      risk === 'low' ? ['apply by rule'] : [],
    );
  }
  expect(room.git('ls-tree', '--name-only', 'main').split('\n')).toEqual(['low.txt', 'sum.txt']);
});

async function planWith(command: string): Promise<void> {
  await room.did('flag.set', { key: 'planner.command', value: command });
}

async function approve(title: string): Promise<{ id: string }> {
  const { proposal } = await room.did('proposal.create', { title, projectId: room.projectId });
  await room.did('proposal.decide', { id: proposal.id, version: proposal.version, action: 'approve' });
  return { id: proposal.id };
}

async function planned(id: string, state: 'idle' | 'failed'): Promise<ProposalDetail> {
  let detail = await room.did('proposal.get', { id });
  await room.until(async () => {
    detail = await room.did('proposal.get', { id });
    return detail.proposal.planning === state && (state === 'failed' || detail.plans.length > 0);
  });
  return detail;
}
