import { expect, test } from 'vitest';
import { linkAmong, routeOfLink } from './deep-link.ts';
import { mayOpenOutside } from './outside-links.ts';

const id = '01a1fbe4-3392-70cb-83f6-bd2c146126ed';

test.each([
  [`homer://proposal/${id}`, `/proposal/${id}`],
  [`HOMER://RUN/${id.toUpperCase()}/`, `/run/${id}`],
  [`homer://run/${id}/review`, `/run/${id}/review`],
  [`homer://intent/${id}`, `/schedule/${id}`],
  ['homer://inbox', '/inbox'],
  ['homer://briefings', '/briefings'],
  ['homer://accounts', '/accounts'],
  ['homer://settings', '/settings'],
  ['homer://settings/general', '/settings?section=general'],
  ['homer://', '/board'],
])('%s leads to %s', (link, route) => {
  expect(routeOfLink(link)).toBe(route);
});

test('the link is found among the words of a start, also one that means nothing', () => {
  expect(linkAmong(['--hidden', '/usr/bin/homer', 'homer://inbox'])).toBe('homer://inbox');
  expect(linkAmong(['homer:nonsense'])).toBe('homer:nonsense');
  expect(linkAmong(['--hidden', '/home/homer'])).toBeUndefined();
});

test.each([
  'homer://proposal/../settings',
  `homer://proposal/${id}?action=approve`,
  'homer://evil',
  'homer://proposal/1',
  'homer://settings/general?on=1',
  'homer://settings/../inbox',
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
