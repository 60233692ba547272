import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { licenceProblems, noticesText, readLicence, shippedLicences } from './licence-list.ts';
import { packageFolder } from './shipped-plugin.ts';

let root: string;
const write = (file: string, text: string): void => {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
};
const make = (name: string, manifest: object, files: Record<string, string> = {}): void => {
  write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', ...manifest }));
  for (const [file, text] of Object.entries(files)) write(`node_modules/${name}/${file}`, text);
};
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'homer-licences-'));
  make('better-sqlite3', { license: 'MIT' }, { LICENSE: 'The text of better-sqlite3' });
  make('electron', { license: 'MIT' }, { LICENSE: 'The text of electron' });
  make('@scope/tool', { license: 'ISC' }, { 'licence.md': 'The text of tool', 'index.js': '' });
  make('bare', { license: 'MIT', author: 'A. Person <a@b.c> (c)', repository: 'a-person/bare' });
  make('strong', { license: 'GPL-3.0-only' }, { COPYING: 'The text of strong' });
  make('installed-only', { license: 'MIT' }, { LICENSE: 'Never shipped' });
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

it('lists what the builds name and what lies beside them, with the text of each, and nothing that is only installed', () => {
  write('out/shipped/main.json', JSON.stringify(['node_modules/@scope/tool', 'node_modules/bare']));
  write('out/shipped/renderer.json', JSON.stringify(['node_modules/bare']));
  const list = shippedLicences(root);
  expect(list.map(({ name }) => name)).toEqual([
    '@scope/tool',
    'bare',
    'better-sqlite3',
    'Chromium and Node.js',
    'electron',
    'SQLite',
  ]);
  expect(licenceProblems(list)).toEqual([]);
  expect(noticesText(list)).toContain('@scope/tool 1.0.0\nISC\n\nThe text of tool');
});

it('completes a package without a text by the one its licence is known by', () => {
  const { text, homepage } = readLicence(path.join(root, 'node_modules/bare'));
  expect(text).toMatch(/^Copyright \(c\) A\. Person\n\nPermission is hereby granted/u);
  expect(homepage).toBe('https://github.com/a-person/bare');
});

it('refuses terms that nobody looked at', () => {
  expect(licenceProblems([readLicence(path.join(root, 'node_modules/strong'))])).toEqual([
    'strong is under GPL-3.0-only, which nobody looked at.',
  ]);
});

it('finds the package of a file, also one inside of another, and none for a file of the project', () => {
  expect(packageFolder('/p/node_modules/a/lib/x.js?worker')).toBe('node_modules/a');
  expect(packageFolder('C:\\p\\node_modules\\a\\node_modules\\@b\\c\\x.js')).toBe(
    'node_modules/a/node_modules/@b/c',
  );
  expect(packageFolder('/p/main/tick.ts')).toBeUndefined();
});
