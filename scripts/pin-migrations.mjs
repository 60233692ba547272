// Pins the hash of every migration that has none yet. A pinned one that changed is an error: add a new migration instead.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const folder = fileURLToPath(new URL('../migrations', import.meta.url));
const file = join(folder, 'hashes.json');
let pinned = {};
try {
  pinned = JSON.parse(readFileSync(file, 'utf8'));
} catch (error) {
  if (error.code !== 'ENOENT') throw error;
}
let changed = 0;
for (const name of readdirSync(folder)
  .filter((entry) => entry.endsWith('.sql'))
  .sort()) {
  const hash = createHash('sha256')
    .update(readFileSync(join(folder, name)))
    .digest('hex');
  if (pinned[name] === undefined) {
    pinned[name] = hash;
    console.log(`pinned ${name}`);
  } else if (pinned[name] !== hash) {
    console.error(`${name} was changed after it was pinned. Add a new migration instead.`);
    changed += 1;
  }
}
writeFileSync(file, JSON.stringify(pinned, null, 2) + '\n');
process.exitCode = changed ? 1 : 0;
