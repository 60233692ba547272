import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Squashfs wants to begin at a whole number of these. */
const RUNTIME_BYTES = 4096;

/**
 * The tools that electron-builder makes an AppImage with, from this machine (APPIMAGE_TOOLS_PATH); in the place of the runtime, which only
 * the network has, a script that unpacks what follows it and starts that, as the runtime does by mounting it.
 */
export function appImageTools(folder) {
  mkdirSync(path.join(folder, 'runtimes'), { recursive: true });
  mkdirSync(path.join(folder, 'lib', 'x64'), { recursive: true });
  for (const name of ['mksquashfs', 'desktop-file-validate'])
    symlinkSync(whereIs(name), path.join(folder, name));
  const script = `#!/bin/sh
set -e
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
unsquashfs -q -n -o ${RUNTIME_BYTES} -d "$folder/app" "$0" >/dev/null
APPIMAGE=$(readlink -f "$0") APPDIR="$folder/app" "$folder/app/AppRun" "$@"
exit $?
`;
  writeFileSync(path.join(folder, 'runtimes', 'runtime-x64'), script.padEnd(RUNTIME_BYTES, '\n'));
  return folder;
}

/** Where a program is, or why it is missing. */
function whereIs(name) {
  try {
    return execFileSync('sh', ['-c', 'command -v "$0"', name], { encoding: 'utf8' }).trim();
  } catch {
    throw new Error(`${name} is not installed (Debian: squashfs-tools, desktop-file-utils).`);
  }
}
