import { expect, test } from 'vitest';
import { operations } from '../../../preload/contract/operations.ts';
import { shortcutOf } from './shortcut-of.ts';

const press = (code: string, ...held: string[]) => ({
  code,
  ctrlKey: held.includes('ctrl'),
  altKey: held.includes('alt'),
  shiftKey: held.includes('shift'),
  metaKey: held.includes('meta'),
});

test.each([
  [press('KeyH', 'ctrl', 'alt'), 'Control+Alt+H'],
  [press('Digit5', 'alt', 'shift'), 'Alt+Shift+5'],
  [press('F12', 'meta'), 'Super+F12'],
  [press('ArrowUp', 'ctrl'), 'Control+Up'],
])('turns a press into %s, which the setting takes', (pressed, shortcut) => {
  expect(shortcutOf(pressed)).toBe(shortcut);
  expect(operations['host.quickShortcut'].input.safeParse({ shortcut }).success).toBe(true);
});

test.each([press('KeyH'), press('KeyH', 'shift'), press('Quote', 'ctrl'), press('ControlLeft', 'ctrl')])(
  'takes no shortcut from a press that would cost every program a key',
  (pressed) => {
    expect(shortcutOf(pressed)).toBeUndefined();
  },
);
