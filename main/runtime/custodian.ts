import { formatTime, parseTime, type Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import { messageOf, type Result } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import type { FlagKey } from '../domain/flag/flag.ts';
import { readFlag } from '../store/flag-store.ts';
import { listProjects } from '../store/project-store.ts';
import type { Store } from '../store/store.ts';
import type { Archive } from '../workspace/archives.ts';
import type { RunWorkspace } from './ports.ts';
import { standingWorktrees, type StandingWorktree } from './standing-worktrees.ts';
import { agesFrom, createSteadyClock } from './steady-clock.ts';
import type { Tidy } from './tidy-run.ts';

const MB = 1024 * 1024;
const DAY_MS = 86_400_000;
const LOOK_EVERY_MS = 60_000;
const ANSWER_MS = 2_000;
const KEEP_HOUSE_EVERY_MS = 6 * 3_600_000;
/** No bound on their size lets an archive go before this. */
const ARCHIVE_LEAST_MS = 7 * DAY_MS;

export interface Problem {
  readonly tag: string;
  readonly message: string;
  readonly hint: string;
}

export interface Cleaned {
  readonly removed: readonly StandingWorktree[];
  readonly kept: readonly { readonly worktree: StandingWorktree; readonly why: string }[];
}

/**
 * Looks after worktrees and archives. It says whether there is room on the disk for one more run, and makes room where that is safe:
 * worktrees of ended runs, oldest first, their uncommitted work archived. It never removes what belongs to a run that has not ended,
 * nor what Homer did not make; leftovers of unknown runs are offered, and go only when they are named. All looking is done beside
 * the loop and kept for a minute.
 */
export interface Custodian {
  list(projectId?: string): Promise<StandingWorktree[]>;
  /** Without `runId`, all that may go by itself; `dryRun` only says what would be removed. */
  clean(request: {
    projectId?: string | undefined;
    runId?: string | undefined;
    dryRun: boolean;
  }): Promise<Cleaned>;
  archives(): Promise<(Archive & { readonly expiresAt: string | null })[]>;
  restore(request: {
    projectPath: string;
    runId: string;
    branch: string;
  }): Promise<Result<{ branch: string; commit: string }>>;
  /** Called by every tick; looks again when it is time. */
  attend(): void;
  /** Something is gone: looks again soon, if room was short. */
  lookAgain(): void;
  /** Whether a run may start; false until the first look. */
  hasRoom(): boolean;
  /** Why no run may start, for the owner; null while there is room. */
  shortage(): Problem | null;
  /** Resolves when nothing is being looked at or removed. */
  settled(): Promise<void>;
}

export function createCustodian(options: {
  store: Store;
  workspace: RunWorkspace;
  tidy: Tidy;
  clock: Clock;
  log: Log;
  scope: Scope;
  /** Whether no run works. */
  idle: () => boolean;
  /** There is room again, or none any more. */
  onChange: () => void;
}): Custodian {
  const { store, workspace, tidy, clock, log, scope } = options;
  const number = (key: FlagKey): number => Number(store.read((read) => readFlag(read, key)));
  const steady = createSteadyClock(clock);
  let short: Problem | null = null;
  let looked = false;
  let lookedAt: number | null = null;
  let keptHouseAt = clock.monotonic();
  let current: Promise<void> | null = null;
  scope.add('custodian', () => current ?? undefined);
  scope.add(
    'ends of runs',
    store.onCommit(({ events }) => {
      // A setting, a project or an ended run may have changed how much room there is.
      if (events.some(({ type }) => LOOKING.has(type))) lookedAt = null;
      if (events.some(({ type, entityId }) => type === 'flagChanged' && entityId.startsWith('workspace.')))
        looked = false;
    }),
  );

  const custodian: Custodian = {
    list: (projectId) => standingWorktrees(store, workspace, projectId),
    async clean({ projectId, runId, dryRun }) {
      const removed: StandingWorktree[] = [];
      const kept: { worktree: StandingWorktree; why: string }[] = [];
      for (const worktree of await custodian.list(projectId)) {
        if (runId !== undefined && worktree.runId !== runId) continue;
        const mayGo = isSafe(worktree) || (runId !== undefined && isOffered(worktree));
        if (!mayGo) kept.push({ worktree, why: worktree.why });
        else if (dryRun) removed.push(worktree);
        else {
          const why = await remove(worktree);
          if (why === null) removed.push(worktree);
          else kept.push({ worktree, why });
        }
      }
      if (!dryRun && removed.length > 0) lookedAt = null;
      return { removed, kept };
    },
    async archives() {
      const days = number('workspace.archive_days');
      return (await workspace.archives()).map((archive) => ({
        ...archive,
        expiresAt: days === 0 ? null : formatTime(parseTime(archive.createdAt) + days * DAY_MS),
      }));
    },
    restore: (request) => workspace.restoreArchive(request),
    attend() {
      if (current !== null || scope.closed) return;
      const now = clock.monotonic();
      const stale = lookedAt === null || now - lookedAt > LOOK_EVERY_MS;
      const calm = options.idle() && now - keptHouseAt > KEEP_HOUSE_EVERY_MS;
      if (!stale && !calm) return;
      if (calm) keptHouseAt = now;
      lookedAt = now;
      current = work(calm)
        .catch((error: unknown) => {
          log.error('the worktrees could not be looked after', { error: messageOf(error) });
        })
        .finally(() => {
          current = null;
          // What went while it looked may have been what was short.
          if (lookedAt === null && short !== null) custodian.attend();
        });
    },
    lookAgain() {
      lookedAt = null;
      if (short !== null) custodian.attend();
    },
    hasRoom() {
      if (lookedAt === null) custodian.attend();
      return looked && short === null;
    },
    shortage: () => short,
    settled: async () => {
      await current;
    },
  };
  return custodian;

  async function work(calm: boolean): Promise<void> {
    if (calm) {
      await expireArchives();
      await tidy.leftovers();
    }
    const before = short;
    let found = await look();
    if (found !== null && (await makeRoom())) found = await look();
    short = found;
    const first = !looked;
    looked = true;
    if (short !== null && before === null) log.warn('there is no room for a run', { why: short.message });
    if (first || (short === null) !== (before === null)) options.onChange();
  }

  /** What is short now. Sizes are taken only where a budget asks for them. */
  async function look(): Promise<Problem | null> {
    const least = number('workspace.min_free_mb');
    const budget = number('workspace.disk_budget_mb');
    for (const project of least === 0 ? [] : store.read(listProjects)) {
      const free = await freeBytes(project.localPath);
      if (free !== null && free < least * MB)
        return {
          tag: 'disk_short',
          message: `Only ${String(Math.floor(free / MB))} MB are free on the disk of ${project.name}; a run needs ${String(least)} MB to start.`,
          hint: 'Free some space, or change workspace.min_free_mb. Queued runs start by themselves then.',
        };
    }
    if (budget === 0) return null;
    const used = (await custodian.list()).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    if (used < budget * MB) return null;
    return {
      tag: 'disk_budget',
      message: `The worktrees take ${String(Math.ceil(used / MB))} MB of the ${String(budget)} MB they may.`,
      hint: 'Decide on runs that wait for you, clean up with `homer workspace clean`, or change workspace.disk_budget_mb.',
    };
  }

  /** Null too when a disk does not answer, such as one behind a network that is gone: it must not hold up every other project. */
  async function freeBytes(path: string): Promise<number | null> {
    const waiting = scope.child('free space');
    try {
      return await Promise.race([
        workspace.freeBytes(path),
        clock.sleep(waiting, ANSWER_MS).then(() => null),
      ]);
    } finally {
      await waiting.close();
    }
  }

  async function makeRoom(): Promise<boolean> {
    const { removed } = await custodian.clean({ dryRun: false });
    for (const { path, sizeBytes } of removed)
      log.info('a worktree was removed to make room', { path, sizeBytes });
    return removed.length > 0;
  }

  /** Null when it is gone, else a sentence. */
  async function remove(worktree: StandingWorktree): Promise<string | null> {
    const { projectPath, runId, run } = worktree;
    if (run === null || worktree.kind !== 'run') {
      const gone = await workspace.removeLeftover({ projectPath, runId });
      return gone.ok ? null : gone.error.message;
    }
    // With it go the worktrees of its stages.
    await tidy.run(run.id);
    const left = await workspace.standing(projectPath);
    return left.includes(run.id) ? 'It could not be removed; the log says why.' : null;
  }

  /** Uncommitted work is what a wrong clock could cost most: its age is counted as retention counts. */
  async function expireArchives(): Promise<void> {
    if (!steady()) return;
    const now = agesFrom(store, clock);
    const bound = number('workspace.archive_mb') * MB;
    const archives = await custodian.archives();
    let total = archives.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    for (const { runId, sizeBytes, createdAt, expiresAt } of archives) {
      const expired = expiresAt !== null && parseTime(expiresAt) <= now;
      const beyond = bound > 0 && total > bound && now - parseTime(createdAt) > ARCHIVE_LEAST_MS;
      if (!expired && !beyond) continue;
      await workspace.dropArchive(runId);
      total -= sizeBytes;
      log.info('an archive was let go', { runId, sizeBytes, createdAt });
    }
  }
}

const LOOKING = new Set([
  'flagChanged',
  'projectAdded',
  'projectUpdated',
  'projectRemoved',
  'runApplied',
  'runCompleted',
  'runDiscarded',
  'runFailed',
  'runTimedOut',
  'runStopped',
]);

/** May go unasked: of an ended run, or nobody's and empty of work. */
function isSafe({ advice, run, kind }: StandingWorktree): boolean {
  return (advice === 'remove' || advice === 'archive') && (run !== null || kind !== 'run');
}

/** May go when its owner names it. */
function isOffered({ advice }: StandingWorktree): boolean {
  return advice === 'remove' || advice === 'archive';
}
