import type { Clock } from '../shared/clock.ts';
import { formatTime } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import type { Scope } from '../shared/scope.ts';
import { readFlag } from '../store/flag-store.ts';
import { deleteOldNotices } from '../store/notice-store.ts';
import {
  countOldEvents,
  deleteOldDomainEvents,
  deleteOldRunEvents,
  runsThatNeedOutput,
  runsWithOldCommits,
} from '../store/retention-store.ts';
import type { Store } from '../store/store.ts';
import type { OutputFolders, RunWorkspace } from './ports.ts';
import { agesFrom, untilOf } from './steady-clock.ts';

const SLICE_ROWS = 500;
const PAUSE_MS = 20;
const DAY_MS = 86_400_000;

export interface Cleared {
  readonly runEvents: number;
  readonly domainEvents: number;
  /** Runs whose raw output went, or would go. */
  readonly outputs: number;
  readonly outputBytes: number;
}

/** The time before which, counted from `ages`, a flag in days lets things go; null: they are kept for ever. */
function cutoff(
  store: Store,
  ages: number,
  flag:
    'retention.events_days' | 'retention.output_days' | 'retention.commits_days' | 'retention.notices_days',
): string | null {
  const days = Number(store.read((read) => readFlag(read, flag)));
  return days === 0 ? null : formatTime(ages - days * DAY_MS);
}

/** Runs whose raw output may go: they ended before the cutoff, or are unknown and were not written to since. */
async function oldOutputs(store: Store, ages: number, outputs: OutputFolders): Promise<string[]> {
  const before = cutoff(store, ages, 'retention.output_days');
  if (before === null) return [];
  const ids = await outputs.list(before);
  const needed = store.read((read) => runsThatNeedOutput(read, ids, before));
  return ids.filter((id) => !needed.has(id));
}

/**
 * Deletes what the retention flags let go, in slices with a pause after each, so that nothing waits for it long. Never touches what a
 * run that has not ended needs, decisions, or the evidence of a run but its diff, whose commits go last of all. Ages are counted from `agesFrom`, not from the wall clock alone: the caller asks
 * `createSteadyClock` before, and at each slice through `goOn`. Stops early when the scope closes or `goOn` says no.
 */
export async function clearOldData(at: {
  store: Store;
  clock: Clock;
  scope: Scope;
  outputs: OutputFolders;
  forgetCommits: RunWorkspace['forgetCommits'];
  log: Log;
  goOn: () => boolean;
}): Promise<Cleared & { notices: number; commits: number; until: string }> {
  const { store, clock, scope, outputs } = at;
  const ages = agesFrom(store, clock);
  const before = cutoff(store, ages, 'retention.events_days');
  const slices = async (remove: typeof deleteOldRunEvents, until = before): Promise<number> => {
    let removed = 0;
    while (until !== null && !scope.closed && at.goOn()) {
      const slice = store.write((write) => remove(write, until, SLICE_ROWS));
      removed += slice;
      if (slice < SLICE_ROWS) break;
      await clock.sleep(scope, PAUSE_MS);
    }
    return removed;
  };
  const runEvents = await slices(deleteOldRunEvents);
  const domainEvents = await slices(deleteOldDomainEvents);
  const notices = await slices(deleteOldNotices, cutoff(store, ages, 'retention.notices_days'));
  let outputBytes = 0;
  let removed = 0;
  for (const id of await oldOutputs(store, ages, outputs)) {
    if (scope.closed || !at.goOn()) break;
    outputBytes += await outputs.remove(id);
    removed += 1;
  }
  const commits = await forgetOldCommits(at, ages);
  return { runEvents, domainEvents, notices, outputs: removed, outputBytes, commits, ...untilOf(ages) };
}

/** Gives how many runs had commits that were kept. A project that is gone, or does not answer, loses nothing by waiting. */
async function forgetOldCommits(at: Parameters<typeof clearOldData>[0], ages: number): Promise<number> {
  const before = cutoff(at.store, ages, 'retention.commits_days');
  if (before === null) return 0;
  let forgotten = 0;
  for (const { projectPath, runIds } of at.store.read((read) => runsWithOldCommits(read, before))) {
    if (at.scope.closed || !at.goOn()) break;
    const gone = await at.forgetCommits(projectPath, runIds);
    if (gone.ok) forgotten += gone.value;
    else at.log.info('old commits of runs were left', { projectPath, why: gone.error.message });
  }
  return forgotten;
}

/** What `clearOldData` would take now, commits aside. */
export async function previewOldData(at: {
  store: Store;
  clock: Clock;
  outputs: OutputFolders;
}): Promise<Cleared> {
  const { store, clock, outputs } = at;
  const ages = agesFrom(store, clock);
  const before = cutoff(store, ages, 'retention.events_days');
  const events =
    before === null ? { runEvents: 0, domainEvents: 0 } : store.read((read) => countOldEvents(read, before));
  const ids = await oldOutputs(store, ages, outputs);
  let outputBytes = 0;
  for (const id of ids) outputBytes += await outputs.size(id);
  return { ...events, outputs: ids.length, outputBytes };
}
