import { bindings, type Action } from './actions.ts';
import { bestMatches } from './palette-match.ts';
import type { PaletteItem, PaletteSource } from './palette-sources.ts';
import { strings } from './strings.ts';

export interface PaletteRow extends PaletteItem {
  readonly group: string;
  readonly keys?: string | undefined;
}
const limit = 60;

const actionRow = (action: Action, group = action.group): PaletteRow => ({
  id: action.id,
  title: action.title,
  group,
  keywords: action.group,
  keys: bindings(action)[0],
  unavailable: action.unavailable,
  run: action.run,
});
const text = (row: PaletteItem): string => `${row.title} ${row.keywords ?? ''} ${row.detail ?? ''}`;

/**
 * What the palette shows for a query. Empty: what the view in front offers, then what was used lately, then the rest.
 * A prefix limits the search to one kind. Rows of one group stand together, the group with the best row first.
 */
export function paletteResults(
  query: string,
  actions: readonly Action[],
  sources: readonly PaletteSource[],
  recent: readonly string[],
): readonly PaletteRow[] {
  const listed = actions.filter((action) => action.listed !== false);
  const prefix = query.charAt(0);
  const rest = query.slice(1).trim();
  const from = (source: PaletteSource): PaletteRow[] =>
    source.items().map((item) => ({ ...item, group: source.group }));

  if (prefix === '>')
    return grouped(
      bestMatches(
        listed.map((action) => actionRow(action)),
        rest,
        text,
        limit,
      ),
    );
  if (prefix === '#' || prefix === ':' || prefix === '@') {
    const rows = sources.filter((source) => source.prefix === prefix).flatMap(from);
    return grouped(bestMatches(rows, rest, text, limit));
  }
  if (query.trim() === '') {
    const here = listed.filter((action) => action.scope !== 'global');
    const rank = (action: Action): number => {
      const at = recent.indexOf(action.id);
      return at < 0 ? recent.length : at;
    };
    const others = listed.filter((action) => action.scope === 'global').sort((a, b) => rank(a) - rank(b));
    return grouped([
      ...here.map((action) => actionRow(action, strings.palette.here)),
      ...others.map((action) => actionRow(action)),
    ]);
  }
  const rows = [...listed.map((action) => actionRow(action)), ...sources.flatMap(from)];
  return grouped(bestMatches(rows, query, text, limit));
}

function grouped(rows: readonly PaletteRow[]): readonly PaletteRow[] {
  const order = [...new Set(rows.map((row) => row.group))];
  return order.flatMap((group) => rows.filter((row) => row.group === group));
}
