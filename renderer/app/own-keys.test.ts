import { expect, it } from 'vitest';
import { createActionRegistry, type Action, type OwnKeys } from './actions.ts';
import { keyHintsOf } from './key-hints-of.ts';
import { createPreferences } from './preferences.ts';

const action = (id: string, keys: Action['keys'], scope: Action['scope'] = 'view'): Action => ({
  id,
  title: id,
  group: 'Test',
  scope,
  keys,
  run: () => undefined,
});

function open() {
  const listeners = new Set<() => void>();
  let shortcuts: OwnKeys = {};
  const registry = createActionRegistry({
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => ({ shortcuts }),
  });
  const hints = keyHintsOf(registry);
  return {
    registry,
    hints,
    choose(next: OwnKeys) {
      shortcuts = next;
      for (const listener of listeners) listener();
    },
  };
}

it('puts chosen keys in the place of those an action comes with, and hints follow', () => {
  const { registry, hints, choose } = open();
  registry.register([action('board.approve', 'a'), action('board.reject', 'r')]);
  expect(hints.shown('a', 'page')).toBe('a');
  choose({ 'board.approve': ['r'], 'board.reject': [] });
  expect(registry.find('board.approve')?.keys).toEqual(['r']);
  expect(hints.shown('@board.approve', 'page')).toBe('r');
  expect(hints.shown('a', 'page')).toBe('r');
  expect(hints.shown('r', 'page')).toBeUndefined();
  choose({});
  expect(hints.shown('r', 'page')).toBe('r');
});

it('leaves hints in a dialog alone, where the keys of the page do nothing', () => {
  const { registry, hints, choose } = open();
  registry.register([action('run.approve', '$mod+Enter'), action('run.retry.confirm', 'y', 'dialog')]);
  choose({ 'run.approve': ['m'], 'run.retry.confirm': ['q'] });
  expect(hints.shown('$mod+Enter', 'page')).toBe('m');
  expect(hints.shown('$mod+Enter', 'dialog')).toBe('$mod+Enter');
  expect(hints.shown('y', 'dialog')).toBe('q');
});

it('keeps chosen keys over a restart, and drops what is no key', () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  };
  const root = { removeAttribute: () => undefined, setAttribute: () => undefined } as unknown as HTMLElement;
  createPreferences(storage, root).set({ shortcuts: { 'go.board': ['g x'], 'shell.palette': [] } });
  expect(createPreferences(storage, root).snapshot().shortcuts).toEqual({
    'go.board': ['g x'],
    'shell.palette': [],
  });
  for (const shortcuts of [{ a: ['(x'] }, { a: 'x' }, ['x'], { a: ['x y z'] }]) {
    kept.set('homer.preferences', JSON.stringify({ shortcuts }));
    expect(createPreferences(storage, root).snapshot().shortcuts).toEqual({});
  }
});

it('takes up what another window of Homer chose, and writes over none of it', () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  };
  const root = { removeAttribute: () => undefined, setAttribute: () => undefined } as unknown as HTMLElement;
  const window = new EventTarget() as Window;
  const here = createPreferences(storage, root, window);
  createPreferences(storage, root).set({ shortcuts: { 'go.board': ['g x'] } });
  window.dispatchEvent(Object.assign(new Event('storage'), { key: 'homer.preferences' }));
  here.set({ singleKeys: false });
  expect(createPreferences(storage, root).snapshot()).toMatchObject({
    singleKeys: false,
    shortcuts: { 'go.board': ['g x'] },
  });
});
