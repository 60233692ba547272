import { valueList, type ValueOf } from '../value-list.ts';

/** What a person calls a priority. */
export const priorityLevel = valueList({ urgent: 'Urgent', high: 'High', normal: 'Normal', low: 'Low' });
export type PriorityLevel = ValueOf<typeof priorityLevel>;

const figures = { urgent: 90, high: 70, normal: 50, low: 20 } as const satisfies Record<
  PriorityLevel,
  number
>;

export const NORMAL_PRIORITY = figures.normal;

export function priorityOf(level: PriorityLevel): number {
  return figures[level];
}

/** From this priority on, each up to the next. */
export const priorityFrom = { urgent: 80, high: 60, normal: 40, low: 0 } as const satisfies Record<
  PriorityLevel,
  number
>;

/** `priority` from 0 to 100. Said in SQL as well, by `card-filter-sql.ts`; a test holds the two together. */
export function levelOf(priority: number): PriorityLevel {
  if (priority >= priorityFrom.urgent) return 'urgent';
  if (priority >= priorityFrom.high) return 'high';
  return priority >= priorityFrom.normal ? 'normal' : 'low';
}

/** Where a card stands among those of its stage. */
export interface Place {
  readonly priority: number;
  readonly rank: number;
}

/** What of a card says where it stands; no two cards have the same number. */
export interface Placed extends Place {
  readonly number: number;
}

/** How far apart ranks are where nothing is between them. */
export const RANK_STEP = 1_000_000;

/** The rank of a card that nobody has moved yet. */
export function firstRank(relevance: number, number: number): number {
  return relevance * RANK_STEP + number;
}

/** For sorting: less than 0 when `a` stands above `b`. Said in SQL as well: by priority, rank and number, each downwards. */
export function boardOrder(a: Placed, b: Placed): number {
  return b.priority - a.priority || b.rank - a.rank || b.number - a.number;
}

/**
 * The place between two neighbours, as near to `card` as they allow: it takes over a priority only where its own would not stand there.
 * Null: their ranks have no room left between them.
 */
export function placeBetween(card: Place, above: Place | undefined, below: Place | undefined): Place | null {
  const priority = Math.max(below?.priority ?? 0, Math.min(above?.priority ?? 100, card.priority));
  const top = above?.priority === priority ? above.rank : undefined;
  const bottom = below?.priority === priority ? below.rank : undefined;
  if (top === undefined) return { priority, rank: bottom === undefined ? card.rank : bottom + RANK_STEP };
  if (bottom === undefined) return { priority, rank: top - RANK_STEP };
  const rank = bottom + (top - bottom) / 2;
  return rank > bottom && rank < top ? { priority, rank } : null;
}
