import { AUTO } from '../domain/run/task-type.ts';
import { readAutoExecutor } from '../runtime/auto-executor.ts';
import { readClaimBlocks, type ClaimBlocks } from '../runtime/claim-blocks.ts';
import { formatTime } from '../shared/clock.ts';
import type { FlagKey } from '../domain/flag/flag.ts';
import type { RunRow } from '../domain/run/run.ts';
import type { Read } from '../store/database.ts';
import { readFlag } from '../store/flag-store.ts';
import { listQueuePlaces, MOST_AHEAD, type QueuePlace } from '../store/queue-place-store.ts';

/** What each queued run of these waits for, as a sentence, by the same limits that a claim goes by. */
export function waitingOf(read: Read, ids: readonly string[], now: string): Map<string, string> {
  const places = listQueuePlaces(read, ids);
  if (places.length === 0) return new Map();
  const blocks = readClaimBlocks(read, now);
  const choose = places.some(({ executor }) => executor === AUTO)
    ? readAutoExecutor(read, blocks.executors)
    : null;
  const held = readFlag(read, 'runtime.hold') === 'on';
  const limit = (key: FlagKey): number => Number(readFlag(read, key)) || Number.POSITIVE_INFINITY;
  const limits = {
    all: limit('runtime.max_concurrent_runs'),
    project: limit('runtime.max_runs_per_project'),
    executor: limit('runtime.max_runs_per_executor'),
    account: limit('runtime.max_runs_per_account'),
  };
  return new Map(
    places.map((place) => [
      place.id,
      held
        ? 'Everything is paused. It starts when you resume.'
        : (blockedWords(place, blocks, choose) ?? reason(place, limits)),
    ]),
  );
}

/** The rows, with what the queued ones wait for. */
export function withWaiting(read: Read, rows: readonly RunRow[], now: string): RunRow[] {
  const queued = rows.filter((row) => row.status === 'queued').map((row) => row.id);
  if (queued.length === 0) return [...rows];
  const waiting = waitingOf(read, queued, now);
  return rows.map((row) => ({ ...row, waiting: waiting.get(row.id) ?? null }));
}

/** What an account or a spent cap keeps it from, and until when; null when neither does. */
function blockedWords(
  { projectId, executor, taskType }: QueuePlace,
  blocks: ClaimBlocks,
  choose: ReturnType<typeof readAutoExecutor> | null,
): string | null {
  const block =
    blocks.all ??
    blocks.projects.get(projectId) ??
    (executor === AUTO ? choose?.(taskType).waits : blocks.executors.get(executor)) ??
    null;
  if (block === null) return null;
  return block.until === null
    ? `${block.why} It starts when that changes.`
    : `${block.why} It starts at ${formatTime(block.until)}.`;
}

function reason(
  { intentBusy, working, projectMaxRuns, executor, ahead }: QueuePlace,
  limits: Record<keyof QueuePlace['working'], number>,
): string {
  const ofProject = projectMaxRuns ?? limits.project;
  if (intentBusy) return 'An earlier run of the same work is not done yet.';
  if (working.project >= ofProject) return full(working.project, ofProject, 'of this project work');
  if (working.account >= limits.account) return full(working.account, limits.account, 'of this account work');
  if (working.executor >= limits.executor)
    return full(working.executor, limits.executor, `with ${executor} work`);
  if (working.all >= limits.all && ahead === 0)
    return full(working.all, limits.all, 'work; this one is next');
  if (ahead === 0) return 'Next in line: it starts when a place is free.';
  return `${ahead >= MOST_AHEAD ? `${String(MOST_AHEAD)} or more` : String(ahead)} ahead of it in the queue.`;
}

function full(working: number, limit: number, what: string): string {
  return `${String(working)} of ${String(limit)} runs ${what}.`;
}
