import {
  filterFields,
  laneChoices,
  readValues,
  type BoardFilter,
  type BoardLanes,
} from '../../../preload/contract/board.ts';
import type { Search } from '../../app/routes.ts';

/** What a board shows, as an address carries it: `waits=you&risk=high,none&q=parser&lanes=goal`. */
export interface Shown {
  readonly filter: BoardFilter;
  readonly lanes: BoardLanes;
}
export const everything: Shown = { filter: {}, lanes: 'none' };

/** What is no value of its field is left out, so that an old or mistyped address still shows a board. */
export function readShown(search: Search): Shown {
  const filter: Record<string, unknown> = {};
  for (const field of filterFields) {
    const values = readValues(field, (search[field] ?? '').split(',').filter(Boolean));
    if (values.length > 0) filter[field] = values;
  }
  const words = (search['q'] ?? '').slice(0, 200);
  if (words !== '') filter['search'] = words;
  return {
    filter,
    lanes: laneChoices.find((lanes) => lanes === search['lanes']) ?? 'none',
  };
}

/** Every field that an address may carry, '' for those that are not chosen. */
export function writeShown({ filter, lanes }: Shown): Search {
  return {
    ...Object.fromEntries(filterFields.map((field) => [field, (filter[field] ?? []).join(',')])),
    q: filter.search ?? '',
    lanes: lanes === 'none' ? '' : lanes,
  };
}

/** One line for keeping and comparing: the same board is the same text. */
export function textOf(shown: Shown): string {
  const search = Object.entries(writeShown(shown)).filter(([, value]) => value !== '');
  return new URLSearchParams(search.sort(([a], [b]) => (a < b ? -1 : 1))).toString();
}

export function shownOf(text: string): Shown {
  return readShown(Object.fromEntries(new URLSearchParams(text)));
}

/** How many values are chosen, the words searched for aside. */
export function chosenCount(filter: BoardFilter): number {
  return filterFields.reduce((sum, field) => sum + (filter[field]?.length ?? 0), 0);
}

/** What a visit without an address shows: what was shown last, and in a new window the default view, when there is one. */
export function startOf(
  begun: boolean,
  { board, boardStart }: { readonly board: string; readonly boardStart: string },
): string {
  return !begun && boardStart !== '' ? boardStart : board;
}
