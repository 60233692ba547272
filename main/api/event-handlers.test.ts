import { afterEach, beforeEach, expect, it } from 'vitest';
import { intentEventName } from '../domain/intent/event-name.ts';
import { addProject } from '../store/testing/test-store.ts';
import { createTestApi, type TestApi } from './testing/test-api.ts';

let api: TestApi;
let projectId: string;
beforeEach(async () => {
  api = await createTestApi();
  projectId = api.store.write((write) => addProject(write));
});
afterEach(() => api.dispose());

const waitFor = async (event: string) =>
  (
    await api.did('intent.create', {
      projectId,
      query: 'Work',
      name: 'Waits',
      trigger: { type: 'event', event },
    })
  ).intent;

it('starts what waits for an event in the same breath, and the same key twice starts nothing', async () => {
  const { id } = await waitFor('upload');
  const fired = await api.did('event.fire', { name: 'upload', key: '1', payload: { file: 'a' } });
  expect(fired).toMatchObject({ fired: true, awaiting: 1, started: [{ intentId: id, number: 1 }] });
  expect(await api.did('event.fire', { name: 'upload', key: '1' })).toMatchObject({
    fired: false,
    started: [],
  });
  expect(await api.did('event.list', {})).toMatchObject([{ name: 'upload', key: '1', started: 1 }]);
});

it.each(['intent:x:completed', 'project:y:moved', 'no name', ''])('refuses the name %j', async (name) => {
  expect(await api.call('event.fire', { name })).toMatchObject({
    ok: false,
    error: { tag: 'invalid_input' },
  });
});

it('refuses a payload that is too large', async () => {
  expect(await api.call('event.fire', { name: 'x', payload: { text: 'x'.repeat(70_000) } })).toMatchObject({
    ok: false,
    error: { tag: 'invalid_input' },
  });
});

it('says in words what an intent waits for, and refuses a ring of intents', async () => {
  const first = await waitFor('go');
  const second = await waitFor(intentEventName(first.id, 'failed'));
  const { schedule } = await api.did('intent.get', { id: second.id });
  expect(schedule.words).toBe('When a run of “Waits” fails');
  const ring = { type: 'event' as const, event: intentEventName(second.id, 'ended') };
  for (const event of [ring, { type: 'event' as const, event: intentEventName(first.id, 'ended') }])
    expect(
      await api.call('intent.edit', { id: first.id, version: first.version, fields: { trigger: event } }),
    ).toMatchObject({ ok: false, error: { tag: 'event_cycle' } });
});
