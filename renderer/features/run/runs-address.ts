import {
  readRunValues,
  runFields,
  type RunListField,
  type RunListFilter,
} from '../../../preload/contract/runs-shown.ts';
import type { Search } from '../../app/routes.ts';
import type { RunFilter } from './run-types.ts';

export const runTabs: readonly RunFilter[] = ['active', 'needs_me', 'failed', 'all'];

/** What the list of runs shows, as an address carries it: `show=failed&status=timeout&q=parser`. */
export interface ShownRuns {
  readonly show: RunFilter;
  readonly filter: RunListFilter;
}

/** What a field is called in an address; `project` there is the one of a chart whose runs are asked for. */
const inAddress: Readonly<Record<RunListField, string>> = {
  status: 'status',
  project: 'projects',
  account: 'accounts',
};

/** What is no value of its field is left out, so that an old or mistyped address still shows a list. */
export function readShownRuns(search: Search): ShownRuns {
  const filter: Record<string, unknown> = {};
  for (const field of runFields) {
    const values = readRunValues(field, (search[inAddress[field]] ?? '').split(',').filter(Boolean));
    if (values.length > 0) filter[field] = values.slice(0, 50);
  }
  const words = (search['q'] ?? '').slice(0, 200);
  if (words !== '') filter['search'] = words;
  return { show: runTabs.find((each) => each === search['show']) ?? 'all', filter };
}

/** Every field that an address may carry, '' for those that are not chosen. */
export function writeShownRuns({ show, filter }: ShownRuns): Search {
  return {
    ...Object.fromEntries(runFields.map((field) => [inAddress[field], (filter[field] ?? []).join(',')])),
    q: filter.search ?? '',
    show: show === 'all' ? '' : show,
  };
}

/** One line for comparing: the same list is the same text. */
export function textOfRuns(shown: ShownRuns): string {
  const search = Object.entries(writeShownRuns(shown)).filter(([, value]) => value !== '');
  return new URLSearchParams(search.sort(([a], [b]) => (a < b ? -1 : 1))).toString();
}

/** How many values are chosen, the words searched for aside. */
export function chosenFields(filter: RunListFilter): number {
  return runFields.reduce((sum, field) => sum + (filter[field]?.length ?? 0), 0);
}

export function withToggled(filter: RunListFilter, field: RunListField, value: string): RunListFilter {
  const chosen: readonly string[] = filter[field] ?? [];
  const next = chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value];
  return { ...filter, [field]: next.length > 0 ? next : undefined };
}
