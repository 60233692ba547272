import { expect, it } from 'vitest';
import { createCall } from './call.ts';

it('turns silence into a failure that says what to do', async () => {
  const call = createCall(() => Promise.reject(new TypeError('Failed to fetch')));
  expect(await call('overview.get', {})).toMatchObject({ ok: false, error: { tag: 'unreachable' } });
});

it('hands on a refusal as it came', async () => {
  const error = { tag: 'stale_version', message: 'It changed.', hint: 'Look again.' };
  const call = createCall(() => Promise.resolve({ ok: false, error }));
  expect(await call('goal.list', {})).toEqual({ ok: false, error });
});

it.each([[null], ['<html>'], [{}], [{ ok: true }], [{ ok: false, error: 'no' }], [{ ok: 'yes', value: [] }]])(
  'refuses %j, which is no answer of Homer',
  async (answer) => {
    const call = createCall(() => Promise.resolve(answer));
    expect(await call('goal.list', {})).toMatchObject({ ok: false, error: { tag: 'invalid_output' } });
  },
);
