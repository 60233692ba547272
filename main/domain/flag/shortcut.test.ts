import { expect, test } from 'vitest';
import { shortcutSchema } from './shortcut.ts';

test.each(['', 'Control+Alt+H', 'CommandOrControl+Shift+Space', 'Super+F12'])('takes %j', (shortcut) => {
  expect(shortcutSchema.safeParse(shortcut).success).toBe(true);
});

test.each([
  'H',
  'Shift+H',
  'Control',
  'Control+Control+H',
  'control+h',
  'Control+é',
  'Control++',
  'nonsense',
])('refuses %j, which would take a key from every program or means nothing', (shortcut) => {
  expect(shortcutSchema.safeParse(shortcut).success).toBe(false);
});
