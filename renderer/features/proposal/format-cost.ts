import { once } from '../../ui/once.ts';

const money = once(() => new Intl.NumberFormat('en', { style: 'currency', currency: 'USD' }));

/** Millionths of a US dollar as "$0.90". */
export function formatCost(microUsd: number): string {
  return money().format(microUsd / 1_000_000);
}
