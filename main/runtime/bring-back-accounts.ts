import type { Clock } from '../shared/clock.ts';
import { listCooledDown, transitionAccount } from '../store/account-store.ts';
import type { Store } from '../store/store.ts';

/** Accounts whose cooldown is over go back to work. */
export function bringBackAccounts(store: Store, clock: Clock): void {
  const ids = store.read((read) => listCooledDown(read, clock.iso()));
  if (ids.length === 0) return;
  store.write((write) => {
    for (const id of ids) transitionAccount(write, id, 'reset', 'runtime');
  });
}
