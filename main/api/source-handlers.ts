import { ok } from '../shared/result.ts';
import { getProject } from '../store/project-store.ts';
import { listSources } from '../store/source-store.ts';
import type { ApiOptions } from './api-options.ts';
import type { Handlers } from './dispatch.ts';

export function sourceHandlers({
  store,
  discovery,
}: ApiOptions): Pick<Handlers, `source.${string}` & keyof Handlers> {
  return {
    'source.list': ({ projectId }) => ok(store.read((read) => listSources(read, projectId))),
    'source.check': async ({ projectId, dryRun }, { actor }) => {
      if (projectId !== undefined) store.read((read) => getProject(read, projectId));
      return ok(await discovery.check({ projectId, dryRun, actor: actor.name }));
    },
  };
}
