import { afterEach, beforeEach, expect, it } from 'vitest';
import type { InputOf } from '../../preload/contract/operations.ts';
import { smallPlan } from './testing/notice-bench.ts';
import { createTestApi, type TestApi } from './testing/test-api.ts';

let api: TestApi;
beforeEach(async () => {
  api = await createTestApi();
});
afterEach(() => api.dispose());

type Action = InputOf<'proposal.decide'>['action'];
const create = async (): Promise<string> =>
  (await api.did('proposal.create', { title: 'Mend the parser' })).proposal.id;
const at = async (id: string) => (await api.did('proposal.get', { id })).proposal;
/** Gives the id of the decision. */
const decide = async (id: string, action: Action): Promise<string> => {
  api.clock.advance(60_000);
  const { version } = await at(id);
  const reason = action === 'reject' ? 'Not now.' : undefined;
  const { decisions } = await api.did('proposal.decide', {
    id,
    version,
    action,
    ...(reason ? { reason } : {}),
  });
  return decisions.at(-1)?.id ?? '';
};
const planned = async (): Promise<string> => {
  const id = await create();
  await decide(id, 'approve');
  await api.did('proposal.editPlan', { id, version: (await at(id)).version, plan: smallPlan });
  return id;
};
const undo = (id: string) => api.call('inbox.undo', { id });

it('takes an approval back: an idea again, as old as it was, and its plan is no longer written', async () => {
  const id = await create();
  const before = await at(id);
  const decision = await decide(id, 'approve');
  expect(await undo(decision)).toEqual({
    ok: true,
    value: { key: `proposal:${id}`, stage: 'idea', planningEnded: true },
  });
  expect(await at(id)).toMatchObject({ stage: 'idea', planning: 'idle', stageSince: before.stageSince });
  expect(
    (await api.did('proposal.get', { id })).decisions.map(({ action, channel }) => [action, channel]),
  ).toEqual([
    ['approve', 'dashboard'],
    ['take_back', 'dashboard'],
  ]);
});

it.each(['skip', 'reject', 'more_details'] as const)('after %s a plan is a plan again', async (action) => {
  const id = await planned();
  const before = await at(id);
  const decision = await decide(id, action);
  expect((await at(id)).stage).not.toBe('plan');
  expect(await undo(decision)).toMatchObject({ ok: true, value: { stage: 'plan', planningEnded: false } });
  expect(await at(id)).toMatchObject({ stage: 'plan', plan: smallPlan, stageSince: before.stageSince });
});

it('takes back one decision after the other, the last first', async () => {
  const id = await create();
  const details = await decide(id, 'details');
  const generate = await decide(id, 'generate_plan');
  expect(await undo(details)).toMatchObject({ error: { tag: 'not_undoable' } });
  expect(await undo(generate)).toMatchObject({ value: { stage: 'research', planningEnded: true } });
  expect(await undo(generate)).toMatchObject({ error: { tag: 'not_undoable' } });
  expect(await undo(details)).toMatchObject({ value: { stage: 'idea', planningEnded: false } });
});

it('says what was decided since, and changes nothing', async () => {
  const id = await create();
  const approve = await decide(id, 'approve');
  await decide(id, 'skip');
  const events = api.events();
  expect(await undo(approve)).toMatchObject({
    error: {
      tag: 'not_undoable',
      message: expect.stringMatching(/Since then it was skipped by you in the dashboard at/u),
    },
  });
  expect(api.events()).toBe(events);
});

it('does not take back what started a run', async () => {
  const { id: projectId } = await api.did('project.add', { path: api.repository.path });
  const id = await planned();
  await api.did('proposal.update', { id, version: (await at(id)).version, fields: { projectId } });
  const { version } = await at(id);
  const { decisions } = await api.did('proposal.decide', {
    id,
    version,
    action: 'execute',
    execute: { executor: 'shell', shellCommand: 'true' },
  });
  expect(await undo(decisions.at(-1)?.id ?? '')).toMatchObject({ error: { tag: 'not_undoable' } });
  expect(await at(id)).toMatchObject({ stage: 'approved' });
});

it('does not offer the way back as a decision', async () => {
  const id = await planned();
  const { possible } = await api.did('proposal.get', { id });
  expect(possible).toEqual(['skip', 'reject', 'suggest', 'more_details', 'execute']);
  const { version } = await at(id);
  const reply = await api.call('proposal.decide', { id, version, action: 'back_to_idea' as Action });
  expect(reply).toMatchObject({ error: { tag: 'invalid_input' } });
});
