import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';

/** Puts the `homer` command of packages together in out/command: the built command, and what it reads. It runs on any Node of 22.14 or newer. */
export function stageCommand(root) {
  const target = path.join(root, 'out', 'command');
  rmSync(target, { recursive: true, force: true });
  const unwanted = /\.map$|[\\/]main[\\/]main\.js$/u;
  const take = (from, to = from, filter = () => true) =>
    cpSync(path.join(root, from), path.join(target, to), {
      recursive: true,
      filter: (file) => !unwanted.test(file) && filter(path.relative(path.join(root, from), file)),
    });
  take('out/main');
  take('out/renderer');
  take('migrations');
  take('package.json');
  take('node_modules/better-sqlite3', undefined, (file) =>
    /^(|(lib|prebuilds)([\\/].*)?|package\.json|LICENSE)$/u.test(file),
  );
}
