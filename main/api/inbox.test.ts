import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from './testing/test-api.ts';

let api: TestApi;
beforeEach(async () => {
  api = await createTestApi();
});
afterEach(() => api.dispose());

const idea = async (title = 'Cache the index') => {
  await api.did('proposal.create', { title });
  const { items } = await api.did('inbox.list', {});
  const item = items.find((each) => each.title === title);
  if (!item) throw new Error('The idea is not in the inbox.');
  return item;
};
/** A run that the risk gate holds back. */
const draft = async () => {
  const { id: projectId } = await api.did('project.add', { path: api.repository.path });
  await api.did('run.create', {
    projectId,
    query: 'npm install left-pad',
    shellCommand: 'npm install left-pad',
  });
  const [item] = (await api.did('inbox.list', {})).items;
  if (item?.kind !== 'draft') throw new Error('The run was not held.');
  return item;
};

describe('snoozing', () => {
  it('takes a run out of the inbox, shows it among the snoozed, and brings it back', async () => {
    const { key, version, entityId } = await draft();
    await api.did('inbox.snooze', { key, version, for: 'hour' });
    expect(await api.did('inbox.list', {})).toMatchObject({ total: 0, snoozed: 1 });
    expect(await api.did('inbox.snoozed', {})).toMatchObject({
      total: 1,
      items: [{ key, entityId, kind: 'draft', snoozedUntil: '2026-01-01T01:00:00.000Z' }],
    });
    await api.did('inbox.unsnooze', { key, version });
    expect(await api.did('inbox.list', {})).toMatchObject({ total: 1, snoozed: 0 });
  });

  it('ends when the run changes', async () => {
    const { key, version, entityId } = await draft();
    await api.did('inbox.snooze', { key, version, for: 'tomorrow' });
    await api.did('run.approve', { id: entityId, version });
    expect(await api.did('inbox.list', {})).toMatchObject({ snoozed: 0 });
  });

  it('refuses a version that was not shown, a time that has passed, and what does not wait', async () => {
    const { key, version } = await idea();
    const refused = (input: Parameters<typeof api.call<'inbox.snooze'>>[1]) =>
      api.call('inbox.snooze', input);
    expect(await refused({ key, version: version + 1, for: 'hour' })).toMatchObject({
      error: { tag: 'stale_version' },
    });
    expect(await refused({ key, version, until: '2025-01-01T00:00:00.000Z' })).toMatchObject({
      error: { tag: 'invalid_input' },
    });
    expect(await refused({ key, version })).toMatchObject({ error: { tag: 'invalid_input' } });
    await api.did('inbox.decide', { key, version, kind: 'idea', action: 'skip' });
    expect(await refused({ key, version, for: 'hour' })).toMatchObject({ error: { tag: 'not_waiting' } });
  });
});

describe('deciding on an item', () => {
  it('decides once, and tells the second what was decided, by whom and where', async () => {
    const { key, version } = await idea();
    await api.did('inbox.decide', { key, version, kind: 'idea', action: 'approve' });
    const second = await api.call('inbox.decide', { key, version, kind: 'idea', action: 'skip' });
    expect(second).toMatchObject({
      ok: false,
      error: {
        tag: 'stale_version',
        message: expect.stringMatching(/^This was approved by you in the dashboard at/u),
      },
    });
  });

  it('refuses what is no choice on its kind', async () => {
    const { key, version } = await idea();
    for (const [kind, action] of [
      ['idea', 'execute'],
      ['draft', 'approve'],
    ] as const)
      expect(await api.call('inbox.decide', { key, version, kind, action })).toMatchObject({
        error: { tag: 'not_decidable' },
      });
  });

  it('approves a held run, and records it', async () => {
    const { key, version, entityId } = await draft();
    await api.did('inbox.decide', { key, version, kind: 'draft', action: 'approve' });
    expect(await api.did('run.get', { id: entityId })).toMatchObject({
      run: { status: 'queued' },
      decisions: [{ action: 'approve' }],
    });
  });
});

describe('what was done', () => {
  it('is listed newest first, and undone while it can be', async () => {
    const first = await idea('Cache the index');
    await api.did('inbox.decide', { ...pick(first), kind: 'idea', action: 'skip' });
    api.clock.advance(1_000);
    const second = await idea('Retry on 429');
    await api.did('inbox.decide', { ...pick(second), kind: 'idea', action: 'approve' });
    const done = await api.did('inbox.done', {});
    expect(done.map(({ title, action, undo }) => [title, action, undo])).toEqual([
      ['Retry on 429', 'approve', 'take_back'],
      ['Cache the index', 'skip', 'take_back'],
    ]);
    const id = done[1]?.id ?? '';
    await api.did('inbox.undo', { id });
    expect((await api.did('inbox.list', {})).items.map(({ title }) => title)).toEqual(['Cache the index']);
    expect(await api.call('inbox.undo', { id })).toMatchObject({ error: { tag: 'not_undoable' } });
  });
});

function pick({ key, version }: { key: string; version: number }): { key: string; version: number } {
  return { key, version };
}
