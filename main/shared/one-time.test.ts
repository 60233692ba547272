import { expect, test } from 'vitest';
import { createManualClock } from './clock.ts';
import { createIds } from './ids.ts';
import { createOneTime } from './one-time.ts';

function make() {
  const clock = createManualClock();
  return { clock, offers: createOneTime<string>({ ids: createIds(clock), clock, ttlMs: 1_000 }) };
}

test('a token names what it decides and is good once', () => {
  const { offers } = make();
  const token = offers.offer('p1', 'approve', 'approve p1');
  expect(token).toMatch(/^tdec:p1:approve:[0-9a-f]{8}$/u);
  expect(offers.redeem(token)).toEqual({ ok: true, value: 'approve p1' });
  expect(offers.redeem(token)).toMatchObject({ ok: false, error: { tag: 'already_decided' } });
});

test('using one button uses up the others of the same item, and no others', () => {
  const { offers } = make();
  const [approve, skip] = [offers.offer('p1', 'approve', 'a'), offers.offer('p1', 'skip', 's')];
  const other = offers.offer('p2', 'approve', 'b');
  offers.redeem(approve);
  expect(offers.redeem(skip)).toMatchObject({ error: { tag: 'already_decided' } });
  expect(offers.redeem(other)).toMatchObject({ ok: true });
});

test('a token that is too old is refused, and one from another start is not known', () => {
  const { clock, offers } = make();
  const token = offers.offer('p1', 'approve', 'a');
  clock.advance(1_001);
  expect(offers.redeem(token)).toMatchObject({ error: { tag: 'expired' } });
  expect(make().offers.redeem(token)).toMatchObject({ error: { tag: 'unknown_token' } });
});

test('an offer made for a later version of the same item works after the first was used', () => {
  const { offers } = make();
  offers.redeem(offers.offer('p1', 'approve', 'version 1'));
  expect(offers.redeem(offers.offer('p1', 'execute', 'version 2'))).toMatchObject({ value: 'version 2' });
});
