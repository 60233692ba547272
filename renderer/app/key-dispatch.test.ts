import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createActionRegistry } from './actions.ts';
import { connectKeys } from './key-dispatch.ts';

/** As much of a window as keys need. */
function createWindow(): Window & typeof globalThis {
  const target = new EventTarget();
  const parts = {
    document: { querySelector: () => null },
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
  };
  return Object.assign(target, parts) as unknown as Window & typeof globalThis;
}

beforeEach(() => {
  vi.useFakeTimers();
  class Nothing extends EventTarget {}
  for (const name of [
    'Element',
    'HTMLElement',
    'HTMLTextAreaElement',
    'HTMLInputElement',
    'HTMLSelectElement',
  ])
    vi.stubGlobal(name, Nothing);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function open() {
  const window = createWindow();
  const registry = createActionRegistry();
  const done: string[] = [];
  const action = (id: string, keys: string, scope: 'global' | 'view') => ({
    id,
    title: id,
    group: 'Test',
    scope,
    keys,
    run: () => void done.push(id),
  });
  registry.register([action('schedule', 'g s', 'global')]);
  connectKeys(window, registry, { singleKeys: () => true });
  return {
    done,
    comes: () => registry.register([action('snooze', 's', 'view')]),
    press(key: string) {
      const more = { key, code: `Key${key.toUpperCase()}`, getModifierState: () => false };
      window.dispatchEvent(Object.assign(new Event('keydown', { cancelable: true }), more));
    },
  };
}

it('ends a sequence as it was begun, though a view with keys of its own comes up in the middle', () => {
  const { press, comes, done } = open();
  press('g');
  comes();
  press('s');
  expect(done).toEqual(['schedule']);
  vi.advanceTimersByTime(1);
  press('s');
  expect(done).toEqual(['schedule', 'snooze']);
});

it('hears the keys of a view that came in the middle of a sequence which nobody ended', () => {
  const { press, comes, done } = open();
  press('g');
  comes();
  vi.advanceTimersByTime(1_001);
  press('s');
  expect(done).toEqual(['snooze']);
});
