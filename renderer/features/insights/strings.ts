import { labels } from '../../../preload/contract/labels.ts';
import type { Chart, Measure } from './insight-types.ts';

const plural = (count: number, one: string): string =>
  `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;

/** Every sentence of Insights. */
export const strings = {
  group: 'Insights',
  measures: labels.insightMeasure satisfies Record<Measure, string>,
  days: 'How far back',
  span: { 7: '7 days', 30: '30 days', 90: '90 days' } as Readonly<Record<number, string>>,
  last: (days: number) => `last ${String(days)} days`,
  project: 'Project',
  allProjects: 'All projects',
  download: 'Export CSV',
  copy: 'Copy as CSV',
  downloaded: (name: string) => `${name} was saved.`,
  copied: 'The figures are in the clipboard as CSV.',
  notCopied: 'The clipboard did not take the figures.',
  toggle: (on: boolean) => (on ? 'View as chart' : 'View as table'),
  toggleAll: 'View as table or chart',
  loading: (name: string) => `Reading ${name.toLowerCase()}`,
  failure: 'This could not be read.',
  again: 'Try again',
  notEnough: ({ count, noun }: Chart['basis'], enough: number) =>
    `Not enough data: ${String(count)} of ${plural(enough, noun)}`,
  runs: (count: number) => plural(count, 'run'),
  noRuns: 'no run',
  open: (point: string, runs: number) => `${point}: ${plural(runs, 'run')}, open`,
  cursor: (measure: string) => `${measure}: choose a day`,
  told: (day: string, values: string, runs: number) =>
    `${day}: ${values}. ${runs === 0 ? 'No run.' : `Enter opens ${plural(runs, 'run')}.`}`,
  table: (measure: string) => `${measure} as a table`,
  columns: { day: 'Day', name: 'Name', runs: 'Runs' },
  emptyDetail:
    'As soon as runs end, this page shows what they came to: how much was applied, how long it waited for you, what it took and cost.',
  toBoard: 'Open the board',
} as const;
