import { expect, it } from 'vitest';
import { createCliSession } from '../testing/cli-session.ts';
import { sampleId } from '../testing/samples.ts';

it('lists proposals by the filter of the board, and refuses what is no value of it', async () => {
  const session = createCliSession();
  const filter = ['--priority', 'urgent, high', '--waits', 'you', '--risk', 'none', '--goal', 'none'];
  await session.run(['proposal', 'list', '--project', 'other', ...filter, '--stage', 'plan']);
  const input = { priority: ['urgent', 'high'], waits: ['you'], risk: ['none'], goal: ['none'] };
  expect(session.standIn.reached.at(-1)).toMatchObject({
    name: 'proposal.list',
    input: { ...input, project: [sampleId(2)], stage: 'plan' },
  });
  await session.run(['proposal', 'list', ...filter]);
  expect(session.standIn.reached.at(-1)).toMatchObject({ name: 'proposal.board', input });

  const { code, err } = await session.run(['proposal', 'list', '--priority', 'urgent,soon']);
  expect(code).toBe(2);
  expect(err).toContain('Possible: urgent, high, normal, low.');
  expect((await session.run(['proposal', 'list', '--stage', 'archived', '--age', 'day'])).out).toBe(
    'No proposal matches.\n',
  );
});
