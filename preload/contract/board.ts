import { allows, boardFields, factsOf, isValueOf, NONE } from '../../main/domain/proposal/board-filter.ts';
import type {
  BoardCounts,
  BoardField,
  BoardFilter,
  Sortable,
} from '../../main/domain/proposal/board-filter.ts';
import {
  boardOrder,
  levelOf,
  placeBetween,
  priorityLevel,
  priorityOf,
} from '../../main/domain/proposal/board-order.ts';
import type { Place, Placed, PriorityLevel } from '../../main/domain/proposal/board-order.ts';
import { boardLanes, waitsOnWhom } from '../../main/domain/proposal/board-facts.ts';
import type { BoardLanes, Waiting, WaitsOn } from '../../main/domain/proposal/board-facts.ts';
import type { BoardView } from '../../main/domain/proposal/board-view.ts';

export type { BoardCounts, BoardField, BoardFilter, BoardLanes, BoardView, PriorityLevel, WaitsOn };

/** The fields a board is filtered by, in the order they are offered. */
export const filterFields = boardFields;
/** In the place of a value: the proposals that have none. */
export const noValue = NONE;
export const laneChoices = boardLanes.values;

/** Whether a card belongs on a board with this filter; the words searched for are the runtime's to judge. `now` in milliseconds. */
export function shows(filter: BoardFilter, card: Sortable, now: number): boolean {
  return allows(filter, factsOf(card, now));
}

export function waitingOn(card: Waiting): WaitsOn {
  return waitsOnWhom(card);
}

/** Whether a card stands above another of its stage. */
export function standsAbove(card: Placed, other: Placed): boolean {
  return boardOrder(card, other) < 0;
}

/** Where a card would stand between two others; null: the runtime has to make room first. */
export function placeOf(card: Place, above: Place | undefined, below: Place | undefined): Place | null {
  return placeBetween(card, above, below);
}

export const priorityLevels: readonly PriorityLevel[] = priorityLevel.values;

export function priorityFigure(level: PriorityLevel): number {
  return priorityOf(level);
}

/** What a person calls a priority of 0 to 100. */
export function priorityWord(priority: number): PriorityLevel {
  return levelOf(priority);
}

/** Reads one field out of an address; what is no value of it is left out. */
export function readValues(field: BoardField, values: readonly string[]): string[] {
  return values.filter((value) => isValueOf(field, value));
}
