import { expect, it } from 'vitest';
import { createActionRegistry, type Action } from './actions.ts';

const action = (id: string, scope: Action['scope'], extra: Partial<Action> = {}): Action => ({
  id,
  title: id,
  group: 'Test',
  scope,
  run: () => undefined,
  ...extra,
});

it('lists the innermost scope first', () => {
  const registry = createActionRegistry();
  registry.register([action('global', 'global'), action('list', 'list'), action('view', 'view')]);
  expect(registry.snapshot().map(({ id }) => id)).toEqual(['list', 'view', 'global']);
});

it('lets a later action stand in for one of the same id, and brings the first back', () => {
  const registry = createActionRegistry();
  registry.register([action('run.stop', 'view', { title: 'Stop' })]);
  const remove = registry.register([action('run.stop', 'view', { title: 'Stop this run' })]);
  expect(registry.find('run.stop')?.title).toBe('Stop this run');
  remove();
  expect(registry.find('run.stop')?.title).toBe('Stop');
});

it('tells its listeners, and hands out the same list until something changes', () => {
  const registry = createActionRegistry();
  let told = 0;
  const unsubscribe = registry.subscribe(() => (told += 1));
  const before = registry.snapshot();
  expect(registry.snapshot()).toBe(before);
  const remove = registry.register([action('a', 'view')]);
  expect(registry.snapshot()).not.toBe(before);
  unsubscribe();
  remove();
  expect(told).toBe(1);
});
