import type { BoardFilter } from '../../../preload/contract/board.ts';

/** What is shown, of one project where the window is bound to it. */
export type BoardQuery = BoardFilter & { readonly projectId?: string | undefined };

/** What is read of each stage at first: what is in sight, and some more to scroll into. */
const firstSize = 24;

export function boardQuery(filter: BoardFilter, search: string, projectId: string | undefined): BoardQuery {
  return { ...filter, search: search || undefined, projectId };
}

export function boardInput(filter: BoardFilter, projectId: string | undefined) {
  return firstPage(boardQuery(filter, filter.search ?? '', projectId));
}

export function firstPage(query: BoardQuery) {
  return { ...query, limit: firstSize };
}
