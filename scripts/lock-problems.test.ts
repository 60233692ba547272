import { describe, expect, it } from 'vitest';
import { lockProblems, type Lock, type LockedPackage, type Manifest } from './lock-problems.ts';

const MANIFEST: Manifest = { dependencies: { tool: '^1.0.0' }, allowScripts: { native: false } };

function lockWith(change: Record<string, LockedPackage>): Lock {
  return {
    packages: {
      '': { dependencies: { tool: '^1.0.0' } },
      'node_modules/tool': {
        version: '1.0.0',
        integrity: 'sha512-a',
        optionalDependencies: { native: '1.0.0' },
      },
      'node_modules/native': { version: '1.0.0', integrity: 'sha512-b', hasInstallScript: true },
      ...change,
    },
  };
}

describe('a lock file', () => {
  it('is sound when every part is locked, hashed and decided', () => {
    expect(lockProblems(MANIFEST, lockWith({}))).toEqual([]);
  });

  it('is refused when a platform part is missing', () => {
    const lock = lockWith({});
    delete lock.packages!['node_modules/native'];
    expect(lockProblems(MANIFEST, lock)).toEqual(['tool@1.0.0: needs native, which is not locked']);
  });

  it('finds a part nested below its package', () => {
    const lock = lockWith({
      'node_modules/tool/node_modules/native': { version: '1.0.0', integrity: 'sha512-c' },
    });
    delete lock.packages!['node_modules/native'];
    expect(lockProblems(MANIFEST, lock)).toEqual([]);
  });

  it('does not take a part nested below another package for its own', () => {
    const lock = lockWith({
      'node_modules/other/node_modules/native': { version: '1.0.0', integrity: 'sha512-c' },
    });
    delete lock.packages!['node_modules/native'];
    expect(lockProblems(MANIFEST, lock)).toHaveLength(1);
  });

  it('is refused when it names a registry', () => {
    const resolved = 'http://mirror.invalid/tool.tgz';
    const lock = lockWith({ 'node_modules/extra': { version: '1.0.0', integrity: 'sha512-d', resolved } });
    expect(lockProblems(MANIFEST, lock).join()).toContain(resolved);
  });

  it('is refused when an install script is undecided', () => {
    expect(lockProblems({ ...MANIFEST, allowScripts: {} }, lockWith({})).join()).toContain('allowScripts');
  });

  it('is refused when package.json asks for something else', () => {
    const manifest = { ...MANIFEST, dependencies: { tool: '1.0.0' } };
    expect(lockProblems(manifest, lockWith({}))).toEqual([
      'tool: package.json asks for 1.0.0, the lock file for ^1.0.0',
    ]);
  });

  it('is refused when a package has no hash, or when there are no packages', () => {
    expect(lockProblems(MANIFEST, lockWith({ 'node_modules/extra': { version: '1.0.0' } })).join()).toContain(
      'integrity',
    );
    expect(lockProblems({}, { packages: {} })).toEqual(['the lock file lists no packages']);
  });
});
