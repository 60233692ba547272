import { ok } from '../shared/result.ts';
import {
  insertBoardView,
  listBoardViews,
  removeBoardView,
  updateBoardView,
} from '../store/board-view-store.ts';
import type { ApiOptions } from './api-options.ts';
import type { Handlers } from './dispatch.ts';
import { given } from './given.ts';

export function boardViewHandlers({
  store,
}: ApiOptions): Pick<Handlers, `boardView.${string}` & keyof Handlers> {
  return {
    'boardView.list': () => ok(store.read(listBoardViews)),
    'boardView.create': (input, { actor }) =>
      store.tryWrite((write) => insertBoardView(write, input, actor.name)),
    'boardView.update': ({ id, version, fields }, { actor }) =>
      store.tryWrite((write) => updateBoardView(write, id, version, given(fields), actor.name)),
    'boardView.remove': ({ id, version }, { actor }) =>
      store.tryWrite((write) => {
        removeBoardView(write, id, version, actor.name);
        return { id };
      }),
  };
}
