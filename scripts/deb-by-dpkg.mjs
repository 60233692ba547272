#!/usr/bin/env node
// Makes a Debian package with dpkg-deb from the words that electron-builder gives to fpm, which it would fetch from the network: named by
// CUSTOM_FPM_PATH. It knows the words of electron-builder 26 and stops at any other.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const single = [
  '-s',
  '-t',
  '--deb-compression',
  '--architecture',
  '--after-install',
  '--after-remove',
  '--description',
  '--version',
  '--package',
  '--name',
  '--maintainer',
  '--vendor',
  '--url',
  '--category',
  '--deb-priority',
  '--license',
];
const many = ['-d', '--deb-recommends'];
const given = { '-d': [], '--deb-recommends': [] };
const files = [];
const words = process.argv.slice(2);
for (let at = 0; at < words.length; at += 1) {
  const word = words[at];
  if (word === '--force') continue;
  if (single.includes(word)) given[word] = words[(at += 1)];
  else if (many.includes(word)) given[word].push(words[(at += 1)]);
  else if (/^[^-].*=\//u.test(word))
    files.push([word.slice(0, word.lastIndexOf('=/')), word.slice(word.lastIndexOf('=/') + 1)]);
  else stop(`This does not know what ${word} means.`);
}
if (given['-s'] !== 'dir' || given['-t'] !== 'deb') stop('This makes a deb of folders, and nothing else.');

const stage = mkdtempSync(path.join(tmpdir(), 'homer-deb-'));
// It becomes the root of whoever installs this, and a folder made for one is closed to all others.
chmodSync(stage, 0o755);
try {
  for (const [from, to] of files) {
    const target = path.join(stage, to);
    mkdirSync(path.dirname(target), { recursive: true });
    cpSync(from, target, { recursive: true });
  }
  const sums = [];
  let bytes = 0;
  for (const name of readdirSync(stage, { recursive: true, encoding: 'utf8' }).sort()) {
    const file = path.join(stage, name);
    const { mode } = statSync(file);
    // As a package is for everybody, whoever made it: what runs may be run, everything may be read.
    chmodSync(file, mode & 0o100 || statSync(file).isDirectory() ? 0o755 : 0o644);
    if (!statSync(file).isFile()) continue;
    bytes += statSync(file).size;
    sums.push(`${createHash('md5').update(readFileSync(file)).digest('hex')}  ${name}\n`);
  }
  const control = path.join(stage, 'DEBIAN');
  mkdirSync(control);
  const [summary = '', ...rest] = given['--description'].split('\n');
  const fields = {
    Package: given['--name'],
    Version: given['--version'],
    License: given['--license'],
    Vendor: given['--vendor'],
    Architecture: given['--architecture'],
    Maintainer: given['--maintainer'],
    'Installed-Size': String(Math.ceil(bytes / 1024)),
    Depends: given['-d'].join(', '),
    Recommends: given['--deb-recommends'].join(', '),
    Section: given['--category'] ?? 'default',
    Priority: given['--deb-priority'],
    Homepage: given['--url'],
    Description: [summary, ...rest.map((line) => ` ${line.trim() === '' ? '.' : line.trim()}`)].join('\n'),
  };
  const lines = Object.entries(fields).flatMap(([name, value]) => (value ? [`${name}: ${value}\n`] : []));
  writeFileSync(path.join(control, 'control'), lines.join(''));
  writeFileSync(path.join(control, 'md5sums'), sums.join(''));
  for (const [word, name] of [
    ['--after-install', 'postinst'],
    ['--after-remove', 'postrm'],
  ])
    if (given[word]) writeFileSync(path.join(control, name), readFileSync(given[word]), { mode: 0o755 });
  const made = spawnSync(
    'dpkg-deb',
    ['--root-owner-group', `-Z${given['--deb-compression'] ?? 'xz'}`, '--build', stage, given['--package']],
    { encoding: 'utf8' },
  );
  if (made.status !== 0) stop(made.error?.message ?? made.stderr);
} finally {
  rmSync(stage, { recursive: true, force: true });
}

function stop(why) {
  console.error(why);
  process.exit(1);
}
