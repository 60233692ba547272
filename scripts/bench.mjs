// `npm run bench` and `npm run bench:ui`: builds what changed, then measures. Arguments go to `test/bench/bench.ts`; with `--ui` first, to
// `test/bench/ui/bench-ui.ts`.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const built = spawnSync(process.execPath, [path.join(root, 'scripts', 'build.mjs')], {
  cwd: root,
  stdio: ['ignore', 'pipe', 'inherit'],
});
if (built.status !== 0) {
  process.stderr.write(built.stdout);
  process.exit(built.status ?? 1);
}
const words = process.argv.slice(2);
const file = words[0] === '--ui' ? path.join('ui', 'bench-ui.ts') : 'bench.ts';
const { status } = spawnSync(
  process.execPath,
  [path.join(root, 'test', 'bench', file), ...words.filter((word) => word !== '--ui')],
  { cwd: root, stdio: 'inherit' },
);
process.exit(status ?? 1);
