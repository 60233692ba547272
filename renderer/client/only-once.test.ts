import { expect, test } from 'vitest';
import { onlyOnce } from './only-once.ts';
import type { Run } from './send-command.ts';

test('a form that is sent twice in a row sends once, and can be sent again after the answer', async () => {
  const sent: unknown[] = [];
  let answer = (): void => undefined;
  const send = onlyOnce((async (_name: string, input: unknown) => {
    sent.push(input);
    await new Promise<void>((resolve) => (answer = resolve));
    return { ok: true, value: null };
  }) as unknown as Run);
  const input = { title: 'Say what it means', content: '', projectId: null, goalId: null };
  const first = send('proposal.create', input);
  expect(await send('proposal.create', { ...input })).toMatchObject({
    ok: false,
    error: { tag: 'under_way' },
  });
  const other = send('proposal.create', { ...input, title: 'Another' });
  answer();
  await other;
  expect(sent).toHaveLength(2);
  void send('proposal.create', { ...input, title: 'Another' });
  expect(sent).toHaveLength(3);
  void first;
});
