import { bindings, type Action } from './actions.ts';
import { bestMatches } from './palette-match.ts';
import type { PaletteAnswer, PaletteItem, PalettePrefix, PaletteSource } from './palette-sources.ts';
import { strings } from './strings.ts';

export interface PaletteRow extends PaletteItem {
  readonly group: string;
  readonly keys?: string | undefined;
  /** It stands for a thing, not for an action of this moment: it can be opened again later. */
  readonly thing?: boolean | undefined;
}
const limit = 60;
/** Rows of a search without a prefix, in all; so many of them at once while the rest is being asked for. */
export const shownRows = 12;
const atOnce = 5;

const actionRow = (action: Action, group = action.group): PaletteRow => ({
  id: action.id,
  title: action.title,
  group,
  keywords: `${action.group} ${action.keywords ?? ''}`,
  keys: bindings(action)[0],
  unavailable: action.unavailable,
  stays: action.stays,
  run: action.run,
});
const text = (row: PaletteItem): string => `${row.title} ${row.keywords ?? ''} ${row.detail ?? ''}`;

/** What was typed, taken apart: a prefix limits the search to one kind. */
export function readQuery(query: string): { prefix: PalettePrefix | '>' | ''; text: string } {
  const first = query.charAt(0);
  return first === '>' || first === '#' || first === ':' || first === '@'
    ? { prefix: first, text: query.slice(1).trim() }
    : { prefix: '', text: query.trim() };
}

/**
 * What the palette shows at once. Empty: what can be done with what is selected, what else the view in front offers, then what was chosen lately, then the rest, and last what it does not offer now.
 * A prefix limits the search to one kind. Rows of one group stand together, the group with the best row first.
 */
export function paletteResults(
  query: string,
  actions: readonly Action[],
  sources: readonly PaletteSource[],
  recent: readonly PaletteRow[],
  /** The reader took the selection away: what acts on it is left out. */
  noSubject = false,
): readonly PaletteRow[] {
  const listed = actions.filter(
    ({ listed: shown, onSelection }) => shown !== false && !(noSubject && onSelection === true),
  );
  const { prefix, text: typed } = readQuery(query);
  const from = (source: PaletteSource): PaletteRow[] =>
    source.items().map((item) => ({ stays: true, ...item, group: source.group, thing: true }));

  if (prefix === '>')
    return grouped(
      bestMatches(
        listed.map((action) => actionRow(action)),
        typed,
        text,
        limit,
      ),
    );
  if (prefix !== '') {
    const rows = sources.filter((source) => source.prefix === prefix).flatMap(from);
    return grouped(bestMatches(rows, typed, text, limit));
  }
  if (typed === '') {
    const ofView = listed.filter((action) => action.scope !== 'global');
    const now = ofView.filter(({ unavailable }) => unavailable === undefined);
    const here = [
      ...now.filter(({ onSelection }) => onSelection === true),
      ...now.filter(({ onSelection }) => onSelection !== true),
    ];
    // An action is offered as it is now; what was found stays as it was chosen.
    const lately = recent.flatMap((row) => {
      if (row.thing) return { ...row, group: strings.palette.recent };
      const action = listed.find(({ id, scope }) => id === row.id && scope === 'global');
      return action ? actionRow(action, strings.palette.recent) : [];
    });
    const known = new Set(lately.map(({ id }) => id));
    const others = listed.filter(({ scope, id }) => scope === 'global' && !known.has(id));
    return grouped([
      ...here.map((action) => actionRow(action, strings.palette.here)),
      ...lately,
      ...others.map((action) => actionRow(action)),
      // What cannot be done now stays, with its reason, below what can.
      ...ofView
        .filter(({ unavailable }) => unavailable !== undefined)
        .map((action) => actionRow(action, strings.palette.notNow)),
    ]);
  }
  const rows = [...listed.map((action) => actionRow(action)), ...sources.flatMap(from)];
  return grouped(bestMatches(rows, typed, text, shownRows));
}

/**
 * What was there at once with what was found below it. Nothing that stood there moves: while the answer is awaited few rows stand at once, and
 * when it leaves room more of them follow. What both know is shown once, and never more than twelve rows without a prefix.
 */
export function withFound(
  query: string,
  local: readonly PaletteRow[],
  answer: PaletteAnswer | undefined,
  awaited: boolean,
): readonly PaletteRow[] {
  const { prefix, text: typed } = readQuery(query);
  if (prefix === '>' || typed === '') return local;
  const known = new Set(local.map(({ id }) => id));
  const groups = (answer?.groups ?? []).map(({ group, items }) => ({
    group,
    rows: items
      .filter(({ id }) => !known.has(id))
      .map((item): PaletteRow => ({ stays: true, ...item, group, thing: true })),
  }));
  if (prefix !== '') return [...local, ...groups.flatMap(({ rows }) => rows)];
  const found = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  const least = awaited ? atOnce : Math.max(atOnce, shownRows - found);
  const kept = awaited || found > 0 ? local.slice(0, least) : local;
  return [...kept, ...share(groups, shownRows - kept.length)];
}

/** So many rows of several groups: each gives its best in turn, and they stay together. */
function share(groups: readonly { rows: readonly PaletteRow[] }[], room: number): PaletteRow[] {
  const taken = groups.map(() => 0);
  let left = room;
  for (let any = true; any && left > 0;) {
    any = false;
    groups.forEach(({ rows }, at) => {
      if (left === 0 || (taken[at] ?? 0) >= rows.length) return;
      taken[at] = (taken[at] ?? 0) + 1;
      left -= 1;
      any = true;
    });
  }
  return groups.flatMap(({ rows }, at) => rows.slice(0, taken[at]));
}

function grouped(rows: readonly PaletteRow[]): readonly PaletteRow[] {
  const order = [...new Set(rows.map((row) => row.group))];
  return order.flatMap((group) => rows.filter((row) => row.group === group));
}
