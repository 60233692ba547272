import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

// electron-builder's own, with which it writes icon, version and integrity into the program.
const own = createRequire(createRequire(import.meta.url).resolve('app-builder-lib/package.json'));
const { NtExecutable, NtExecutableResource, Resource } = own('resedit');
const LANGUAGE = 1033;

/** A program for Windows that runs nothing, with a version and the wire of fuses of the stand-in in `dist`. */
export function standInExe(dist) {
  const program = NtExecutable.createEmpty(false, false);
  const resources = NtExecutableResource.from(program, true);
  const version = Resource.VersionInfo.createEmpty();
  version.lang = LANGUAGE;
  version.setStringValues({ lang: LANGUAGE, codepage: 1200 }, { ProductName: 'stand-in' });
  version.outputToResourceEntries(resources.entries);
  resources.outputResource(program);
  program.setExtraData(new Uint8Array(readFileSync(path.join(dist, 'electron'))).buffer);
  writeFileSync(path.join(dist, 'electron.exe'), Buffer.from(program.generate()));
}

/** What a packed program lacks of what Windows shows of it, one sentence each. */
export function exeProblems(file, wanted) {
  const program = NtExecutable.from(readFileSync(file), { ignoreCert: true });
  const { entries } = NtExecutableResource.from(program);
  const [version] = Resource.VersionInfo.fromEntries(entries);
  const words = version?.getStringValues({ lang: LANGUAGE, codepage: 1200 }) ?? {};
  const sizes = Resource.IconGroupEntry.fromEntries(entries).flatMap(({ icons }) =>
    icons.map(({ width }) => (width === 0 ? 256 : width)),
  );
  return [
    ...Object.entries(wanted)
      .filter(([name, value]) => words[name] !== value)
      .map(([name, value]) => `${name} is ${words[name]}, not ${value}`),
    ...[16, 32, 48, 256].filter((size) => !sizes.includes(size)).map((size) => `It has no icon of ${size}`),
    ...(entries.some(({ type }) => type === 'INTEGRITY') ? [] : ['It does not hold the sum of its archive']),
  ];
}
