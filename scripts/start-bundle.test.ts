import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startBundle, tooLarge } from './start-bundle.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'homer-bundle-'));
  mkdirSync(path.join(folder, 'assets'));
  writeFileSync(
    path.join(folder, 'index.html'),
    '<script type="module" crossorigin src="./assets/index-1.js"></script><link rel="stylesheet" href="./assets/index-2.css">',
  );
  writeFileSync(
    path.join(folder, 'assets/index-1.js'),
    'import{a}from"./react-3.js";import"./side-4.js";import("./view-5.js");import(`./dashboard-6.js`)',
  );
  for (const name of ['index-2.css', 'react-3.js', 'side-4.js', 'view-5.js', 'dashboard-6.js'])
    writeFileSync(path.join(folder, 'assets', name), `/* ${name} */`);
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('counts what is loaded at the start, and not what a view loads when it is opened', () => {
  const names = startBundle(folder).map(({ file }) => file);
  expect(new Set(names)).toEqual(
    new Set([
      'assets/index-1.js',
      'assets/index-2.css',
      'assets/react-3.js',
      'assets/side-4.js',
      'assets/dashboard-6.js',
    ]),
  );
});

test('says what is too large, and by what', () => {
  const files = startBundle(folder);
  expect(tooLarge(files)).toBeUndefined();
  expect(tooLarge([{ file: 'assets/index-1.js', gzip: 401_000 }])).toContain('401 kB gzip');
  expect(tooLarge(files, 10)).toContain('may load');
  expect(tooLarge([{ file: 'assets/schemas-7.js', gzip: 1 }])).toContain('a view that needs a schema');
});
