/** What one package holds: files of the archive, files beside it, and how its fuses stand. */
export interface Packed {
  /** `linux-x64`, as better-sqlite3 names its binaries. */
  readonly target: string;
  readonly archive: readonly { readonly path: string; readonly bytes: number }[];
  /** Below `resources`, archive and what is unpacked of it left out. */
  readonly beside: readonly { readonly path: string; readonly bytes: number }[];
  /** In Electron's order, true for on. */
  readonly fuses: readonly boolean[];
}

export const ARCHIVE_BUDGET_BYTES = 12_000_000;
export const BESIDE_BUDGET_BYTES = 16_000_000;
/** As `FuseV1Options` of @electron/fuses counts them. */
const wantedFuses: readonly (readonly [index: number, name: string, on: boolean])[] = [
  [0, 'runAsNode', false],
  [1, 'enableCookieEncryption', true],
  [2, 'enableNodeOptionsEnvironmentVariable', false],
  [3, 'enableNodeCliInspectArguments', false],
  [4, 'enableEmbeddedAsarIntegrityValidation', true],
  [5, 'onlyLoadAppFromAsar', true],
  [7, 'grantFileProtocolExtraPrivileges', false],
];
const needed = [
  'package.json',
  'out/main/main.js',
  'out/preload/bridge.cjs',
  'out/renderer/index.html',
  'out/renderer/licences.json',
  'migrations/hashes.json',
  'node_modules/better-sqlite3/lib/index.js',
];
const neededBeside = [
  'LICENSE',
  'THIRD-PARTY-NOTICES.txt',
  'bin/homer.mjs',
  'command/out/main/homer.js',
  'command/out/main/agent-loop.js',
  'command/out/main/agent-turn.js',
  'command/migrations/hashes.json',
  'resources/tray/idleTemplate.png',
  'resources/icons/512.png',
];
const foreign: readonly (readonly [RegExp, string])[] = [
  [/\.map$/u, 'a source map'],
  [/\.(?:test|spec)\.[cm]?[jt]sx?$|(?:^|\/)(?:test|tests|__tests__|e2e)\//u, 'a test'],
  [/(?:^|\/)\.env/u, 'an environment file'],
  [/\.[cm]?tsx?$/u, 'a TypeScript source'],
  [/\.(?:pem|key|p12|pfx|sqlite|log)$/u, 'a file that is nobody else’s business'],
  [/(?:^|\/)(?:\.git|\.github|docs|artifacts|coverage)\//u, 'a folder of the repository'],
  [/\.[ch]pp$|binding\.gyp$/u, 'a source of a native part'],
];

/** What is wrong with a package, one sentence each. */
export function packageProblems({ target, archive, beside, fuses }: Packed): string[] {
  const problems: string[] = [];
  const inArchive = new Set(archive.map(({ path }) => path));
  const besides = new Set(beside.map(({ path }) => path));
  for (const file of needed) if (!inArchive.has(file)) problems.push(`The archive lacks ${file}.`);
  for (const file of neededBeside) if (!besides.has(file)) problems.push(`The package lacks ${file}.`);
  for (const { path } of [...archive, ...beside]) {
    const found = foreign.find(([shape]) => shape.test(path));
    if (found) problems.push(`${path} is ${found[1]}.`);
    if (/(?:^|\/)node_modules\/(?!better-sqlite3(?:\/|$))/u.test(path))
      problems.push(`${path} is of a package that nothing loads.`);
  }
  for (const [where, files] of [
    ['The archive', archive],
    ['The command', beside],
  ] as const) {
    const native = files.filter(({ path }) => path.endsWith('.node')).map(({ path }) => path);
    if (native.length !== 1 || !native[0]?.endsWith(`/prebuilds/${target}.node`))
      problems.push(
        `${where} must have the binary of ${target} alone, and has: ${native.join(', ') || 'none'}.`,
      );
  }
  for (const [where, files, budget] of [
    ['The archive', archive, ARCHIVE_BUDGET_BYTES],
    ['What lies beside the archive', beside, BESIDE_BUDGET_BYTES],
  ] as const) {
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    if (bytes > budget)
      problems.push(`${where} has ${String(bytes)} bytes, more than the ${String(budget)} it may have.`);
  }
  for (const [index, name, on] of wantedFuses)
    if (fuses[index] !== on) problems.push(`The fuse ${name} is not ${on ? 'on' : 'off'}.`);
  return problems;
}
