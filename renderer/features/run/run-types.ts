import type { InputOf, OutputOf } from '../../../preload/contract/operations.ts';
import type { RunDetail } from '../../../preload/contract/run.ts';

export type { RunDetail, RunFilter } from '../../../preload/contract/run.ts';
export type Run = RunDetail['run'];
export type RunStatus = Run['status'];
export type RunRow = OutputOf<'run.list'>['rows'][number];
/** A saved view of the list. */
export type SavedRuns = OutputOf<'runView.list'>[number];
export type RunCounts = OutputOf<'run.list'>['counts'];
export type RunEvent = OutputOf<'run.events'>['events'][number];
export type RunAction = RunDetail['possible'][number];
export type DiffFile = OutputOf<'run.diff'>['files'][number];
export type TestEvidence = NonNullable<Run['testAfter']>;
export type Checkpoint = RunDetail['checkpoints'][number];
export type Decision = RunDetail['decisions'][number];
/** A point of a chart, as `run.list` takes it. */
export interface RunsBehind {
  readonly behind: NonNullable<InputOf<'run.list'>['behind']>;
  readonly from: string;
  readonly to: string;
  readonly key?: string;
}
