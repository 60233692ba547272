import { useMemo, useSyncExternalStore } from 'react';
import { useClient } from '../../client/client-context.tsx';
import type { Queries } from '../../client/queries.ts';
import type { GoalWork } from './goal-types.ts';

const every = 2_000;

/** What is linked to each of these goals, read goal by goal: opening one more leaves the others as they are. */
export function useGoalWork(ids: readonly string[]): ReadonlyMap<string, GoalWork> {
  const { queries } = useClient();
  const key = ids.join(' ');
  const source = useMemo(() => createSource(queries, key), [queries, key]);
  return useSyncExternalStore(source.subscribe, source.snapshot);
}

function createSource(queries: Queries, key: string) {
  const inputs = key === '' ? [] : key.split(' ').map((id) => ({ ids: [id] }));
  let last: ReadonlyMap<string, GoalWork> = new Map();
  return {
    subscribe: (listener: () => void) => {
      const stops = inputs.map((input) => queries.subscribe('goal.work', input, { every }, listener));
      return () => {
        for (const stop of stops) stop();
      };
    },
    // The very map of before while nothing in it changed.
    snapshot: () => {
      const found = inputs.flatMap((input) => queries.snapshot('goal.work', input).data ?? []);
      if (found.length !== last.size || found.some((work) => last.get(work.goalId) !== work))
        last = new Map(found.map((work) => [work.goalId, work]));
      return last;
    },
  };
}
