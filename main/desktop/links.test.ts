import { expect, test } from 'vitest';
import { routeOfArguments, routeOfLink } from './deep-link.ts';
import { mayOpenOutside } from './outside-links.ts';

const id = '01a1fbe4-3392-70cb-83f6-bd2c146126ed';

test('a link to a proposal or a run leads to its page', () => {
  expect(routeOfLink(`homer://proposal/${id}`)).toBe(`/proposal/${id}`);
  expect(routeOfLink(`HOMER://RUN/${id.toUpperCase()}/`)).toBe(`/run/${id}`);
  expect(routeOfArguments(['--hidden', '/usr/bin/homer', 'homer://inbox'])).toBe('/inbox');
});

test.each([
  'homer://proposal/../settings',
  `homer://proposal/${id}?action=approve`,
  'homer://evil',
  `https://homer/proposal/${id}`,
  '',
])('a link that means nothing leads nowhere: %s', (link) => {
  expect(routeOfLink(link)).toBeUndefined();
});

test('only https links to known hosts are opened outside', () => {
  expect(mayOpenOutside('https://github.com/electron/electron')).toBe(true);
  expect(mayOpenOutside('https://docs.github.com/en')).toBe(true);
  for (const address of [
    'http://github.com/',
    'https://github.com.evil.example/',
    'https://evilgithub.com/',
    'https://github.com@evil.example/',
    'https://owner:secret@github.com/',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'nonsense',
  ])
    expect(mayOpenOutside(address), address).toBe(false);
});
