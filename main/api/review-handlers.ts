import { ok } from '../shared/result.ts';
import { getProject } from '../store/project-store.ts';
import { listRunEvents, lastRunEventSeq } from '../store/run-event-store.ts';
import { listCheckpoints } from '../store/run-step-store.ts';
import { getRun } from '../store/run-store.ts';
import type { Project } from '../domain/project/project.ts';
import type { Run } from '../domain/run/run.ts';
import type { ApiOptions } from './api-options.ts';
import type { Handlers } from './dispatch.ts';
import { tellChanges, tellingTypes } from './tell-changes.ts';

const MOST_EVENTS = 5_000;
type Name = 'run.diff' | 'run.story' | 'run.lines' | 'run.previewApply' | 'run.previewRollBack';

/** What the owner reads before and after the decision on a result. */
export function reviewHandlers({ store, ports }: ApiOptions): Pick<Handlers, Name> {
  const find = (id: string): [Run, Project] =>
    store.read((read) => {
      const run = getRun(read, id);
      return [run, getProject(read, run.projectId)];
    });
  return {
    'run.diff': ({ id }) => ports.diff(...find(id)),
    'run.story': ({ id }) =>
      ok(
        store.read((read) =>
          tellChanges(
            listRunEvents(read, id, {
              after: 0,
              before: lastRunEventSeq(read, id) + 1,
              limit: MOST_EVENTS,
              types: tellingTypes,
            }),
            listCheckpoints(read, id),
            getRun(read, id).worktree,
          ),
        ),
      ),
    'run.lines': ({ id, ...part }) => ports.lines(...find(id), part),
    'run.previewApply': ({ id, ...choice }) => ports.previewApply(...find(id), choice),
    'run.previewRollBack': ({ id }) => ports.previewRollBack(...find(id)),
  };
}
