import { isMac } from '../../ui/keys.ts';

export interface Press {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
}

const modifiers = new Set([
  'Shift',
  'Control',
  'Alt',
  'AltGraph',
  'Meta',
  'CapsLock',
  'Fn',
  'Dead',
  'Unidentified',
  'Process',
]);

/** A press as a binding is written; undefined while only modifiers are held, null for keys that move or confirm everywhere. */
export function pressOf(press: Press, mac: boolean = isMac()): string | null | undefined {
  const { key, code, ctrlKey, altKey, shiftKey, metaKey } = press;
  if (modifiers.has(key)) return undefined;
  const chord = ctrlKey || metaKey || altKey;
  if (key === 'Tab' || (!chord && (key === 'Enter' || key === 'Escape'))) return null;
  const held = [
    ...((mac ? metaKey : ctrlKey) ? ['$mod'] : []),
    ...(mac && ctrlKey ? ['Control'] : []),
    ...(!mac && metaKey ? ['Meta'] : []),
    ...(altKey ? ['Alt'] : []),
  ];
  const one = Array.from(key).length === 1;
  if (!one) return [...held, ...(shiftKey ? ['Shift'] : []), key].join('+');
  // What Alt types, and letters of other alphabets, differ by layout: their place on the keyboard does not. Neither do digits under Shift.
  const byPlace = altKey || key === ' ' || key === '+' || key > '~' || (shiftKey && /^Digit/u.test(code));
  if (byPlace && code !== '') return [...held, ...(shiftKey ? ['Shift'] : []), code].join('+');
  if (/^[a-z]$/iu.test(key)) return [...held, ...(shiftKey ? ['Shift'] : []), key.toLowerCase()].join('+');
  // A sign may need Shift on one layout and not on another.
  return [...held, ...(shiftKey ? ['[Shift]'] : []), key].join('+');
}
