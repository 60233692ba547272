import { AUTO } from '../domain/run/task-type.ts';
import { readAutoExecutor } from '../runtime/auto-executor.ts';
import { readClaimBlocks, type ClaimBlocks } from '../runtime/claim-blocks.ts';
import { formatTime, parseTime } from '../shared/clock.ts';
import type { FlagKey } from '../domain/flag/flag.ts';
import { expectedStart } from '../domain/run/expected-start.ts';
import type { RunRow } from '../domain/run/run.ts';
import type { Read } from '../store/database.ts';
import { readFlag } from '../store/flag-store.ts';
import { readRunPace, type RunPace, type WorkingRun } from '../store/run-pace-store.ts';
import { listRunRows } from '../store/run-row-store.ts';
import { listQueuePlaces, MOST_AHEAD, type QueuePlace } from '../store/queue-place-store.ts';

/** What a queued run waits for, and until about when. */
export interface Waiting {
  readonly words: string;
  /** When it probably starts, from how long runs take; null where nothing says. */
  readonly startsAbout: string | null;
}
interface Reason {
  readonly words: string;
  /** The limit whose next free place is this run's. */
  readonly by?: { readonly places: number; readonly workingSince: readonly number[] };
}

/** What each queued run of these waits for, as a sentence, by the same limits that a claim goes by. */
export function waitingOf(read: Read, ids: readonly string[], now: string): Map<string, Waiting> {
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
  const pace = readRunPace(read);
  return new Map(
    places.map((place): [string, Waiting] => {
      if (held)
        return [place.id, { words: 'Everything is paused. It starts when you resume.', startsAbout: null }];
      const blocked = blockedWords(place, blocks, choose);
      if (blocked !== null) return [place.id, { words: blocked, startsAbout: null }];
      const { words, by } = reason(place, limits, pace);
      const startsAbout =
        by === undefined || pace.typicalMs === null
          ? null
          : formatTime(
              expectedStart({ now: parseTime(now), ahead: place.ahead, typicalMs: pace.typicalMs, ...by }),
            );
      return [place.id, { words, startsAbout }];
    }),
  );
}

/** The rows, with what the queued ones wait for. */
export function withWaiting(read: Read, rows: readonly RunRow[], now: string): RunRow[] {
  const queued = rows.filter((row) => row.status === 'queued').map((row) => row.id);
  if (queued.length === 0) return [...rows];
  const waiting = waitingOf(read, queued, now);
  return rows.map((row) => {
    const known = waiting.get(row.id);
    return known ? { ...row, waiting: known.words, startsAbout: known.startsAbout } : row;
  });
}

/** So many queued runs are asked what they wait for when a word is looked for, the newest. */
const MOST_ASKED = 200;

/** Which queued runs wait for something that is told with a word; nothing is worked out where no word is looked for. */
export function waitingFor(
  read: Read,
  search: string | undefined,
  now: string,
): ((word: string) => readonly string[]) | undefined {
  if (search === undefined || search.trim() === '') return undefined;
  const queued = listRunRows(read, { statuses: ['queued'], limit: MOST_ASKED }).map(({ id }) => id);
  const told = [...waitingOf(read, queued, now)].map(([id, { words }]) => [id, words.toLowerCase()] as const);
  return (word) => told.flatMap(([id, words]) => (words.includes(word) ? [id] : []));
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
  { intentBusy, working, projectMaxRuns, projectId, executor, ahead }: QueuePlace,
  limits: Record<keyof QueuePlace['working'], number>,
  pace: RunPace,
): Reason {
  const ofProject = projectMaxRuns ?? limits.project;
  // Who is ahead in a project or of an executor alone is not counted, so only the next in line can be told its time there.
  const free = (places: number, runs: readonly WorkingRun[]): Pick<Reason, 'by'> =>
    ahead === 0 || runs.length === pace.working.length
      ? { by: { places, workingSince: runs.map(({ startedAt }) => parseTime(startedAt)) } }
      : {};
  const among = (fits: (run: WorkingRun) => boolean): WorkingRun[] => pace.working.filter(fits);
  if (intentBusy) return { words: 'An earlier run of the same work is not done yet.' };
  if (working.project >= ofProject)
    return {
      words: full(working.project, ofProject, 'of this project work'),
      ...free(
        ofProject,
        among((run) => run.projectId === projectId),
      ),
    };
  if (working.account >= limits.account)
    return { words: full(working.account, limits.account, 'of this account work') };
  if (working.executor >= limits.executor)
    return {
      words: full(working.executor, limits.executor, `with ${executor} work`),
      ...free(
        limits.executor,
        among((run) => run.executor === executor),
      ),
    };
  const all = Number.isFinite(limits.all) ? free(limits.all, pace.working) : {};
  const busy = working.all >= limits.all;
  if (ahead === 0)
    return busy
      ? { words: full(working.all, limits.all, 'work; this one is next'), ...all }
      : { words: 'Next in line: it starts when a place is free.' };
  const many = ahead >= MOST_AHEAD;
  const words = `${many ? `${String(MOST_AHEAD)} or more` : String(ahead)} ahead of it in the queue`;
  return {
    words: busy ? `${words}, because ${full(working.all, limits.all, 'work')}` : `${words}.`,
    ...(many ? {} : all),
  };
}

function full(working: number, limit: number, what: string): string {
  return `${String(working)} of ${String(limit)} runs ${what}.`;
}
