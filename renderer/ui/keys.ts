/** Writes a key binding ("$mod+Shift+k", "g b") the way the reader's keyboard prints it. */
const MAC: Record<string, string> = { $mod: '⌘', Meta: '⌘', Control: '⌃', Alt: '⌥', Shift: '⇧' };
const OTHER: Record<string, string> = {
  $mod: 'Ctrl',
  Meta: 'Win',
  Control: 'Ctrl',
  Alt: 'Alt',
  Shift: 'Shift',
};
const NAMED: Record<string, string> = {
  Enter: '↵',
  Escape: 'Esc',
  Backspace: '⌫',
  Delete: 'Del',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Space: 'Space',
  BracketLeft: '[',
  BracketRight: ']',
  Period: '.',
  Slash: '/',
  Comma: ',',
};

export function isMac(platform: string = navigator.platform): boolean {
  return /mac|iphone|ipad/i.test(platform);
}

/** One string per press, so a sequence can be drawn as several caps. */
export function formatKeys(keys: string, mac: boolean = isMac()): string[] {
  return keys
    .trim()
    .split(/\s+/)
    .map((press) => {
      const parts = press.split('+');
      // A trailing "+" is the plus key itself.
      if (press.endsWith('+')) parts.splice(-2, 2, '+');
      const key = parts.pop() ?? '';
      // An optional modifier ("[Shift]+?") is how some layouts reach the key, not part of its name.
      const names = parts
        .filter((part) => !part.startsWith('['))
        .map((part) => (mac ? MAC[part] : OTHER[part]) ?? part);
      const last = NAMED[key] ?? (key.length === 1 ? key.toUpperCase() : key.replace(/^(Key|Digit)/, ''));
      return mac ? [...names, last].join('') : [...names, last].join('+');
    });
}
