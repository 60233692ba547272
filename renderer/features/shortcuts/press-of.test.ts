import { expect, it } from 'vitest';
import { pressOf, type Press } from './press-of.ts';

const press = (key: string, code: string, held: Partial<Press> = {}): Press => ({
  key,
  code,
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  metaKey: false,
  ...held,
});

it.each([
  ['a letter', press('n', 'KeyN'), 'n'],
  ['a letter with Shift', press('N', 'KeyN', { shiftKey: true }), 'Shift+n'],
  ['the chord of this system', press('k', 'KeyK', { ctrlKey: true }), '$mod+k'],
  ['a letter with Alt by its place, whatever it types', press('å', 'KeyA', { altKey: true }), 'Alt+KeyA'],
  ['a letter of another alphabet by its place', press('ф', 'KeyA'), 'KeyA'],
  ['a digit under Shift by its place', press('!', 'Digit1', { shiftKey: true }), 'Shift+Digit1'],
  ['a sign that needs Shift here, with and without it', press('?', 'Slash', { shiftKey: true }), '[Shift]+?'],
  ['an arrow', press('ArrowUp', 'ArrowUp', { altKey: true }), 'Alt+ArrowUp'],
  ['the space bar', press(' ', 'Space'), 'Space'],
  ['the plus key', press('+', 'BracketRight'), 'BracketRight'],
])('writes %s', (_, pressed, binding) => {
  expect(pressOf(pressed, false)).toBe(binding);
});

it('tells Command and Control apart on a Mac', () => {
  expect(pressOf(press('k', 'KeyK', { metaKey: true }), true)).toBe('$mod+k');
  expect(pressOf(press('k', 'KeyK', { ctrlKey: true }), true)).toBe('Control+k');
});

it('waits while modifiers alone are held, and leaves Enter, Tab and Escape what they are', () => {
  expect(pressOf(press('Shift', 'ShiftLeft', { shiftKey: true }), false)).toBeUndefined();
  for (const key of ['Enter', 'Tab', 'Escape']) expect(pressOf(press(key, key), false)).toBeNull();
  expect(pressOf(press('Enter', 'Enter', { ctrlKey: true }), false)).toBe('$mod+Enter');
});
