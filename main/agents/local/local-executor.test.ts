import { expect, it } from 'vitest';
import { createSystemClock } from '../../shared/clock.ts';
import { unwrap } from '../../shared/result.ts';
import { orderIn } from '../testing/test-room.ts';
import { createLocalExecutor } from './local-executor.ts';

const executor = (endpoints: string[] = []) =>
  createLocalExecutor({
    env: {},
    clock: createSystemClock(),
    settings: () => ({ baseUrl: 'http://127.0.0.1:1', model: '', contextTokens: 0, endpoints }),
    launch: () => ({ ok: true, value: { program: '/bin/true', args: [] } }),
    sessions: '/sessions',
  });
const addressOf = (baseUrl: string | null, env: Record<string, string> = {}): unknown => {
  const account = { id: 'a', label: 'Desk', env: {}, home: null, baseUrl };
  const order = { ...orderIn('/work', ''), executor: 'local', account };
  const { files } = unwrap(executor().command(order, { folder: '/turn', env }));
  return (JSON.parse(files[0]?.text ?? '{}') as { baseUrl?: string }).baseUrl;
};

it("works at the address of the account, before the host's own and the settings'", () => {
  const env = { HOMER_LOCAL_BASE_URL: 'http://127.0.0.1:2' };
  expect(addressOf('http://10.0.0.8:8000/v1', env)).toBe('http://10.0.0.8:8000/v1');
  expect(addressOf(null, env)).toBe('http://127.0.0.1:2/v1');
  expect(addressOf(null)).toBe('http://127.0.0.1:1/v1');
});

it('is there once an account has an endpoint, without asking any', async () => {
  const room = { env: {}, ask: () => Promise.resolve(null) };
  expect(await executor(['http://10.0.0.8:8000/v1']).detect(room)).toMatchObject({
    found: true,
    usable: true,
    path: 'http://10.0.0.8:8000/v1',
  });
  expect(await executor().detect(room)).toMatchObject({ found: false, usable: false });
});
