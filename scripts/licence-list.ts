import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Texts of licences as their stewards publish them. */
const standard = path.join(import.meta.dirname, '..', 'resources', 'licences');

/** One thing of others that packages hold, and the terms it comes under. */
export interface Licence {
  readonly name: string;
  readonly version: string;
  /** As its package names it: `MIT`. */
  readonly licence: string;
  readonly homepage: string;
  readonly text: string;
}

/** Terms that ask for no more than to be told on. Anything else is looked at by a person before it is shipped. */
const known = new Set([
  'MIT',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'Apache-2.0',
  'OFL-1.1',
]);
/** Packages that name their terms in no form of today, as their text says them. */
const read: Readonly<Record<string, string>> = {
  '@nornagon/put': 'MIT',
  jsbi: 'Apache-2.0',
  'map-stream': 'MIT',
  'pause-stream': 'MIT',
};
const licenceFile = /^(?:un)?licen[cs]e(?:[-.].*)?$|^(?:copying|notice)(?:\..*)?$/iu;

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: unknown;
  readonly author?: string | { readonly name: string };
  readonly homepage?: string;
  readonly repository?: string | { readonly url: string };
}

/** What the package in a folder says of itself, with the whole text of its terms. */
export function readLicence(folder: string): Licence {
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;
  const licence = read[manifest.name] ?? (typeof manifest.license === 'string' ? manifest.license : '');
  const texts = readdirSync(folder)
    .filter((file) => licenceFile.test(file))
    .sort()
    .map((file) => readFileSync(path.join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim());
  const author = typeof manifest.author === 'object' ? manifest.author.name : (manifest.author ?? '');
  return {
    name: manifest.name,
    version: manifest.version,
    licence,
    homepage: manifest.homepage ?? addressOf(manifest.repository),
    text: wholeText(licence, texts.join('\n\n'), author),
  };
}

/** The text of a package, made whole by the one its licence is known by where it has none or only points to it. */
function wholeText(licence: string, text: string, author: string): string {
  const short = licence === 'Apache-2.0' && !text.includes('TERMS AND CONDITIONS');
  if (text !== '' && !short) return text;
  const file = path.join(standard, `${licence}.txt`);
  if (!existsSync(file)) return text;
  const by = author === '' ? 'its authors' : author.replace(/\s*[<(].*$/u, '');
  const own = text === '' ? `Copyright (c) ${by}` : text;
  return `${own}\n\n${readFileSync(file, 'utf8').trimEnd()}`;
}

function addressOf(repository: Manifest['repository']): string {
  const url = typeof repository === 'object' ? repository.url : (repository ?? '');
  const address = /^(?:github:)?[\w.-]+\/[\w.-]+$/u.test(url)
    ? `https://github.com/${url.replace(/^github:/u, '')}`
    : url.replace(/^git\+/u, '').replace(/^(?:git|ssh|http):\/\/(?:git@)?/u, 'https://');
  return address.startsWith('https://') ? address.replace(/\.git$/u, '') : '';
}

/** Everything of others that packages hold, by name: what the builds name, and what lies beside their output. */
export function shippedLicences(root: string): Licence[] {
  const named = path.join(root, 'out', 'shipped');
  const folders = new Set(['node_modules/better-sqlite3', 'node_modules/electron']);
  if (existsSync(named))
    for (const file of readdirSync(named))
      for (const folder of JSON.parse(readFileSync(path.join(named, file), 'utf8')) as string[])
        folders.add(folder);
  const found = new Map<string, Licence>();
  for (const folder of folders) {
    const licence = readLicence(path.join(root, folder));
    found.set(`${licence.name} ${licence.version}`, licence);
  }
  return [...found.values(), ...within].sort(
    (a, b) => a.name.localeCompare(b.name, 'en') || a.version.localeCompare(b.version, 'en'),
  );
}

/** What comes inside of others, and under terms of its own. */
const within: readonly Licence[] = [
  {
    name: 'SQLite',
    version: '',
    licence: 'Public domain',
    homepage: 'https://sqlite.org/copyright.html',
    text: 'The authors of SQLite have dedicated its code to the public domain. It is compiled into better-sqlite3.',
  },
  {
    name: 'Chromium and Node.js',
    version: '',
    licence: 'Many',
    homepage: 'https://www.chromium.org/',
    text: 'They are inside Electron. Their notices lie beside the program of the desktop app, as LICENSES.chromium.html.',
  },
];

/** Why the list cannot be shipped as it is, one sentence each. */
export function licenceProblems(list: readonly Licence[]): string[] {
  return list
    .filter((each) => !within.includes(each))
    .flatMap(({ name, licence, text }) => [
      ...(known.has(licence)
        ? []
        : [
            `${name} is under ${licence === '' ? 'no licence that it names' : licence}, which nobody looked at.`,
          ]),
      ...(text === '' ? [`${name} has an empty text of its licence.`] : []),
    ]);
}

/** The notices as one text, for people without the app. */
export function noticesText(list: readonly Licence[]): string {
  const line = '-'.repeat(80);
  const parts = list.map(({ name, version, licence, homepage, text }) =>
    [line, [name, version].filter(Boolean).join(' '), licence, homepage, '', text]
      .filter((part, at) => part !== '' || at === 4)
      .join('\n'),
  );
  return ['Homer holds work of others, under the terms below.', ...parts, ''].join('\n\n');
}
