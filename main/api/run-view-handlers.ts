import { ok } from '../shared/result.ts';
import { insertRunView, listRunViews, removeRunView, updateRunView } from '../store/run-view-store.ts';
import type { ApiOptions } from './api-options.ts';
import type { Handlers } from './dispatch.ts';
import { given } from './given.ts';

export function runViewHandlers({ store }: ApiOptions): Pick<Handlers, `runView.${string}` & keyof Handlers> {
  return {
    'runView.list': () => ok(store.read(listRunViews)),
    'runView.create': (input, { actor }) =>
      store.tryWrite((write) => insertRunView(write, input, actor.name)),
    'runView.update': ({ id, version, fields }, { actor }) =>
      store.tryWrite((write) => updateRunView(write, id, version, given(fields), actor.name)),
    'runView.remove': ({ id, version }, { actor }) =>
      store.tryWrite((write) => {
        removeRunView(write, id, version, actor.name);
        return { id };
      }),
  };
}
