import { plainLine } from '../plain-text.ts';
import { displayWidth, fit } from './display-width.ts';
import type { Paint, Style } from './paint.ts';

export interface Cell {
  readonly text: string;
  readonly style?: Style;
}
export interface Column<R> {
  readonly title: string;
  readonly cell: (row: R) => string | Cell;
  readonly align?: 'left' | 'right';
  /** Gives way when the terminal is too narrow; the others keep their width. */
  readonly flexible?: boolean;
}

const gap = '  ';
const narrowest = 12;

/**
 * Rows as aligned columns within `width` cells. Flexible columns give way first, the widest most; when that is not enough, columns
 * are left out from the right. An infinite width, as for a pipe, cuts nothing. Texts from outside come out inert.
 */
export function table<R>(
  columns: readonly Column<R>[],
  rows: readonly R[],
  width: number,
  paint: Paint,
): string {
  const cells = rows.map((row) =>
    columns.map((column): Cell => {
      const made = column.cell(row);
      return typeof made === 'string' ? { text: plainLine(made) } : { ...made, text: plainLine(made.text) };
    }),
  );
  const natural = columns.map((column, index) =>
    Math.max(displayWidth(column.title), ...cells.map((row) => displayWidth(row[index]?.text ?? ''))),
  );
  const widths = fitColumns(columns, natural, width);
  const line = (texts: readonly Cell[], style?: Style): string =>
    widths
      .map((size, index) => {
        const cell = texts[index] ?? { text: '' };
        const text = fit(cell.text, size);
        const pad = ' '.repeat(size - displayWidth(text));
        const look = cell.style ?? style;
        const painted = look ? paint(look, text) : text;
        if (columns[index]?.align === 'right') return pad + painted;
        return index === widths.length - 1 ? painted : painted + pad;
      })
      .join(gap)
      .trimEnd();
  const head = columns.map(({ title }) => ({ text: title }));
  return [line(head, 'dim'), ...cells.map((row) => line(row))].join('\n');
}

/** Widths of the columns that fit, from the left. */
function fitColumns(columns: readonly Column<never>[], natural: readonly number[], width: number): number[] {
  for (let shown = columns.length; shown > 1; shown -= 1) {
    const sizes = natural.slice(0, shown);
    const flexible = sizes.map((size, index) => (columns[index]?.flexible ? size : 0));
    let over = sizes.reduce((sum, size) => sum + size, 0) + gap.length * (shown - 1) - width;
    while (over > 0) {
      const widest = flexible.indexOf(Math.max(...flexible));
      if ((flexible[widest] ?? 0) <= narrowest) break;
      flexible[widest] = (flexible[widest] ?? 0) - 1;
      sizes[widest] = flexible[widest] ?? 0;
      over -= 1;
    }
    if (over <= 0) return sizes;
  }
  return [Math.min(natural[0] ?? 0, width)];
}

/** Label and value, one a line; empty values are left out. */
export function fields(
  pairs: readonly (readonly [string, string | null | undefined])[],
  paint: Paint,
): string {
  const kept = pairs.filter((pair): pair is readonly [string, string] => Boolean(pair[1]));
  const size = Math.max(...kept.map(([label]) => displayWidth(label)), 0);
  return kept
    .map(
      ([label, value]) =>
        `${paint('dim', label)}${' '.repeat(size - displayWidth(label))}  ${plainLine(value)}`,
    )
    .join('\n');
}
