const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34 } as const;
export type Style = keyof typeof codes;

/** Colours text, or leaves it as it is where colour is off. */
export type Paint = (style: Style, text: string) => string;

export function createPaint(enabled: boolean): Paint {
  return (style, text) => (enabled && text !== '' ? `\u001b[${String(codes[style])}m${text}\u001b[0m` : text);
}
