import type { IndexState } from '../domain/search/search.ts';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import { catchFailure, messageOf } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import {
  clearSearchIndex,
  indexProposal,
  indexRun,
  isOfThisEdition,
  mergeSearchIndex,
  newestNumbers,
  staleProposals,
  staleRuns,
} from '../store/search-index-store.ts';
import type { Write } from '../store/database.ts';
import { isStoreFailure } from '../store/store-failure.ts';
import type { Store } from '../store/store.ts';

/** One slice takes so many rows, or so much text: some milliseconds. */
const SLICE = { rows: 100, characters: 100_000, mergePages: 24 };
/** Numbers that are compared with their marks in one slice, after a start. */
const WALK = 500;
/** From a start to the first slice, from a change to its slice, between slices, and between slices while events pour in. */
const PAUSE_MS = { start: 1_500, change: 200, next: 10, flood: 150, trouble: 30_000 };
/** So long after events came in they still pour. */
const FLOOD_MS = 500;
/** Slices after which pieces of the index are merged: seldom enough to cost little, often enough that no merge ever becomes large. */
const MERGE_EVERY = 2;

/**
 * Fills the search index beside the work, never in the transaction of a change: to index a line costs several times what storing it does.
 * What commits marks its proposal or run as changed; slices of bounded size take those in turn, the newest words within a second, and
 * leave the runtime alone between them, longer while an agent floods it. After a start it walks down all numbers once and takes what its
 * marks say is not in: that is how a database from before the index fills, and how nothing is lost by a crash. A damaged index is emptied
 * and filled anew; a disk that takes no writes is tried again.
 */
export interface SearchIndexer {
  /** What is not in yet. */
  state(): IndexState;
  /** Whether all events of a run are in. */
  has(runId: string): boolean;
  /** Indexes for about `ms` now, `runId` first: for someone who searches and should find what was just written. */
  hurry(ms: number, runId?: string): void;
  /** Empties the index and fills it anew. */
  rebuild(): void;
}

export function createSearchIndexer(options: {
  store: Store;
  clock: Clock;
  log: Log;
  scope: Scope;
}): SearchIndexer {
  const { store, clock, log } = options;
  const scope = options.scope.child('search index');
  const proposals = new Set<string>();
  const runs = new Set<string>();
  let walk: { proposals: number; runs: number } | null = null;
  let walked = false;
  let cancel: (() => void) | null = null;
  let flooded = Number.NEGATIVE_INFINITY;
  let slices = 0;
  let rebuilt = false;
  let unmerged = false;

  scope.add(
    'changes',
    store.onCommit(({ events, tails }) => {
      for (const { entity, entityId } of events) {
        if (entity === 'proposal') proposals.add(entityId);
        if (entity === 'run') runs.add(entityId);
      }
      for (const runId of tails.keys()) runs.add(runId);
      if (tails.size > 0) flooded = clock.monotonic();
      if (proposals.size + runs.size > 0) schedule(PAUSE_MS.change);
    }),
  );
  schedule(PAUSE_MS.start);

  return {
    state: () => ({
      behind: proposals.size + runs.size + (walk === null ? 0 : walk.proposals + walk.runs - 2),
      complete: walked,
    }),
    has: (runId) => walked && !runs.has(runId),
    hurry(ms, runId) {
      if (runId !== undefined && runs.delete(runId)) {
        const others = [...runs];
        runs.clear();
        for (const id of [runId, ...others]) runs.add(id);
      }
      const until = clock.monotonic() + ms;
      while (!isDone() && slice() && clock.monotonic() < until);
    },
    rebuild,
  };

  function rebuild(): void {
    log.warn('the search index is filled anew');
    store.writeOutput(clearSearchIndex);
    walk = null;
    walked = false;
    schedule(PAUSE_MS.change);
  }

  function isDone(): boolean {
    return walked && proposals.size === 0 && runs.size === 0;
  }

  function schedule(ms: number): void {
    if (cancel !== null || scope.closed) return;
    cancel = clock.after(scope, ms, () => {
      cancel = null;
      const went = isDone() ? merge() : slice();
      if (isDone() && !unmerged) return;
      const floods = clock.monotonic() - flooded < FLOOD_MS;
      schedule(!went ? PAUSE_MS.trouble : floods ? PAUSE_MS.flood : PAUSE_MS.next);
    });
  }

  /** False: the disk refused it. */
  function slice(): boolean {
    const taken = { proposals: [] as string[], runs: [] as string[] };
    let next = walk;
    let end = walked;
    try {
      store.writeOutput((write) => {
        if (!isOfThisEdition(write)) {
          clearSearchIndex(write);
          next = null;
          end = false;
        }
        const room = { rows: SLICE.rows, characters: SLICE.characters };
        takeProposals(write, proposals, room, taken.proposals);
        takeRuns(write, runs, room, taken.runs);
        if (!end && room.rows > 0) ({ next, end } = goOn(write, next));
        slices += 1;
        if (slices % MERGE_EVERY === 0) mergeSearchIndex(write, SLICE.mergePages);
      });
    } catch (error) {
      log.warn('the search index could not be written', { error: messageOf(error) });
      if (!rebuilt && isStoreFailure(error) && error.failure.tag === 'database_damaged') {
        // Perhaps it is only the index; then this mends it. Once, for more it cannot do.
        rebuilt = true;
        const cleared = catchFailure(rebuild);
        if (!cleared.ok) log.warn('the search index could not be emptied', { error: cleared.error.message });
      }
      return false;
    }
    // Only what was committed is done.
    for (const id of taken.proposals) proposals.delete(id);
    for (const id of taken.runs) runs.delete(id);
    walk = next;
    walked = end;
    unmerged = true;
    return true;
  }

  /** All is in: brings the pieces together, as far as that pays, so that the index is small and quick. */
  function merge(): boolean {
    const merged = catchFailure(() =>
      store.writeOutput((write) => mergeSearchIndex(write, SLICE.mergePages)),
    );
    if (!merged.ok) log.warn('the search index could not be written', { error: merged.error.message });
    else unmerged = merged.value;
    return merged.ok;
  }

  /** Looks at the next numbers down; what is stale there waits like any change, and is taken before the walk goes on. */
  function goOn(write: Write, at: typeof walk): { next: typeof walk; end: boolean } {
    const { proposals: ofProposals, runs: ofRuns } = at ?? newestNumbers(write);
    for (const id of staleProposals(write, ofProposals, WALK)) proposals.add(id);
    for (const id of staleRuns(write, ofRuns, WALK)) runs.add(id);
    const next = { proposals: Math.max(1, ofProposals - WALK), runs: Math.max(1, ofRuns - WALK) };
    return next.proposals === 1 && next.runs === 1 ? { next: null, end: true } : { next, end: false };
  }
}

interface Room {
  rows: number;
  characters: number;
}

function takeProposals(write: Write, ids: ReadonlySet<string>, room: Room, done: string[]): void {
  for (const id of ids) {
    if (room.rows <= 0 || room.characters <= 0) return;
    room.characters -= indexProposal(write, id);
    room.rows -= 1;
    done.push(id);
  }
}

/** Each run has its turn: one that floods must not keep the others out. */
function takeRuns(write: Write, ids: ReadonlySet<string>, room: Room, done: string[]): void {
  for (const id of ids) {
    if (room.rows <= 0 || room.characters <= 0) return;
    const share = ids.size > 1 ? Math.max(10, Math.ceil(room.rows / 2)) : room.rows;
    const taken = indexRun(write, id, share, room.characters);
    room.rows -= Math.max(1, taken.rows);
    room.characters -= taken.characters;
    if (taken.done) done.push(id);
  }
}
