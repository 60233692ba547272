import { useMemo } from 'react';
import { bindings } from '../../app/actions.ts';
import { useActionList } from '../../app/actions-context.tsx';
import { keyedActions, type KeyedAction } from './catalogue.ts';

/** Things of the owner's, such as projects, can be opened by the palette; they come and go, and have no keys. */
const oneOfMany = /^project\.[0-9a-f-]{36}$/u;

/** Every action that can have a key: those of all views, and what else is offered now. */
export function useKeyedActions(): readonly KeyedAction[] {
  const offered = useActionList();
  return useMemo(() => {
    const known = new Set(keyedActions.map(({ id }) => id));
    const more = offered.filter(
      ({ id, scope }) => !known.has(id) && scope === 'global' && !oneOfMany.test(id),
    );
    return [
      ...keyedActions,
      ...more.map((action): KeyedAction => ({
        id: action.id,
        title: action.title,
        places: ['everywhere'],
        given: action.givenKeys ?? bindings(action),
      })),
    ];
  }, [offered]);
}
