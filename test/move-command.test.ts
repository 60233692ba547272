import { expect, it } from 'vitest';
import { createTestApi } from '../main/api/testing/test-api.ts';
import { createDirectConnection } from '../main/headless/client/direct-connection.ts';
import { createCliSession } from '../main/headless/testing/cli-session.ts';
import { ok } from '../main/shared/result.ts';
import { addProject } from '../main/store/testing/test-store.ts';

// One planned time of an intent, moved from the command line through the real handlers.
it('moves the next time of an intent, or several in a row, takes it back as it says, and refuses what is unclear', async () => {
  const api = await createTestApi();
  const session = createCliSession({
    connect: () =>
      Promise.resolve(
        ok(
          createDirectConnection({
            dispatch: api.dispatch,
            live: session.standIn.live,
            close: () => Promise.resolve(),
          }),
        ),
      ),
  });
  api.clock.advance(Date.parse('2026-03-23T09:00:00.000Z') - api.clock.now());
  const projectId = api.store.write((write) => addProject(write));
  const trigger = { type: 'interval', everyMs: 3_600_000 } as const;
  const { id } = (await api.did('intent.create', { projectId, name: 'Hourly', query: 'Look.', trigger }))
    .intent;
  const next = async (): Promise<string[]> =>
    (await api.did('intent.get', { id })).schedule.next.slice(0, 3).map(({ at }) => at.slice(11, 16));
  const move = (...rest: string[]) => session.run(['intent', 'move', 'Hourly', ...rest]);

  const { code, out } = await move('--later', '30m');
  expect(code).toBe(0);
  expect(out).toMatch(/^Moved Hourly to 2026-03-23T10:30:00\.000Z\. Next: /u);
  expect(await next()).toEqual(['10:30', '11:00', '12:00']);
  const back = /homer (intent move .+)$/mu.exec(out)?.[1]?.split(' ') ?? [];
  expect((await session.run(back)).code).toBe(0);
  expect(await next()).toEqual(['10:00', '11:00', '12:00']);

  const two = ['--time', '2026-03-23T10:00Z', '--through', '2026-03-23T11:00Z'];
  const many = await move(...two, '--to', '2026-03-23T10:15Z', '--json');
  expect(JSON.parse(many.out)).toMatchObject({
    schedule: { next: [{ movedFrom: '2026-03-23T10:00:00.000Z' }, {}, {}, {}, {}] },
  });
  expect(await next()).toEqual(['10:15', '11:15', '12:00']);

  expect((await move()).err).toContain('Say where it moves.');
  expect((await move('--later', '1h', '--earlier', '1h')).err).toContain('It moves to one time.');
  expect((await move('--later', '5h')).err).toContain('moves no further than its neighbours');
  expect((await move('--later', 'soon')).code).toBe(2);
  await api.dispose();
});
