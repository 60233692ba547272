import { isMac } from '../../ui/keys.ts';

const places: Readonly<Record<string, string>> = {
  bracketleft: '[',
  bracketright: ']',
  period: '.',
  slash: '/',
  comma: ',',
  semicolon: ';',
  quote: "'",
  backquote: '`',
  backslash: '\\',
  minus: '-',
  equal: '=',
};

/** The presses of a binding in one spelling each, so that "Shift+L", "Shift+l" and "Shift+KeyL" are the same. */
export function pressesOf(binding: string, mac: boolean = isMac()): readonly string[] {
  return binding.split(' ').map((press) => {
    const parts = press.split(/(?<=[\w\]])\+/u);
    const key = (parts.pop() ?? '').toLowerCase().replace(/^(?:key|digit)(?=.$)/u, '');
    const held = parts
      .filter((part) => !part.startsWith('['))
      .map((part) => (part === '$mod' ? (mac ? 'Meta' : 'Control') : part))
      .toSorted();
    return [...held, places[key] ?? key].join('+');
  });
}

/** How two bindings stand to each other: the same, or one begins (or plainly ends) the other, so that both cannot be pressed. */
export function compareKeys(a: string, b: string): 'same' | 'overlaps' | 'apart' {
  const left = pressesOf(a);
  const right = pressesOf(b);
  if (left.join(' ') === right.join(' ')) return 'same';
  const [short, long] = left.length < right.length ? [left, right] : [right, left];
  return short.length < long.length && short.every((press, at) => long[at] === press) ? 'overlaps' : 'apart';
}
