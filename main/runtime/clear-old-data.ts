import type { Clock } from '../shared/clock.ts';
import { formatTime } from '../shared/clock.ts';
import type { Scope } from '../shared/scope.ts';
import { readFlag } from '../store/flag-store.ts';
import {
  countOldEvents,
  deleteOldDomainEvents,
  deleteOldRunEvents,
  runsThatNeedOutput,
} from '../store/retention-store.ts';
import type { Store } from '../store/store.ts';
import type { OutputFolders } from './ports.ts';

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

/** The time before which a flag in days lets things go; null: they are kept for ever. */
function cutoff(
  store: Store,
  clock: Clock,
  flag: 'retention.events_days' | 'retention.output_days',
): string | null {
  const days = Number(store.read((read) => readFlag(read, flag)));
  return days === 0 ? null : formatTime(clock.now() - days * DAY_MS);
}

/** Runs whose raw output may go: they ended before the cutoff, or are unknown and were not written to since. */
async function oldOutputs(store: Store, clock: Clock, outputs: OutputFolders): Promise<string[]> {
  const before = cutoff(store, clock, 'retention.output_days');
  if (before === null) return [];
  const ids = await outputs.list(before);
  const needed = store.read((read) => runsThatNeedOutput(read, ids, before));
  return ids.filter((id) => !needed.has(id));
}

/**
 * Deletes what the retention flags let go, in slices with a pause after each, so that nothing waits for it long. Never touches what a
 * run that has not ended needs, decisions, or the evidence of a run. Stops early when the scope closes or `goOn` says no.
 */
export async function clearOldData(at: {
  store: Store;
  clock: Clock;
  scope: Scope;
  outputs: OutputFolders;
  goOn: () => boolean;
}): Promise<Cleared> {
  const { store, clock, scope, outputs } = at;
  const before = cutoff(store, clock, 'retention.events_days');
  const slices = async (remove: typeof deleteOldRunEvents): Promise<number> => {
    let removed = 0;
    while (before !== null && !scope.closed && at.goOn()) {
      const slice = store.write((write) => remove(write, before, SLICE_ROWS));
      removed += slice;
      if (slice < SLICE_ROWS) break;
      await clock.sleep(scope, PAUSE_MS);
    }
    return removed;
  };
  const runEvents = await slices(deleteOldRunEvents);
  const domainEvents = await slices(deleteOldDomainEvents);
  let outputBytes = 0;
  let removed = 0;
  for (const id of await oldOutputs(store, clock, outputs)) {
    if (scope.closed) break;
    outputBytes += await outputs.remove(id);
    removed += 1;
  }
  return { runEvents, domainEvents, outputs: removed, outputBytes };
}

/** What `clearOldData` would take now. */
export async function previewOldData(at: {
  store: Store;
  clock: Clock;
  outputs: OutputFolders;
}): Promise<Cleared> {
  const { store, clock, outputs } = at;
  const before = cutoff(store, clock, 'retention.events_days');
  const events =
    before === null ? { runEvents: 0, domainEvents: 0 } : store.read((read) => countOldEvents(read, before));
  const ids = await oldOutputs(store, clock, outputs);
  let outputBytes = 0;
  for (const id of ids) outputBytes += await outputs.size(id);
  return { ...events, outputs: ids.length, outputBytes };
}
