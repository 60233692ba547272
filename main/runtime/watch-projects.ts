import { projectEventName } from '../domain/intent/event-name.ts';
import type { Project } from '../domain/project/project.ts';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import { messageOf, type Result } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import { eventDepth } from '../store/note-run-end.ts';
import { getProject } from '../store/project-store.ts';
import { findRunThatMade, getWatch, putWatch } from '../store/project-watch-store.ts';
import { getRun } from '../store/run-store.ts';
import type { Store } from '../store/store.ts';
import { insertTriggerEvent, listWatchedProjects } from '../store/trigger-event-store.ts';

/** Ticks may come in quick succession; git is asked no more often than this. */
const PAUSE_MS = 10_000;
/** Paths an event tells; beyond, it says that there are more. */
const TOLD = 500;

/** What watching needs of git. */
export interface BranchReader {
  head(project: Project): Promise<Result<string>>;
  /** Paths that differ between two commits. */
  changed(project: Project, from: string, to: string): Promise<Result<string[]>>;
}

export interface ProjectWatch {
  /** Looks, at most every 10 s, where the branches stand that intents wait for; reports its own failures. */
  attend(): void;
  settled(): Promise<void>;
}

/**
 * Notices that the branch of a project moved, by asking git where it stands at every tick: at the latest one tick interval after it moved.
 * Asking, unlike watching files, misses nothing while Homer is off, on network folders or when refs are packed. Only commits count: files
 * that are being edited are nobody's business yet. Where it stood is stored with the event, in one transaction.
 */
export function createProjectWatch(options: {
  store: Store;
  branches: BranchReader;
  /** Whether a result is being merged into this project, or taken out of it, right now. */
  applying: (projectId: string) => boolean;
  clock: Clock;
  log: Log;
  scope: Scope;
}): ProjectWatch {
  const { store, branches, applying, clock, log, scope } = options;
  let looking: Promise<void> | null = null;
  let lookedAt = -PAUSE_MS;
  scope.add('watch of projects', () => looking ?? undefined);

  return {
    attend() {
      if (looking !== null || scope.closed) return;
      const { watched, fresh } = store.read((read) => {
        const ids = listWatchedProjects(read);
        return { watched: ids, fresh: ids.some((id) => getWatch(read, id) === null) };
      });
      if (watched.length === 0 || (!fresh && clock.monotonic() - lookedAt < PAUSE_MS)) return;
      lookedAt = clock.monotonic();
      looking = lookAt(watched)
        .catch((error: unknown) => {
          log.error('the projects could not be watched', { error: messageOf(error) });
        })
        .finally(() => {
          looking = null;
        });
    },
    settled: () => looking ?? Promise.resolve(),
  };

  async function lookAt(ids: readonly string[]): Promise<void> {
    for (const id of ids) if (!scope.closed) await look(id);
  }

  async function look(id: string): Promise<void> {
    const project = store.read((read) => getProject(read, id));
    const before = store.read((read) => getWatch(read, id));
    const head = await branches.head(project);
    if (!head.ok) {
      log.warn('the branch of a project could not be read', { projectId: id, error: head.error.message });
      return;
    }
    const branch = project.defaultBranch;
    // A result that is just being applied has moved the branch, and is not on record yet: the next look knows whose it is.
    if (applying(id)) return;
    if (before?.commit === head.value && before.branch === branch) return;
    const moved = before !== null && before.branch === branch;
    const changed = moved ? await branches.changed(project, before.commit, head.value) : null;
    if (scope.closed) return;
    store.write((write) => {
      putWatch(write, id, branch, head.value);
      if (!moved) return;
      const runId = findRunThatMade(write, id, head.value);
      const cause = runId === null ? null : getRun(write, runId);
      const paths = changed?.ok ? changed.value : [];
      insertTriggerEvent(
        write,
        {
          name: projectEventName(id),
          key: null,
          payload: {
            projectId: id,
            project: project.name,
            branch,
            from: before.commit,
            to: head.value,
            paths: paths.slice(0, TOLD),
            more: changed?.ok !== true || paths.length > TOLD,
          },
          depth: cause === null ? 0 : eventDepth(cause) + 1,
          causeIntentId: cause?.intentId ?? null,
        },
        'runtime',
      );
    });
  }
}
