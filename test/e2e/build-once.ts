import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** Before the first test of any worker: what the tests open is what stands in the source. Throws with the build's own words. */
export default function buildOnce(): void {
  const root = path.join(import.meta.dirname, '..', '..');
  const built = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`The build failed.\n${built.stdout}${built.stderr}`);
}
