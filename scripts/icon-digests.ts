import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Edges of the app's icon, in pixels. */
export const appSizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const sources = ['resources/icons/source/app.svg', 'scripts/tray-shapes.ts', 'scripts/make-icons.mjs'];

/** Digests of what icons are drawn from, and of what was drawn: another browser draws other bytes, so they are not drawn again to compare. */
export function iconDigests(root: string): Record<string, string> {
  const drawn = ['icons', 'tray'].flatMap((folder) =>
    readdirSync(path.join(root, 'resources', folder))
      .filter((name) => /\.(png|ico|icns)$/u.test(name))
      .map((name) => `resources/${folder}/${name}`),
  );
  const digest = (file: string): string =>
    createHash('sha256')
      .update(readFileSync(path.join(root, file)))
      .digest('hex');
  return Object.fromEntries([...sources, ...drawn.sort()].map((file) => [file, digest(file)]));
}
