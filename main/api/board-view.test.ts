import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestApi, type TestApi } from './testing/test-api.ts';

let api: TestApi;
beforeEach(async () => {
  api = await createTestApi();
});
afterEach(() => api.dispose());

it('keeps a view of the board under its name, and one of them as the default', async () => {
  const mine = await api.did('boardView.create', {
    name: ' What waits for me ',
    filter: { waits: ['you'], search: 'parser' },
    lanes: 'goal',
    isDefault: true,
  });
  expect(mine).toMatchObject({ name: 'What waits for me', version: 1, isDefault: true, lanes: 'goal' });
  const risky = await api.did('boardView.create', {
    name: 'Risky',
    filter: { risk: ['high'] },
    isDefault: true,
  });
  expect(await api.did('boardView.list', {})).toEqual([risky, { ...mine, isDefault: false }]);
  const renamed = await api.did('boardView.update', { id: mine.id, version: 1, fields: { name: 'Mine' } });
  expect(renamed).toMatchObject({ name: 'Mine', version: 2, filter: mine.filter });
  await api.did('boardView.remove', { id: risky.id, version: 1 });
  expect((await api.did('boardView.list', {})).map(({ name }) => name)).toEqual(['Mine']);
});

it('refuses a second view of one name, a view that changed meanwhile, and a field that is no filter', async () => {
  const { id } = await api.did('boardView.create', { name: 'Mine' });
  const refused = async (name: Parameters<typeof api.call>[0], input: never): Promise<unknown> =>
    ((await api.call(name, input)) as { error?: { tag: string } }).error?.tag;
  expect(await refused('boardView.create', { name: 'mine' } as never)).toBe('name_taken');
  await api.did('boardView.update', { id, version: 1, fields: { lanes: 'project' } });
  expect(await refused('boardView.update', { id, version: 1, fields: { name: 'Other' } } as never)).toBe(
    'stale_version',
  );
  expect(await refused('boardView.remove', { id, version: 1 } as never)).toBe('stale_version');
  expect(await refused('boardView.create', { name: 'Odd', filter: { risk: ['huge'] } } as never)).toBe(
    'invalid_input',
  );
  expect(await api.did('boardView.list', {})).toHaveLength(1);
});

it('says on the board how many a stage should hold at most, and refuses nothing for it', async () => {
  await api.did('flag.set', { key: 'board.limit_idea', value: '1' });
  for (const title of ['One', 'Two']) await api.did('proposal.create', { title });
  const { columns } = await api.did('proposal.board', { search: 'One' });
  expect(columns[0]).toMatchObject({ stage: 'idea', count: 1, whole: 2, limit: 1 });
  expect(columns[1]).toMatchObject({ whole: 0, limit: null });
});
