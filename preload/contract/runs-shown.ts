import {
  isRunListValue,
  runListFields,
  type RunListField,
  type RunListFilter,
} from '../../main/domain/run/run-list-filter.ts';

export type { RunListField, RunListFilter };

/** The fields a list of runs is filtered by, in the order they are offered. */
export const runFields = runListFields;

/** Reads one field out of an address; what is no value of it is left out. */
export function readRunValues(field: RunListField, values: readonly string[]): string[] {
  return values.filter((value) => isRunListValue(field, value));
}
