import type { OwnKeys } from '../../app/actions.ts';
import type { KeyedAction } from './catalogue.ts';
import { conflictsOf, keysOf } from './conflicts.ts';
import { compareKeys } from './same-keys.ts';

const same = (a: readonly string[], b: readonly string[]): boolean => a.join('\n') === b.join('\n');

function put(own: OwnKeys, action: KeyedAction, keys: readonly string[]): OwnKeys {
  const { [action.id]: _, ...others } = own;
  return same(keys, action.given) ? others : { ...others, [action.id]: keys };
}

/** Whoever stands in the way of these keys in the same place gives them up. */
function cleared(
  own: OwnKeys,
  action: KeyedAction,
  keys: readonly string[],
  all: readonly KeyedAction[],
): OwnKeys {
  let next = own;
  for (const wanted of keys)
    for (const { action: other, kind } of conflictsOf(action, wanted, all, own))
      if (kind === 'taken' || kind === 'overlaps')
        next = put(
          next,
          other,
          keysOf(other, next).filter((each) => compareKeys(each, wanted) === 'apart'),
        );
  return next;
}

/** The shown key of an action becomes `keys`; others it has stay. */
export function withKeys(
  own: OwnKeys,
  action: KeyedAction,
  keys: string,
  all: readonly KeyedAction[],
): OwnKeys {
  const rest = keysOf(action, own)
    .slice(1)
    .filter((each) => compareKeys(each, keys) === 'apart');
  return put(cleared(own, action, [keys], all), action, [keys, ...rest]);
}

export function withoutKeys(own: OwnKeys, action: KeyedAction): OwnKeys {
  return put(own, action, []);
}

/** The action has the keys again that come with Homer. */
export function withGiven(own: OwnKeys, action: KeyedAction, all: readonly KeyedAction[]): OwnKeys {
  return put(cleared(own, action, action.given, all), action, action.given);
}
