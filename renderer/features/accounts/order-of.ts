import type { OutputOf } from '../../../preload/contract/operations.ts';

type Account = Pick<OutputOf<'account.list'>[number], 'id' | 'executor' | 'place'>;

/** The accounts of one executor by id after one was moved up (-1) or down (1) among them; undefined where it cannot go further. */
export function movedOrder(accounts: readonly Account[], id: string, by: -1 | 1): string[] | undefined {
  const executor = accounts.find((account) => account.id === id)?.executor;
  const ids = accounts.filter((account) => account.executor === executor).map((account) => account.id);
  const from = ids.indexOf(id);
  const other = ids[from + by];
  if (from < 0 || other === undefined) return undefined;
  ids[from + by] = id;
  ids[from] = other;
  return ids;
}

/** Those of another executor stay as they stand. */
export function withAccounts<T extends Account>(
  known: readonly T[],
  executor: string,
  changed: readonly T[],
): T[] {
  const first = known.findIndex((account) => account.executor === executor);
  const others = known.filter((account) => account.executor !== executor);
  return first < 0 ? [...known, ...changed] : [...others.slice(0, first), ...changed, ...others.slice(first)];
}
