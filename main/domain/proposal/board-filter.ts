import { z } from 'zod';
import { idSchema } from '../primitives.ts';
import { riskLevel } from '../risk/gate.ts';
import { proposalSource } from '../source/source.ts';
import { ageOf, boardAge, boardRelevance, relevanceOf, waitsOn, waitsOnWhom } from './board-facts.ts';
import { levelOf, priorityLevel } from './board-order.ts';
import { effort } from './plan.ts';
import type { ProposalCard } from './proposal.ts';
import { schemaOf } from '../list-schema.ts';

/** In the place of a value: the proposals that have none. */
export const NONE = 'none';

/** The values of the fields that have a list of them; goals and projects are named by their ids. */
const listed = {
  priority: priorityLevel.values,
  source: proposalSource.values,
  risk: [...riskLevel.values, NONE],
  effort: [...effort.values, NONE],
  age: boardAge.values,
  relevance: boardRelevance.values,
  waits: waitsOn.values,
} as const;

const idOrNone = z.union([idSchema, z.literal(NONE)]);
const some = <S extends z.ZodType>(value: S) => z.array(value).max(50).optional();

/** What a board shows: of each field any of its values, of all fields together every one. A field left out does not choose. */
export const boardFilterSchema = z.object({
  search: z.string().max(200).optional(),
  priority: some(schemaOf(priorityLevel)),
  source: some(schemaOf(proposalSource)),
  goal: some(idOrNone),
  project: some(idOrNone),
  risk: some(z.enum(listed.risk)),
  effort: some(z.enum(listed.effort)),
  age: some(schemaOf(boardAge)),
  relevance: some(schemaOf(boardRelevance)),
  waits: some(schemaOf(waitsOn)),
});
export type BoardFilter = z.infer<typeof boardFilterSchema>;

export const boardFields = [
  'waits',
  'priority',
  'goal',
  'project',
  'source',
  'risk',
  'effort',
  'relevance',
  'age',
] as const;
export type BoardField = (typeof boardFields)[number];

const idPattern = /^[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/iu;

/** The values of a field that has a list of them. */
export function valuesOf(field: Exclude<BoardField, 'goal' | 'project'>): readonly string[] {
  return listed[field];
}

/** The same that the schema says of one value, for a window that reads its address and has no schemas. */
export function isValueOf(field: BoardField, value: string): boolean {
  if (field === 'goal' || field === 'project') return value === NONE || idPattern.test(value);
  return valuesOf(field).includes(value);
}

/** The value of a card in each field. */
export type BoardFacts = Readonly<Record<BoardField, string>>;

export type Sortable = Pick<
  ProposalCard,
  | 'source'
  | 'goalId'
  | 'projectId'
  | 'planRisk'
  | 'planEffort'
  | 'relevance'
  | 'priority'
  | 'stage'
  | 'stageSince'
  | 'planning'
  | 'snoozedUntil'
  | 'openQuestions'
  | 'planSteps'
  | 'run'
>;

/** `now` in milliseconds since 1970. */
export function factsOf(card: Sortable, now: number): BoardFacts {
  return {
    priority: levelOf(card.priority),
    source: card.source,
    goal: card.goalId ?? NONE,
    project: card.projectId ?? NONE,
    risk: card.planRisk ?? NONE,
    effort: card.planEffort ?? NONE,
    relevance: relevanceOf(card.relevance),
    age: ageOf(card.stageSince, now),
    waits: waitsOnWhom(card),
  };
}

/** Whether the chosen values of every field, but for `except`, allow these. The words searched for are not looked at. */
export function allows(filter: BoardFilter, facts: BoardFacts, except?: BoardField): boolean {
  return boardFields.every((field) => {
    const wanted: readonly string[] | undefined = filter[field];
    return field === except || wanted === undefined || wanted.length === 0 || wanted.includes(facts[field]);
  });
}

/** How many proposals each value of each field would show, with what is chosen in the other fields. */
export type BoardCounts = Readonly<Record<BoardField, Readonly<Record<string, number>>>>;

export function countValues(
  groups: readonly { readonly facts: BoardFacts; readonly count: number }[],
  filter: BoardFilter,
): BoardCounts {
  const counts = Object.fromEntries(boardFields.map((field) => [field, {}])) as Record<
    BoardField,
    Record<string, number>
  >;
  for (const { facts, count } of groups)
    for (const field of boardFields) {
      if (!allows(filter, facts, field)) continue;
      const value = facts[field];
      counts[field][value] = (counts[field][value] ?? 0) + count;
    }
  return counts;
}
