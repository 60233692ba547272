#!/usr/bin/env node
// The `homer` command. In a checkout it runs on the Node that npm installed there, whatever Node started this line; in a package, which
// brings no Node, on the one that started it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const packaged = path.join(here, '..', 'command');
const root = existsSync(packaged) ? packaged : path.join(here, '..', '..');
const own = path.join(
  root,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);
const bundle = path.join(root, 'out', 'main', 'homer.js');
const entry = existsSync(bundle) ? bundle : path.join(root, 'main', 'homer.ts');
const node = existsSync(own) ? own : process.execPath;
const [major, minor] = process.versions.node.split('.').map(Number);
if (node === process.execPath && (major < 22 || (major === 22 && minor < 14))) {
  console.error(
    `homer needs Node 22.14 or newer; this is ${process.versions.node}.\nInstall a newer Node and try again.`,
  );
  process.exit(69);
}
const child = spawn(node, [entry, ...process.argv.slice(2)], { stdio: 'inherit' });
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// The terminal sends Ctrl-C to the child as well; this line only waits for it.
process.on('SIGINT', () => undefined);
child.on('error', (error) => {
  console.error(`homer could not be started: ${error.message}`);
  process.exit(70);
});
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
