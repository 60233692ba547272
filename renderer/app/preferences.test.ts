import { expect, it } from 'vitest';
import { createPreferences } from './preferences.ts';

it('shows the density on the page as soon as it is there, and takes nonsense for the default', () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  };
  const shown = new Map<string, string>();
  const root = {
    removeAttribute: (name: string) => shown.delete(name),
    setAttribute: (name: string, value: string) => shown.set(name, value),
  } as unknown as HTMLElement;
  createPreferences(storage, root).set({ density: 'compact' });
  shown.clear();
  expect(createPreferences(storage, root).snapshot().density).toBe('compact');
  expect(shown.get('data-density')).toBe('compact');
  createPreferences(storage, root).set({ density: 'default' });
  expect(shown.has('data-density')).toBe(false);
  kept.set('homer.preferences', JSON.stringify({ density: 'toString' }));
  expect(createPreferences(storage, root).snapshot().density).toBe('default');
});
