/** A tick, a switch and a choice of few keep Enter to themselves; with Ctrl or ⌘ it belongs to the dialog or form around them. */
export function passChord(event: {
  readonly metaKey: boolean;
  readonly ctrlKey: boolean;
  preventBaseUIHandler: () => void;
}): void {
  if (event.metaKey || event.ctrlKey) event.preventBaseUIHandler();
}
