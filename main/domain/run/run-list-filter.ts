import { z } from 'zod';
import { schemaOf } from '../list-schema.ts';
import { idSchema } from '../primitives.ts';
import { valueList, type ValueOf } from '../value-list.ts';
import { runStatus, type RunStatus } from './status.ts';

/** The tabs of the list of runs that are always there; what each holds is told by `runFilterStatuses`. */
export const runTab = valueList({ active: 'Active', needs_me: 'Needs me', failed: 'Failed', all: 'All' });
export type RunTab = ValueOf<typeof runTab>;

const some = <S extends z.ZodType>(value: S) => z.array(value).max(50).optional();

/** Which runs a list shows: of each field any of its values, of all fields together every one. A field left out does not choose. */
export const runListFilterSchema = z.object({
  /** Words that each stand somewhere in what a row of the list says. */
  search: z.string().max(200).optional(),
  status: some(schemaOf(runStatus)),
  project: some(idSchema),
  account: some(idSchema),
});
export type RunListFilter = z.infer<typeof runListFilterSchema>;

export const runListFields = ['status', 'project', 'account'] as const;
export type RunListField = (typeof runListFields)[number];

const idPattern = /^[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/iu;

/** The same that the schema says of one value, for a window that reads its address and has no schemas. */
export function isRunListValue(field: RunListField, value: string): boolean {
  const statuses: readonly string[] = runStatus.values;
  return field === 'status' ? statuses.includes(value) : idPattern.test(value);
}

/** The words of a search, each once; more than ten say nothing more. */
export function searchWords(search: string): string[] {
  return [...new Set(search.trim().toLowerCase().split(/\s+/u).filter(Boolean))].slice(0, 10);
}

/** The statuses whose name, as a row shows it, holds the word. */
export function statusesNamed(word: string): RunStatus[] {
  return runStatus.values.filter((status) => runStatus.labels[status].toLowerCase().includes(word));
}
