// The tray glyph, drawn on a grid of 16. The shape alone tells the state, since menu bars show it in one colour.
const walls =
  '<path d="M2.5 13.5V6.6L8 2.2l5.5 4.4v6.9" fill="none" stroke="INK" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>';

/** What stands in the house: an ember, a flame, a call, two bars, a cross. */
const inside = {
  idle: '<circle cx="8" cy="11.6" r="1.15" fill="INK"/>',
  running: '<path d="M8 6.1c1.9 2.2 3 3.5 3 5a3 3 0 0 1-6 0c0-1.5 1.1-2.8 3-5z" fill="INK"/>',
  'needs-you':
    '<path d="M8 6.5v3.6" stroke="INK" stroke-width="2.1" stroke-linecap="round"/><circle cx="8" cy="13" r="1.3" fill="INK"/>',
  paused: '<path d="M6.3 8.2v5M9.7 8.2v5" stroke="INK" stroke-width="1.8" stroke-linecap="round"/>',
  error:
    '<path d="M5.9 8.4l4.2 4.6M10.1 8.4l-4.2 4.6" stroke="INK" stroke-width="1.7" stroke-linecap="round"/>',
};

export type TrayShape = keyof typeof inside;
export const trayStates = Object.keys(inside) as TrayShape[];

/** One glyph in one ink. */
export function trayGlyph(state: TrayShape, ink: string): string {
  const body = (walls + inside[state]).replaceAll('INK', ink);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">${body}</svg>`;
}
