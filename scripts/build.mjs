// Builds everything that runs: both hosts and the preload script, and the renderer beside them. `--force` builds what is
// up to date too; names (`hosts`, `renderer`) build only those.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startBundle, tooLarge } from './start-bundle.ts';
import { writeLicences } from './write-licences.mjs';

const root = path.join(import.meta.dirname, '..');
const stampFile = path.join(root, 'out', '.build.json');
const shared = ['package.json', 'package-lock.json', 'tsconfig.json', 'scripts/shipped-plugin.ts'];

const builds = {
  hosts: {
    command: ['electron-vite/bin/electron-vite.js', 'build'],
    inputs: ['main', 'preload', 'migrations', 'electron.vite.config.ts', ...shared],
    outputs: ['out/main/main.js', 'out/preload/bridge.cjs', 'out/shipped/main.json'],
    needs: 'electron.vite.config.ts',
    check: () => faultOf(path.join(root, 'out/main/homer.js')),
  },
  renderer: {
    command: ['vite/bin/vite.js', 'build', '--config', 'renderer/vite.config.ts'],
    inputs: [
      'renderer',
      'preload/contract',
      'main/domain',
      'scripts/start-groups.ts',
      'scripts/first-script.ts',
      'scripts/pure-rooms.ts',
      'scripts/called-at-once.ts',
      ...shared,
    ],
    outputs: ['out/renderer/index.html', 'out/shipped/renderer.json'],
    needs: 'renderer/vite.config.ts',
    check: () => tooLarge(startBundle(path.join(root, 'out/renderer'))),
  },
};

const words = process.argv.slice(2);
const force = words.includes('--force');
const wanted = words.filter((word) => !word.startsWith('--'));
for (const name of wanted)
  if (!(name in builds)) {
    console.error(`There is no build called ${name}; there are ${Object.keys(builds).join(' and ')}.`);
    process.exit(2);
  }

const stamps = existsSync(stampFile) ? JSON.parse(readFileSync(stampFile, 'utf8')) : {};
const results = await Promise.all(
  Object.entries(builds)
    .filter(([name]) => wanted.length === 0 || wanted.includes(name))
    .map(([name, build]) => run(name, build)),
);
mkdirSync(path.dirname(stampFile), { recursive: true });
writeFileSync(stampFile, JSON.stringify(stamps, null, 2));
const unlicensed = results.every(Boolean) ? writeLicences(root) : [];
for (const problem of unlicensed) say('licences', `failed: ${problem}`, false);
process.exit(results.every(Boolean) && unlicensed.length === 0 ? 0 : 1);

async function run(name, { command, inputs, outputs, needs, check }) {
  if (!existsSync(path.join(root, needs))) return say(name, `failed: ${needs} is missing`, false);
  const hash = hashOf(inputs);
  const there = outputs.every((file) => existsSync(path.join(root, file)));
  if (!force && there && stamps[name] === hash) return say(name, 'up to date', true);
  stamps[name] = undefined;
  const started = performance.now();
  const { code, text } = await child(command);
  if (code !== 0) {
    process.stdout.write(text);
    return say(name, `failed with exit code ${code}`, false);
  }
  const missing = outputs.find((file) => !existsSync(path.join(root, file)));
  if (missing !== undefined) return say(name, `failed: it ended well but made no ${missing}`, false);
  const wrong = check?.();
  if (wrong !== undefined) return say(name, `failed: ${wrong}`, false);
  stamps[name] = hash;
  return say(name, `built in ${Math.round(performance.now() - started)} ms`, true);
}

/** What keeps the built command from starting, so that no bundle that cannot be loaded counts as built. */
function faultOf(program) {
  const { status, stderr } = spawnSync(process.execPath, [program, 'serve', '--help'], { encoding: 'utf8' });
  return status === 0 ? undefined : `the built command does not start: ${stderr}`;
}

function say(name, what, good) {
  console.log(`${name}: ${what}`);
  return good;
}

function child([script, ...args]) {
  return new Promise((resolve, reject) => {
    const started = spawn(process.execPath, [path.join(root, 'node_modules', script), ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    const take = (chunk) => {
      text += chunk;
    };
    started.stdout.on('data', take);
    started.stderr.on('data', take);
    started.on('error', reject);
    started.on('close', (code, signal) => resolve({ code: code ?? signal, text }));
  });
}

/** By content, so that switching branches back and forth builds nothing twice. */
function hashOf(inputs) {
  const hash = createHash('sha256').update(process.version);
  for (const input of inputs.toSorted())
    for (const file of filesUnder(path.join(root, input))) {
      hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
    }
  return hash.digest('hex');
}

function filesUnder(place) {
  if (!existsSync(place)) return [];
  const entries = tryRead(place);
  if (entries === undefined) return [place];
  return entries
    .filter((entry) => entry.name !== 'node_modules' && !/\.test\.tsx?$/u.test(entry.name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const inside = path.join(place, entry.name);
      return entry.isDirectory() ? filesUnder(inside) : [inside];
    });
}

/** The entries of a folder, or undefined for a file. */
function tryRead(place) {
  try {
    return readdirSync(place, { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOTDIR') return undefined;
    throw error;
  }
}
