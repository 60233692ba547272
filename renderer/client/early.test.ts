import { expect, test } from 'vitest';
import { createEarlyCarrier } from './early.ts';

const answer = (seq: number) => ({ ok: true, value: { seq } });
const early = (board: number) =>
  new Map([
    ['overview.get {}', Promise.resolve({ came: answer(7) })],
    ['proposal.board {"limit":24}', Promise.resolve({ came: answer(board) })],
  ]);
const carried = (name: string) => Promise.resolve(`asked for ${name}`);

test('gives the first who asks the same what was asked before it, and asks for the next', async () => {
  const carry = createEarlyCarrier(early(7), carried);
  expect(await carry('overview.get', {})).toEqual(answer(7));
  expect(await carry('overview.get', {})).toBe('asked for overview.get');
  expect(await carry('proposal.board', { limit: 3 })).toBe('asked for proposal.board');
  expect(await carry('proposal.board', { limit: 24 })).toEqual(answer(7));
});

test('asks again for what was read before the sequence that the live stream goes on from', async () => {
  const carry = createEarlyCarrier(early(6), carried);
  await carry('overview.get', {});
  expect(await carry('proposal.board', { limit: 24 })).toBe('asked for proposal.board');
});

test('asks again where nothing came back', async () => {
  const lost = new Map([['overview.get {}', Promise.resolve({ lost: new TypeError('Failed to fetch') })]]);
  expect(await createEarlyCarrier(lost, carried)('overview.get', {})).toBe('asked for overview.get');
});
