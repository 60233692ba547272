import { z } from 'zod';

const modifiers = ['Control', 'Alt', 'Shift', 'Super', 'Command', 'CommandOrControl', 'Option'];
const keys =
  /^(?:[A-Z0-9]|F(?:[1-9]|1\d|2[0-4])|Space|Tab|Home|End|PageUp|PageDown|Insert|Up|Down|Left|Right)$/u;

/**
 * A global shortcut in Electron's words. A single key would take that key away from every other program, and Shift alone with a
 * letter is a capital: one of the other modifiers has to be held.
 */
export const shortcutSchema = z.string().refine((text) => {
  if (text === '') return true;
  const words = text.split('+');
  const key = words.pop() ?? '';
  return (
    keys.test(key) &&
    words.some((word) => word !== 'Shift') &&
    words.every((word) => modifiers.includes(word)) &&
    new Set(words).size === words.length
  );
}, 'Give a modifier and a key, such as Control+Alt+H.');
