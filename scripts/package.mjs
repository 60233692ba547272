// Builds everything and makes packages: `npm run package`, or with words for electron-builder, as in `npm run package -- --linux deb`.
// HOMER_HOMEPAGE and HOMER_MAINTAINER say who makes them.
// HOMER_UPDATE_URL and HOMER_UPDATE_KEY make packages that can update themselves, see docs/decisions/0117. `--e2e` leaves Node's inspector open for the end-to-end specs.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ownerAddresses } from './owner-addresses.ts';
import { stageCommand } from './stage-command.mjs';
import { stageUpdate } from './stage-update.mjs';

const root = path.join(import.meta.dirname, '..');
const words = process.argv.slice(2);
const run = (script, args) => {
  const { status, error } = spawnSync(process.execPath, [path.join(root, script), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
};

const systems = { linux: ['--linux', '-l'], darwin: ['--mac', '-m'], win32: ['--win', '--windows', '-w'] };
for (const [system, names] of Object.entries(systems)) {
  const foreign = system === process.platform ? undefined : words.find((word) => names.includes(word));
  if (foreign === undefined) continue;
  // electron-builder would pack it, with the native parts of this machine.
  console.error(`${foreign} packs on its own system only, and this one is ${process.platform}.`);
  process.exit(2);
}
const { homepage, maintainer, missing } = ownerAddresses(process.env);
if (missing.length > 0)
  console.log(`These packages name nobody: ${missing.join(' and ')} is not set. What is handed on should.`);
run('scripts/build.mjs', []);
stageCommand(root);
const feed = stageUpdate(root, process.env);
if (feed === undefined)
  console.log('These packages do not look for updates: HOMER_UPDATE_URL and HOMER_UPDATE_KEY are not set.');
run('node_modules/electron-builder/cli.js', [
  ...(words.includes('--e2e') ? ['--config', 'electron-builder.e2e.yml'] : []),
  `-c.extraMetadata.homepage=${homepage}`,
  `-c.linux.maintainer=${maintainer}`,
  ...(feed === undefined ? [] : ['-c.publish.provider=generic', `-c.publish.url=${feed}`]),
  ...words.filter((word) => word !== '--e2e'),
  '--publish',
  'never',
]);
