// Writes docs/diagrams from the tables of the state machines. With `--check` it writes nothing and fails on any difference.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { drawMachines } from './diagrams.ts';

const folder = resolve(import.meta.dirname, '../docs/diagrams');
const style = { ...(await resolveConfig(import.meta.filename)), parser: 'markdown' };
const wanted = new Map();
for (const [name, text] of drawMachines()) wanted.set(name, await format(text, style));

mkdirSync(folder, { recursive: true });
const present = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
const stale = [...new Set([...wanted.keys(), ...present.keys()])].filter(
  (name) => wanted.get(name) !== present.get(name),
);
if (process.argv.includes('--check')) {
  for (const name of stale) console.error(`  docs/diagrams/${name} is not what its table says`);
  if (stale.length > 0) console.error('  Run `node scripts/make-diagrams.mjs`.');
  process.exitCode = stale.length > 0 ? 1 : 0;
} else
  for (const name of stale) {
    if (wanted.has(name)) writeFileSync(join(folder, name), wanted.get(name));
    else rmSync(join(folder, name));
  }
console.log(
  `diagrams: ${wanted.size} machines, ${stale.length} ${stale.length === 1 ? 'file' : 'files'} out of date`,
);
