import type { OwnKeys } from '../../app/actions.ts';
import type { KeyedAction, KeyPlace } from './catalogue.ts';
import { compareKeys, pressesOf } from './same-keys.ts';

export interface KeyConflict {
  readonly action: KeyedAction;
  readonly place: KeyPlace;
  /**
   * `taken`: both would be live at once. `overlaps`: one is the beginning of the other. `shadowed`: the other one is of a single
   * view and keeps the key there. `shadows`: the other one is everywhere, and loses the key in this view.
   */
  readonly kind: 'taken' | 'overlaps' | 'shadowed' | 'shadows';
}

export function keysOf({ id, given }: KeyedAction, own: OwnKeys): readonly string[] {
  return Object.hasOwn(own, id) ? (own[id] ?? given) : given;
}

/** The quick window has no other actions beside its own, and nothing below a peek has keys. */
const ofItsOwn: ReadonlySet<KeyPlace> = new Set(['quick', 'peek']);

/**
 * Which other actions would meet `keys` of `action`. A key belongs to the innermost scope that binds it, so actions of different
 * views never meet; two that come with the same key in the same place take turns, and are no conflict.
 */
export function conflictsOf(
  action: KeyedAction,
  keys: string,
  all: readonly KeyedAction[],
  own: OwnKeys,
): KeyConflict[] {
  const everywhere = action.places.includes('everywhere');
  const inMain = ({ places }: KeyedAction): boolean => places.some((place) => !ofItsOwn.has(place));
  return all.flatMap((other): KeyConflict[] => {
    if (other.id === action.id || takeTurns(action, other)) return [];
    const met = keysOf(other, own).map((each) => compareKeys(each, keys));
    const same = met.includes('same');
    if (!same && !met.includes('overlaps')) return [];
    const shared = other.places.find((place) => action.places.includes(place));
    if (shared) return [{ action: other, place: shared, kind: same ? 'taken' : 'overlaps' }];
    if (!inMain(action) || !inMain(other)) return [];
    const [place = 'everywhere'] = (everywhere ? other : action).places.filter((each) => !ofItsOwn.has(each));
    if (everywhere) return [{ action: other, place, kind: same ? 'shadowed' : 'overlaps' }];
    if (other.places.includes('everywhere'))
      return same
        ? [{ action: other, place, kind: 'shadows' }]
        : [{ action: other, place: 'everywhere', kind: 'overlaps' }];
    return [];
  });
}

function takeTurns(a: KeyedAction, b: KeyedAction): boolean {
  return (
    a.places.some((place) => b.places.includes(place)) &&
    a.given.some((keys) => b.given.some((other) => compareKeys(keys, other) === 'same'))
  );
}

const ofLists = new Set([
  'j',
  'k',
  'x',
  'space',
  'enter',
  'arrowup',
  'arrowdown',
  'home',
  'end',
  'pageup',
  'pagedown',
]);

/** Rows of a list have this key themselves. */
export function isOfLists(keys: string): boolean {
  return ofLists.has(pressesOf(keys).join(' '));
}

/** The spelling that Homer uses already, where it has these keys: the dispatcher compares bindings as they are written. */
export function spelledAs(keys: string, all: readonly KeyedAction[]): string {
  return all.flatMap(({ given }) => given).find((each) => compareKeys(each, keys) === 'same') ?? keys;
}
