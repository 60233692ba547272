import type { Project } from '../domain/project/project.ts';
import type { Signal, Source } from '../domain/source/source.ts';
import { formatTime, type Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import { messageOf } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import { readFlag } from '../store/flag-store.ts';
import { findProject } from '../store/project-store.ts';
import { findProposalByFingerprint, insertProposal } from '../store/proposal-store.ts';
import { listDueSources, listSources, recordSourceCheck } from '../store/source-store.ts';
import type { Store } from '../store/store.ts';
import type { SourceReader } from './ports.ts';

/** How many undecided ideas one source may have on the board; more would be noise, not a board. The rest wait their turn. */
const OPEN_IDEAS: Record<Signal['source'], number> = {
  todo: 25,
  failing_test: 1,
  owner: Number.MAX_SAFE_INTEGER,
};
const FIRST_BACKOFF_MS = 60_000;
const LONGEST_BACKOFF_MS = 24 * 3_600_000;

export interface Found {
  readonly title: string;
  readonly source: Signal['source'];
  readonly sourceRef: string;
  readonly relevance: number;
  readonly fresh: boolean;
}

export interface Discovered {
  readonly found: Found[];
  readonly created: number;
  readonly failures: { projectName: string; source: Signal['source']; message: string }[];
}

/** Reads sources and turns what is new into ideas: once for each fingerprint, the most relevant first. */
export interface Discovery {
  /** Looks now, whatever the schedule says. A dry run keeps nothing. */
  check(options: { projectId?: string | undefined; dryRun: boolean; actor: string }): Promise<Discovered>;
  /** Starts checks of the sources whose time has come and returns at once. */
  checkDue(): void;
}

export function createDiscovery(options: {
  store: Store;
  readers: readonly SourceReader[];
  clock: Clock;
  log: Log;
  scope: Scope;
}): Discovery {
  const { store, clock, log, scope } = options;
  const readers = new Map(options.readers.map((reader) => [reader.type, reader]));
  const inHand = new Map<string, Promise<Discovered>>();
  const abort = new AbortController();
  scope.add('discovery', async () => {
    abort.abort();
    await Promise.allSettled(inHand.values());
  });

  return {
    async check({ projectId, dryRun, actor }) {
      const total: { found: Found[]; created: number; failures: Discovered['failures'] } = {
        found: [],
        created: 0,
        failures: [],
      };
      for (const source of store.read((read) => listSources(read, projectId))) {
        if (!source.enabled) continue;
        await inHand.get(source.id);
        const part = await once(source, { force: true, dryRun, actor });
        total.found.push(...part.found);
        total.created += part.created;
        total.failures.push(...part.failures);
      }
      return total;
    },
    checkDue() {
      if (scope.closed || store.read((read) => readFlag(read, 'runtime.discovery_enabled')) !== 'on') return;
      for (const source of store.read((read) => listDueSources(read, clock.iso())))
        if (!inHand.has(source.id)) void once(source, { force: false, dryRun: false, actor: 'discovery' });
    },
  };

  function once(
    source: Source,
    how: { force: boolean; dryRun: boolean; actor: string },
  ): Promise<Discovered> {
    const work = checkSource(source, how).finally(() => {
      inHand.delete(source.id);
    });
    inHand.set(source.id, work);
    return work;
  }

  async function checkSource(
    source: Source,
    how: { force: boolean; dryRun: boolean; actor: string },
  ): Promise<Discovered> {
    const project =
      source.projectId === null ? null : store.read((read) => findProject(read, source.projectId ?? ''));
    const reader = readers.get(source.type);
    if (!project || !reader) return { found: [], created: 0, failures: [] };
    let result;
    try {
      result = await reader.read(project, {
        cursor: source.lastCursor,
        force: how.force,
        signal: abort.signal,
      });
    } catch (error) {
      log.error('a source threw', { source: source.type, project: project.name, error: messageOf(error) });
      result = { ok: false as const, error: { tag: 'source_failed', message: messageOf(error) } };
    }
    if (abort.signal.aborted) return { found: [], created: 0, failures: [] };
    if (!result.ok) {
      const { message } = result.error;
      if (!how.dryRun) recordFailure(source, message);
      return {
        found: [],
        created: 0,
        failures: [{ projectName: project.name, source: source.type, message }],
      };
    }
    const signals = [...result.value.signals].sort((a, b) => b.relevance - a.relevance);
    const { cursor } = result.value;
    const found = store.read((read) =>
      signals.map((signal) => ({
        title: signal.title,
        source: signal.source,
        sourceRef: signal.sourceRef,
        relevance: signal.relevance,
        fresh: findProposalByFingerprint(read, signal.fingerprint) === null,
      })),
    );
    const created = how.dryRun ? 0 : keep(source, project, signals, cursor, how.actor);
    return { found, created, failures: [] };
  }

  function keep(
    source: Source,
    project: Project,
    signals: readonly Signal[],
    cursor: string | null,
    actor: string,
  ): number {
    return store.write((write) => {
      const open = write
        .prepare(
          `SELECT COUNT(*) AS open FROM proposal WHERE project_id = ? AND source = ? AND stage IN ('idea', 'research', 'plan')`,
        )
        .get(project.id, source.type);
      let room = OPEN_IDEAS[source.type] - Number(open?.['open'] ?? 0);
      let created = 0;
      let left = false;
      for (const signal of signals) {
        if (room <= 0) {
          left ||= findProposalByFingerprint(write, signal.fingerprint) === null;
          continue;
        }
        const id = insertProposal(
          write,
          { ...signal, projectId: project.id, goalId: null, parentId: null, expiresAt: null },
          actor,
        );
        if (id === null) continue;
        room -= 1;
        created += 1;
      }
      const interval = Number(readFlag(write, 'runtime.discovery_interval_ms'));
      recordSourceCheck(write, source.id, {
        // What found no room is looked for again next time.
        cursor: left ? null : cursor,
        created,
        error: null,
        backoffMs: 0,
        nextCheckAt: formatTime(clock.now() + interval),
      });
      return created;
    });
  }

  function recordFailure(source: Source, error: string): void {
    store.write((write) => {
      const backoffMs = Math.min(LONGEST_BACKOFF_MS, Math.max(FIRST_BACKOFF_MS, source.backoffMs * 2));
      recordSourceCheck(write, source.id, {
        cursor: null,
        created: 0,
        error,
        backoffMs,
        nextCheckAt: formatTime(clock.now() + backoffMs),
      });
    });
  }
}
