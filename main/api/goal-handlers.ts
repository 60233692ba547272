import { actionsFrom } from '../domain/machine.ts';
import { goalMachine, type GoalAction } from '../domain/goal/status.ts';
import { FailureError, ok } from '../shared/result.ts';
import { deleteReading, findMeasure, insertReading, listReadings } from '../store/goal-measure-store.ts';
import { listGoalRows } from '../store/goal-row-store.ts';
import {
  getGoal,
  insertGoal,
  listGoals,
  removeGoal,
  touchGoal,
  transitionGoal,
  updateGoal,
} from '../store/goal-store.ts';
import { goalWork } from '../store/goal-work-store.ts';
import { notFound } from '../store/row.ts';
import type { ApiOptions } from './api-options.ts';
import type { Handlers } from './dispatch.ts';
import { given } from './given.ts';

const READINGS = 100;
const WORK = 200;

export function goalHandlers({
  store,
  clock,
}: ApiOptions): Pick<Handlers, `goal.${string}` & keyof Handlers> {
  return {
    'goal.list': () => ok(store.read(listGoals)),
    'goal.tree': () => ok(store.read((read) => listGoalRows(read, clock.now()))),
    'goal.work': ({ ids, limit }) => ok(store.read((read) => ids.map((id) => goalWork(read, id, limit)))),
    'goal.detail': ({ id }) =>
      ok(
        store.read((read) => {
          const goal = getGoal(read, id);
          const row = listGoalRows(read, clock.now()).find((each) => each.id === id);
          if (!row) throw notFound('goal', id);
          return {
            goal,
            row,
            readings: listReadings(read, id, READINGS),
            work: goalWork(read, id, WORK),
            possible: [...actionsFrom(goalMachine, goal.status)] as GoalAction[],
          };
        }),
      ),
    'goal.get': ({ id }) => ok(store.read((read) => getGoal(read, id))),
    'goal.create': (input, { actor }) =>
      store.tryWrite((write) =>
        insertGoal(
          write,
          {
            title: input.title,
            description: input.description ?? '',
            category: input.category ?? '',
            priority: input.priority ?? 50,
            targetDate: input.targetDate ?? null,
            parentId: input.parentId ?? null,
            measure: input.measure ?? null,
          },
          actor.name,
        ),
      ),
    'goal.update': ({ id, version, fields }, { actor }) =>
      store.tryWrite((write) => updateGoal(write, id, version, given(fields), actor.name)),
    'goal.decide': ({ id, version, action }, { actor }) =>
      store.tryWrite((write) => transitionGoal(write, id, version, action, actor.name)),
    'goal.remove': ({ id, version }, { actor }) =>
      store.tryWrite((write) => {
        removeGoal(write, id, version, actor.name);
        return { id };
      }),
    'goal.record': ({ id, value }, { actor }) =>
      store.tryWrite((write) => {
        const goal = getGoal(write, id);
        if (!findMeasure(write, id))
          throw new FailureError({
            tag: 'no_measure',
            message: `${goal.title} has no measure.`,
            hint: 'Say what is measured first: its name, where it stands, and its target.',
          });
        const readingId = insertReading(write, id, value, actor.name);
        touchGoal(write, id, null, { reading: value }, actor.name);
        const [reading] = listReadings(write, id, 1);
        if (!reading || reading.id !== readingId) throw new Error('The newest reading is not the last one.');
        return { reading, goal: getGoal(write, id) };
      }),
    'goal.takeBack': ({ id, readingId }, { actor }) =>
      store.tryWrite((write) => {
        getGoal(write, id);
        if (!deleteReading(write, id, readingId)) throw notFound('reading', readingId);
        touchGoal(write, id, null, { takenBack: readingId }, actor.name);
        return getGoal(write, id);
      }),
  };
}
