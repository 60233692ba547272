import { expect, it } from 'vitest';
import { movedOrder, withAccounts } from './order-of.ts';

const account = (id: string, executor = 'claude') => ({ id, executor, place: null });
const list = [account('a'), account('b'), account('x', 'codex'), account('c')];

it('moves an account among those of its executor, and not past their ends', () => {
  expect(movedOrder(list, 'b', -1)).toEqual(['b', 'a', 'c']);
  expect(movedOrder(list, 'b', 1)).toEqual(['a', 'c', 'b']);
  expect(movedOrder(list, 'a', -1)).toBeUndefined();
  expect(movedOrder(list, 'x', 1)).toBeUndefined();
  expect(movedOrder(list, 'gone', 1)).toBeUndefined();
});

it('puts what was answered in its place in the list', () => {
  const changed = [account('b'), account('a')];
  const known = [account('z', 'amp'), account('a'), account('b'), account('x', 'codex')];
  expect(withAccounts(known, 'claude', changed).map(({ id }) => id)).toEqual(['z', 'b', 'a', 'x']);
});
