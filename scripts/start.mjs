// `npm start`: builds what changed, then opens the desktop app where an Electron binary and a display are, else says why not and
// serves the same dashboard from the headless host. Arguments go to `homer serve`; `--headless` never looks for Electron.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const args = process.argv.slice(2);
const headless = args.includes('--headless');
const passed = args.filter((word) => word !== '--headless');

if (passed.includes('--help') || passed.includes('-h')) {
  console.log(`Usage: npm start [-- --headless] [-- options of \`homer serve\`]

Builds Homer where its sources changed, then opens the desktop app. Without an Electron binary or a display, or with --headless,
it serves the same dashboard on loopback and prints its address. \`npx homer serve --help\` lists the options.`);
  process.exit(0);
}

if (!existsSync(path.join(root, 'out', 'main', 'homer.js')))
  console.log('Building Homer for the first time…');
const built = spawnSync(process.execPath, [path.join(root, 'scripts', 'build.mjs')], {
  cwd: root,
  stdio: ['ignore', 'pipe', 'inherit'],
});
// Ctrl-C while it builds is no failed build.
if (built.signal === 'SIGINT') process.exit(130);
if (built.status !== 0) {
  process.stdout.write(built.stdout);
  console.error('The build failed, so Homer was not started. The lines above say where.');
  process.exit(built.status ?? 1);
}

const electron = headless ? { reason: 'you asked for the headless host' } : findElectron();
if (electron.binary) run(electron.binary, [root, ...passed]);
else {
  console.log(`Serving the dashboard without the desktop app: ${electron.reason}.`);
  run(process.execPath, [path.join(root, 'out', 'main', 'homer.js'), 'serve', ...passed]);
}

function findElectron() {
  const folder = path.join(root, 'node_modules', 'electron');
  const pathFile = path.join(folder, 'path.txt');
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const name = existsSync(pathFile)
    ? readFileSync(pathFile, 'utf8').trim()
    : process.platform === 'win32'
      ? 'electron.exe'
      : 'electron';
  const binary = path.join(dist ?? path.join(folder, 'dist'), name);
  if (!existsSync(binary))
    return {
      reason: 'there is no Electron binary here (fetch one with `npx install-electron`, then start again)',
    };
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    return { reason: 'there is no display' };
  return { binary };
}

/** Runs in the foreground; signals reach the child by the terminal or by us, and its exit code is ours. */
function run(program, words) {
  const child = spawn(program, words, { cwd: process.env.INIT_CWD ?? root, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      if (signal !== 'SIGINT') child.kill(signal);
    });
  child.on('error', (error) => {
    console.error(`${program} could not be started: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}
