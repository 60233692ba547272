const DEPENDENCY_KINDS = ['dependencies', 'devDependencies', 'optionalDependencies'] as const;

type Versions = Record<string, string>;

export interface Manifest {
  dependencies?: Versions;
  devDependencies?: Versions;
  optionalDependencies?: Versions;
  allowScripts?: Record<string, boolean>;
}

/** One package of a lock file, by its path from the root (`node_modules/a/node_modules/b`); the project itself is ''. */
export interface LockedPackage extends Manifest {
  version?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  inBundle?: boolean;
  hasInstallScript?: boolean;
}

export interface Lock {
  packages?: Record<string, LockedPackage>;
}

const nameOf = (path: string): string =>
  path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** Whether Node would find `name` from the package at `from`: nested in it, or beside it at any level above. */
function isLocked(packages: Record<string, LockedPackage>, from: string, name: string): boolean {
  let base = from;
  for (;;) {
    if (packages[`${base}${base === '' ? '' : '/'}node_modules/${name}`]) return true;
    if (base === '') return false;
    base = base.slice(0, Math.max(0, base.lastIndexOf('/node_modules/')));
  }
}

/** Sentences, one for each reason why `npm ci` from this lock would fail or differ somewhere; none when it is sound. */
export function lockProblems(manifest: Manifest, lock: Lock): string[] {
  const packages = lock.packages ?? {};
  const problems: string[] = [];
  if (Object.keys(packages).length < 2) problems.push('the lock file lists no packages');

  for (const kind of DEPENDENCY_KINDS) {
    const asked = manifest[kind] ?? {};
    const locked = packages['']?.[kind] ?? {};
    for (const name of new Set([...Object.keys(asked), ...Object.keys(locked)])) {
      if (asked[name] === locked[name]) continue;
      problems.push(
        `${name}: package.json asks for ${asked[name] ?? 'nothing'}, the lock file for ${locked[name] ?? 'nothing'}`,
      );
    }
  }

  for (const [path, entry] of Object.entries(packages)) {
    const label = path === '' ? 'the project' : `${nameOf(path)}@${entry.version ?? '?'}`;
    // A platform's native part that is absent here is absent for everybody on that platform.
    for (const name of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) {
      if (!isLocked(packages, path, name)) problems.push(`${label}: needs ${name}, which is not locked`);
    }
    if (path === '' || entry.link === true) continue;
    if (entry.resolved !== undefined) {
      problems.push(`${label}: comes from ${entry.resolved}, which others may not reach`);
    }
    if (entry.integrity === undefined && entry.inBundle !== true)
      problems.push(`${label}: has no integrity hash`);
    if (entry.hasInstallScript === true && manifest.allowScripts?.[nameOf(path)] === undefined) {
      problems.push(`${label}: runs a script at install; say true or false for it in allowScripts`);
    }
  }
  return problems;
}
