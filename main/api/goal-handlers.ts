import type { GoalAction } from '../domain/goal/status.ts';
import { ok } from '../shared/result.ts';
import {
  getGoal,
  insertGoal,
  listGoals,
  transitionGoal,
  updateGoal,
  type GoalFields,
} from '../store/goal-store.ts';
import type { ApiOptions } from './api-options.ts';
import type { Handlers } from './dispatch.ts';
import { given } from './given.ts';

export function goalHandlers({ store }: ApiOptions): Pick<Handlers, `goal.${string}` & keyof Handlers> {
  return {
    'goal.list': () => ok(store.read(listGoals)),
    'goal.get': ({ id }) => ok(store.read((read) => getGoal(read, id))),
    'goal.create': (input, { actor }) => {
      const fields: GoalFields = {
        title: input.title,
        description: input.description ?? '',
        category: input.category ?? '',
        priority: input.priority ?? 50,
        targetDate: input.targetDate ?? null,
        parentId: input.parentId ?? null,
      };
      return store.tryWrite((write) => insertGoal(write, fields, actor.name));
    },
    'goal.update': ({ id, version, fields }, { actor }) =>
      store.tryWrite((write) => updateGoal(write, id, version, given(fields), actor.name)),
    'goal.decide': ({ id, version, action }, { actor }) =>
      store.tryWrite((write) => transitionGoal(write, id, version, action as GoalAction, actor.name)),
  };
}
