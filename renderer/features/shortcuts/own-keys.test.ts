import { describe, expect, it } from 'vitest';
import type { KeyedAction, KeyPlace } from './catalogue.ts';
import { conflictsOf, spelledAs } from './conflicts.ts';
import { withGiven, withKeys, withoutKeys } from './own-keys.ts';

const action = (id: string, places: readonly KeyPlace[], ...given: string[]): KeyedAction => ({
  id,
  title: id,
  places,
  given,
});
const create = action('create', ['everywhere'], 'c');
const schedule = action('schedule', ['everywhere'], 'g s');
const approve = action('approve', ['board'], 'a');
const next = action('next', ['board'], 'j', 'ArrowDown');
const retry = action('retry', ['runs', 'run'], 'y');
const retryNow = action('retryNow', ['run'], 'y');
const reject = action('reject', ['quick'], 'r');
const all = [create, schedule, approve, next, retry, retryNow, reject];
const met = (of: KeyedAction, keys: string, own = {}): string[] =>
  conflictsOf(of, keys, all, own).map(({ action: { id }, kind, place }) => `${kind} ${id} ${place}`);

describe('keys of one action beside those of others', () => {
  it('are taken where both are live at once, however they are written', () => {
    expect(met(next, 'a')).toEqual(['taken approve board']);
    expect(met(approve, 'KeyJ')).toEqual(['taken next board']);
    expect(met(approve, 'ArrowDown')).toEqual(['taken next board']);
  });

  it('are free where the other one is in another view, or another window', () => {
    expect(met(approve, 'y')).toEqual([]);
    expect(met(create, 'r')).toEqual([]);
  });

  it('belong to the view where the other one is everywhere', () => {
    expect(met(approve, 'c')).toEqual(['shadows create board']);
    expect(met(create, 'a')).toEqual(['shadowed approve board']);
  });

  it('are refused as the beginning of a sequence', () => {
    expect(met(approve, 'g')).toEqual(['overlaps schedule everywhere']);
    expect(met(create, 'g s x')).toEqual(['overlaps schedule everywhere']);
  });

  it('may be those that two in one place come with, since these take turns', () => {
    expect(met(retry, 'y')).toEqual([]);
    expect(met(retryNow, 'm', { retry: ['m'] })).toEqual([]);
  });

  it('are compared as they are now, not as they came', () => {
    expect(met(next, 'a', { approve: ['b'] })).toEqual([]);
    expect(met(next, 'b', { approve: ['b'] })).toEqual(['taken approve board']);
  });
});

describe('keys that the reader chose', () => {
  it('take the place of the shown one, and the others stay', () => {
    expect(withKeys({}, next, 'n', all)).toEqual({ next: ['n', 'ArrowDown'] });
  });

  it('leave whoever had them without', () => {
    expect(withKeys({}, next, 'a', all)).toEqual({ next: ['a', 'ArrowDown'], approve: [] });
    expect(withKeys({}, approve, 'j', all)).toEqual({ approve: ['j'], next: ['ArrowDown'] });
  });

  it('are forgotten once they are those that come with Homer', () => {
    expect(withKeys({ approve: ['b'] }, approve, 'a', all)).toEqual({});
    expect(withoutKeys({}, approve)).toEqual({ approve: [] });
  });

  it('go back to what they were, also where another has them by now', () => {
    const own = withKeys({}, next, 'a', all);
    expect(withGiven(own, approve, all)).toEqual({ next: ['ArrowDown'] });
  });

  it('are written as Homer writes them', () => {
    expect(spelledAs('KeyA', all)).toBe('a');
    expect(spelledAs('m', all)).toBe('m');
  });
});
