import { expect, it } from 'vitest';
import { createRpcPeer, NO_METHOD } from './rpc-peer.ts';

function start() {
  const said: Record<string, unknown>[] = [];
  const peer = createRpcPeer({
    send: (line) => said.push(JSON.parse(line) as Record<string, unknown>),
    answer: (method) =>
      Promise.resolve(
        method === 'may'
          ? { ok: true, result: { decision: 'accept' } }
          : { ok: false, code: NO_METHOD, message: `There is no method ${method}.` },
      ),
  });
  return { said, peer };
}

it('gives each request its own answer, and a refusal with its words', async () => {
  const { said, peer } = start();
  const answers = [peer.request('a', {}), peer.request('b', { x: 1 }), peer.request('c', {})];
  expect(said.map(({ id, method }) => [id, method])).toEqual([
    [1, 'a'],
    [2, 'b'],
    [3, 'c'],
  ]);
  peer.receive('{"id":2,"error":{"code":-32600,"message":"Internal error","data":{"details":"no such b"}}}');
  peer.receive('{"jsonrpc":"2.0","id":1,"result":{"of":"a"}}');
  peer.receive('{"id":3}');
  expect(await Promise.all(answers)).toEqual([
    { ok: true, result: { of: 'a' } },
    { ok: false, code: -32_600, message: 'Internal error: no such b' },
    { ok: true, result: {} },
  ]);
});

it('answers what it is asked with the same id', async () => {
  const { said, peer } = start();
  expect(peer.receive('{"id":0,"method":"may","params":{"a":1}}')).toEqual({
    method: 'may',
    params: { a: 1 },
  });
  peer.receive('{"id":"x","method":"else"}');
  await new Promise((resolve) => setImmediate(resolve));
  expect(said).toEqual([
    { jsonrpc: '2.0', id: 0, result: { decision: 'accept' } },
    { jsonrpc: '2.0', id: 'x', error: { code: -32_601, message: 'There is no method else.' } },
  ]);
});

it('passes over what is no message, and tells whoever waits when nobody is there any more', async () => {
  const { said, peer } = start();
  for (const line of ['', 'hello', '[1]', '{"a":1}', '{', 'null']) expect(peer.receive(line)).toBeUndefined();
  const waits = peer.request('a', {});
  peer.close('It ended.');
  expect(await waits).toMatchObject({ ok: false, message: 'It ended.' });
  expect(await peer.request('b', {})).toMatchObject({ ok: false, message: 'It ended.' });
  peer.notify('c');
  expect(said).toHaveLength(1);
});
