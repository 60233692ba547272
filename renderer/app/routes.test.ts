import { describe, expect, it } from 'vitest';
import { href, parseHref, to, type Location } from './routes.ts';

describe('addresses', () => {
  const places: readonly Location[] = [
    to('inbox', {}),
    to('board', {}, { filter: 'risk:high api', selected: 'p 1' }),
    to('run', { id: 'a/b ü' }, { lens: 'raw' }),
    to('review', { id: 'abc' }),
    to('proposal', { id: '42' }),
    to('intent', { id: '7' }, { edit: '1' }),
  ];
  it.each(places.map((place) => [href(place), place] as const))(
    '%s leads back to where it came from',
    (address, place) => {
      expect(parseHref(address)).toEqual(place);
    },
  );

  it('leave out empty filters', () => {
    expect(href(to('runs', {}, { filter: '' }))).toBe('#/runs');
  });

  it.each(['', '#', '#/', '#/nowhere', '#/run', '#/run/', '#/run/a/b', '#/run/%E0%A4%A'])(
    'say nothing when "%s" is not one of ours',
    (address) => {
      expect(parseHref(address)).toBeUndefined();
    },
  );
});
