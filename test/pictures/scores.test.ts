import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { areas } from '../e2e/pictures/all.ts';

const pictures = Object.values(areas).flat();
const page = readFileSync(path.join(import.meta.dirname, '..', '..', 'docs', 'pictures.md'), 'utf8');
const scores = new Map(
  [...page.matchAll(/^\| (?<name>[a-z][a-z0-9-]*) +\| +(?<points>\d+) \|/gmu)].map(({ groups }) => [
    groups?.['name'] ?? '',
    Number(groups?.['points']),
  ]),
);

it('every picture that is taken was judged, and found finished', () => {
  const names = pictures.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !scores.has(name))).toEqual([]);
  expect([...scores].filter(([, points]) => points < 18 || points > 20)).toEqual([]);
});

it('nothing is judged that is not taken', () => {
  const names = new Set(pictures.map(({ name }) => name));
  expect([...scores.keys()].filter((name) => !names.has(name))).toEqual([]);
});
