import { createStore, type StoreApi } from 'zustand/vanilla';

export interface Entity {
  readonly id: string;
}
/** What is known of one kind of entity, by id. A component subscribes to its own id, so one change renders one row. */
export type Entities<T extends Entity> = StoreApi<{ readonly byId: ReadonlyMap<string, T> }>;

export function createEntities<T extends Entity>(): Entities<T> {
  return createStore(() => ({ byId: new Map<string, T>() }));
}

/** Keeps the very object where nothing changed, so that nothing renders. */
export function putEntities<T extends Entity>(store: Entities<T>, items: readonly T[]): void {
  const { byId } = store.getState();
  const changed = items.filter((item) => {
    const known = byId.get(item.id);
    return known === undefined || (known !== item && JSON.stringify(known) !== JSON.stringify(item));
  });
  if (changed.length === 0) return;
  const next = new Map(byId);
  for (const item of changed) next.set(item.id, item);
  store.setState({ byId: next });
}

export function dropEntities<T extends Entity>(store: Entities<T>, ids: readonly string[]): void {
  const { byId } = store.getState();
  if (!ids.some((id) => byId.has(id))) return;
  const next = new Map(byId);
  for (const id of ids) next.delete(id);
  store.setState({ byId: next });
}
