import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { keyedActions } from './catalogue.ts';

const renderer = path.join(import.meta.dirname, '..', '..');
const sources = globSync('{app,features}/**/*.{ts,tsx}', { cwd: renderer })
  .filter((file) => !/\.test\.|features[\\/]shortcuts/u.test(file))
  .map((file) => readFileSync(path.join(renderer, file), 'utf8'))
  // Rows of the palette have an id too, and no key.
  .filter((text) => /useActions|\bAction\b|act=\{/u.test(text));
const all = sources.join('\n');

/** Actions whose id and key stand in one object, as nearly all are written. */
function written(): { id: string; keys: string[]; dialog: boolean }[] {
  return [...all.matchAll(/\bid: '(\w+\.[\w.-]+)',([^{}]*?)\brun[:(,]/gu)].map(([, id = '', rest = '']) => ({
    id,
    keys: [...(/\bkeys: (?:'[^']+'|\[[^\]]+\])/u.exec(rest)?.[0].matchAll(/'([^']+)'/gu) ?? [])].map(
      ([, key = '']) => key,
    ),
    dialog: rest.includes("scope: 'dialog'"),
  }));
}

it('lists every action that a view registers, with the keys it comes with', () => {
  const known = new Map(keyedActions.map(({ id, given }) => [id, given]));
  const found = written().filter(({ dialog }) => !dialog);
  expect(found.length).toBeGreaterThan(70);
  const missing = found.filter(({ id }) => !known.has(id)).map(({ id }) => id);
  expect(missing, 'add a line to renderer/features/shortcuts/catalogue.ts').toEqual([]);
  for (const { id, keys } of found)
    if (keys.length > 0) expect(known.get(id), id).toEqual(expect.arrayContaining(keys));
});

it('lists nothing that no view registers', () => {
  const parts = (id: string): string[] => [
    id,
    id.slice(id.indexOf('.') + 1),
    `\`${id.slice(0, id.lastIndexOf('.'))}.\${`,
  ];
  const gone = keyedActions.filter(({ id }) => !parts(id).some((part) => all.includes(part)));
  expect(gone.map(({ id }) => id)).toEqual([]);
});

it('lists each action once', () => {
  const ids = keyedActions.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
