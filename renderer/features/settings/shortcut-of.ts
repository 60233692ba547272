interface Press {
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
}

const named: Readonly<Record<string, string>> = {
  Space: 'Space',
  Home: 'Home',
  End: 'End',
  PageUp: 'PageUp',
  PageDown: 'PageDown',
  Insert: 'Insert',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
};

/** A press in the words of a global shortcut, by the key's place and not its letter; undefined when it cannot be one. */
export function shortcutOf(press: Press): string | undefined {
  const { code } = press;
  const key =
    /^Key([A-Z])$/u.exec(code)?.[1] ??
    /^Digit(\d)$/u.exec(code)?.[1] ??
    (/^F\d{1,2}$/u.test(code) ? code : named[code]);
  if (key === undefined || !(press.ctrlKey || press.altKey || press.metaKey)) return undefined;
  return [
    press.ctrlKey ? 'Control' : '',
    press.altKey ? 'Alt' : '',
    press.shiftKey ? 'Shift' : '',
    press.metaKey ? 'Super' : '',
    key,
  ]
    .filter((word) => word !== '')
    .join('+');
}
