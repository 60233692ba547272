import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rowHeights } from './density.ts';

type Rgb = readonly [number, number, number];
type Theme = 'light' | 'dark';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const [main = '', alternative = ''] = css.split("[data-diff='blue-orange']");

function oklchToLinear(l: number, c: number, h: number): Rgb {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
}

function parse(source: string): Record<Theme, Map<string, Rgb>> {
  const found = { light: new Map<string, Rgb>(), dark: new Map<string, Rgb>() };
  const pair = /--color-([\w-]+):\s*light-dark\(\s*oklch\(([^)/]+)\),\s*oklch\(([^)/]+)\)\s*\)/g;
  for (const [, name = '', light = '', dark = ''] of source.matchAll(pair)) {
    const read = (text: string): Rgb => {
      const [l = NaN, c = NaN, h = NaN] = text.trim().split(/\s+/).map(Number);
      return oklchToLinear(l, c, h);
    };
    found.light.set(name, read(light));
    found.dark.set(name, read(dark));
  }
  return found;
}

// What the screen shows is rounded to 8 bits per channel, so contrast is computed from that.
function luminance(linear: Rgb): number {
  const [r, g, b] = linear.map((value) => {
    const clamped = Math.min(1, Math.max(0, value));
    const encoded = clamped <= 0.0031308 ? clamped * 12.92 : 1.055 * clamped ** (1 / 2.4) - 0.055;
    const byte = Math.round(encoded * 255) / 255;
    return byte <= 0.04045 ? byte / 12.92 : ((byte + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: Rgb, b: Rgb): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const tokens = parse(main);
const blueOrange = parse(alternative);
const layers = ['canvas', 'surface', 'raised', 'hover', 'selected'];
const statuses = ['neutral', 'running', 'attention', 'success', 'danger'];
const syntax = ['keyword', 'string', 'function', 'type', 'number', 'comment'].map((name) => `syntax-${name}`);
const diffs = ['diff-add-line', 'diff-add-word', 'diff-delete-line', 'diff-delete-word'];

interface Rule {
  readonly what: string;
  readonly minimum: number;
  readonly on: readonly string[];
}
const rules: Rule[] = [
  ...['ink', 'ink-2', 'ink-3', 'accent-text'].map((what) => ({
    what,
    minimum: 4.5,
    on: [...layers, 'inset'],
  })),
  { what: 'on-accent', minimum: 4.5, on: ['accent', 'accent-hover', 'danger-button', 'danger-button-hover'] },
  { what: 'focus', minimum: 3, on: layers },
  { what: 'control', minimum: 3, on: ['canvas', 'surface', 'raised', 'inset'] },
  ...statuses.map((name) => ({ what: `${name}-text`, minimum: 4.5, on: [...layers, `${name}-tint`] })),
  ...statuses.map((what) => ({ what, minimum: 3, on: layers })),
  ...['ink', 'ink-2'].map((what) => ({ what, minimum: 4.5, on: statuses.map((name) => `${name}-tint`) })),
  ...syntax.map((what) => ({ what, minimum: 4.5, on: ['code-surface', ...diffs] })),
  ...['chart-1', 'chart-2', 'chart-3'].map((what) => ({ what, minimum: 3, on: ['surface'] })),
];

function token(theme: Theme, name: string, palette = tokens): Rgb {
  const value = palette[theme].get(name) ?? tokens[theme].get(name);
  if (!value) throw new Error(`tokens.css names no colour "${name}"`);
  return value;
}

for (const theme of ['light', 'dark'] as const) {
  describe(`${theme} theme`, () => {
    for (const { what, minimum, on } of rules) {
      it(`${what} stands out from ${on.join(', ')} by ${String(minimum)} to 1`, () => {
        for (const layer of on) {
          const measured = contrast(token(theme, what), token(theme, layer));
          expect(measured, `${what} on ${layer}`).toBeGreaterThanOrEqual(minimum);
        }
      });
    }

    it('keeps code readable in the blue and orange diff colours', () => {
      expect(blueOrange[theme].size).toBe(4);
      for (const what of syntax)
        for (const layer of diffs) {
          const measured = contrast(token(theme, what), token(theme, layer, blueOrange));
          expect(measured, `${what} on ${layer}`).toBeGreaterThanOrEqual(4.5);
        }
    });

    it('uses only colours an sRGB screen shows without visible clipping', () => {
      for (const [name, rgb] of [...tokens[theme], ...blueOrange[theme]])
        for (const channel of rgb) {
          expect(channel, name).toBeGreaterThan(-0.04);
          expect(channel, name).toBeLessThan(1.04);
        }
    });

    it('gets lighter upwards, or stays', () => {
      const order = ['canvas', 'surface', 'raised'].map((name) => luminance(token(theme, name)));
      expect(order).toEqual([...order].sort((a, b) => a - b));
    });
  });
}

it('reproduces the contrast of known pairs', () => {
  expect(contrast([1, 1, 1], [0, 0, 0])).toBeCloseTo(21, 5);
  // #767676 on white is the textbook 4.54 to 1.
  const grey = ((0x76 / 255 + 0.055) / 1.055) ** 2.4;
  expect(contrast([grey, grey, grey], [1, 1, 1])).toBeCloseTo(4.54, 2);
});

it('gives rows the heights that lists compute with', () => {
  const inCss = (rule: string): number => Number(/--spacing-row:\s*(\d+)px/u.exec(rule)?.[1]);
  const chosen = (name: string): number => inCss(css.split(`[data-density='${name}']`)[1] ?? '');
  expect({ compact: chosen('compact'), default: inCss(css), comfortable: chosen('comfortable') }).toEqual(
    rowHeights,
  );
});
