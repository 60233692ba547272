import { expect, it } from 'vitest';
import { ownerAddresses } from './owner-addresses.ts';

it('takes the addresses of whoever makes a build, and says which are not set', () => {
  const set = { HOMER_HOMEPAGE: 'https://homer.example.org/', HOMER_MAINTAINER: 'Sam Doe <sam@example.org>' };
  expect(ownerAddresses(set)).toEqual({
    homepage: 'https://homer.example.org/',
    maintainer: 'Sam Doe <sam@example.org>',
    missing: [],
  });
  const none = ownerAddresses({});
  expect(none.missing).toEqual(['HOMER_HOMEPAGE', 'HOMER_MAINTAINER']);
  expect([none.homepage, none.maintainer].every((address) => address.includes('.invalid'))).toBe(true);
});

it.each([
  { HOMER_HOMEPAGE: 'http://homer.example.org/' },
  { HOMER_HOMEPAGE: 'homer' },
  { HOMER_MAINTAINER: 'sam@example.org' },
  { HOMER_MAINTAINER: 'Sam Doe' },
])('refuses %o', (env) => {
  expect(() => ownerAddresses(env)).toThrow('must be');
});
