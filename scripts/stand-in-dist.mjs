import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * A folder that packs like Electron's and holds nothing of it: in the place of the program a script that says how it was started, with a wire
 * of fuses behind it.
 */
export function standInDist(root, folder) {
  mkdirSync(path.join(folder, 'locales'), { recursive: true });
  mkdirSync(path.join(folder, 'resources'));
  const { version } = JSON.parse(readFileSync(path.join(root, 'node_modules/electron/package.json'), 'utf8'));
  const program = Buffer.concat([
    Buffer.from('#!/bin/sh\necho "stand-in: $0 $* APPIMAGE=$APPIMAGE"\nexit 0\n'),
    Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.from([1, 9]),
    Buffer.from('101101011'),
  ]);
  writeFileSync(path.join(folder, 'electron'), program, { mode: 0o755 });
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'resources.pak', 'chrome-sandbox'])
    writeFileSync(path.join(folder, name), 'stand-in\n');
  writeFileSync(path.join(folder, 'version'), version);
  return folder;
}
