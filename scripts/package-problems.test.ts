import { expect, it } from 'vitest';
import { ARCHIVE_BUDGET_BYTES, packageProblems, type Packed } from './package-problems.ts';

const file = (path: string, bytes = 10) => ({ path, bytes });
const good: Packed = {
  target: 'linux-x64',
  archive: [
    'package.json',
    'out/main/main.js',
    'out/preload/bridge.cjs',
    'out/renderer/index.html',
    'out/renderer/licences.json',
    'migrations/hashes.json',
    'node_modules/better-sqlite3/lib/index.js',
    'node_modules/better-sqlite3/prebuilds/linux-x64.node',
  ].map((path) => file(path)),
  beside: [
    'LICENSE',
    'THIRD-PARTY-NOTICES.txt',
    'bin/homer.mjs',
    'command/out/main/homer.js',
    'command/out/main/agent-loop.js',
    'command/out/main/agent-turn.js',
    'command/migrations/hashes.json',
    'command/node_modules/better-sqlite3/prebuilds/linux-x64.node',
    'resources/tray/idleTemplate.png',
    'resources/icons/512.png',
  ].map((path) => file(path)),
  fuses: [false, true, false, false, true, true, false, false, true],
};

it('finds nothing wrong with a package that has what it needs and no more', () => {
  expect(packageProblems(good)).toEqual([]);
});

it.each([
  'out/main/main.js.map',
  'out/main/tick.test.js',
  'test/fakes/electron/hooks.mjs',
  '.env',
  'main/main.ts',
  'homer.sqlite',
  'docs/design.md',
  'node_modules/react/index.js',
  'node_modules/better-sqlite3/src/better_sqlite3.cpp',
])('finds %s, which has no place in a package', (path) => {
  expect(packageProblems({ ...good, archive: [...good.archive, file(path)] })).toHaveLength(1);
});

it('finds what is missing, of the wrong system, too big, or a fuse that is not as it should be', () => {
  expect(packageProblems({ ...good, archive: good.archive.slice(1) })).toEqual([
    'The archive lacks package.json.',
  ]);
  expect(packageProblems({ ...good, target: 'linux-arm64' })).toHaveLength(2);
  const two = file('node_modules/better-sqlite3/prebuilds/darwin-arm64.node');
  expect(packageProblems({ ...good, archive: [...good.archive, two] })).toHaveLength(1);
  const big = file('out/renderer/big.js', ARCHIVE_BUDGET_BYTES);
  expect(packageProblems({ ...good, archive: [...good.archive, big] })[0]).toContain('more than');
  for (const index of [0, 1, 2, 3, 4, 5, 7])
    expect(
      packageProblems({ ...good, fuses: good.fuses.map((on, at) => (at === index ? !on : on)) }),
    ).toHaveLength(1);
});
