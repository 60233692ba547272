#!/usr/bin/env node
// The `homer` command. It runs on the Node that comes with the package, whatever Node started this line.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const own = path.join(
  root,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);
const bundle = path.join(root, 'out', 'main', 'homer.js');
const entry = existsSync(bundle) ? bundle : path.join(root, 'main', 'homer.ts');
const child = spawn(existsSync(own) ? own : process.execPath, [entry, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// The terminal sends Ctrl-C to the child as well; this line only waits for it.
process.on('SIGINT', () => undefined);
child.on('error', (error) => {
  console.error(`homer could not be started: ${error.message}`);
  process.exit(70);
});
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
