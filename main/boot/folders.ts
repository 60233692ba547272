import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** Where the parts of an installation lie: the same from the sources and from the bundle in `out/main`. */
export interface Installation {
  readonly root: string;
  readonly migrations: string;
  readonly renderer: string;
  readonly preload: string;
  readonly resources: string;
  /** The program of the local agent, as a file that Node can run; null: it lies in an archive alone. */
  readonly agentLoop: string | null;
  /** The driver of turns with programs that are spoken to, likewise. */
  readonly agentTurn: string | null;
}

export function findInstallation(resourcesPath?: string): Installation {
  const root = findRoot(import.meta.dirname);
  const resources = path.join(root, 'resources');
  return {
    root,
    migrations: path.join(root, 'migrations'),
    renderer: path.join(root, 'out', 'renderer'),
    preload: path.join(root, 'out', 'preload', 'bridge.cjs'),
    // Packed, images lie outside the archive: trays read them as plain files.
    resources:
      existsSync(resources) || resourcesPath === undefined
        ? resources
        : path.join(resourcesPath, 'resources'),
    agentLoop: findOwnProgram('agent-loop', root, resourcesPath),
    agentTurn: findOwnProgram('agent-turn', root, resourcesPath),
  };
}

/** The picture of Homer beside what it tells; of a package, beside its command. Undefined where there is none. */
export function findIcon({ root, resources }: Installation): string | undefined {
  return [
    path.join(resources, 'icons', '128.png'),
    path.join(root, '..', 'resources', 'icons', '128.png'),
  ].find((file) => existsSync(file));
}

/** From sources when this runs from them, else from the bundle; in a package, from the command that lies beside the archive. */
function findOwnProgram(name: string, root: string, resourcesPath: string | undefined): string | null {
  const inBundle = path.join('out', 'main', `${name}.js`);
  const places = import.meta.filename.endsWith('.ts')
    ? [path.join(root, 'main', `${name}.ts`)]
    : [
        ...(root.endsWith('.asar') ? [] : [path.join(root, inBundle)]),
        ...(resourcesPath === undefined ? [] : [path.join(resourcesPath, 'command', inBundle)]),
      ];
  return places.find((place) => existsSync(place)) ?? null;
}

/** The folder with the migrations, at or above this file, wherever a bundler put it. */
function findRoot(from: string): string {
  if (existsSync(path.join(from, 'migrations', 'hashes.json'))) return from;
  const above = path.dirname(from);
  if (above === from)
    throw new Error('The files of this installation are not together: migrations are missing.');
  return findRoot(above);
}

/** The owner's data folder: `HOMER_DATA`, else where the system keeps the data of programs. */
export function dataFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): string {
  const chosen = env['HOMER_DATA'];
  if (chosen) return path.resolve(chosen);
  if (platform === 'darwin') return path.join(homedir(), 'Library', 'Application Support', 'Homer');
  if (platform === 'win32')
    return path.join(env['APPDATA'] ?? path.join(homedir(), 'AppData', 'Roaming'), 'Homer');
  return path.join(env['XDG_DATA_HOME'] ?? path.join(homedir(), '.local', 'share'), 'homer');
}

/** The version of this installation, from its package.json. */
export function readVersion(installation: Installation): string {
  const { version } = JSON.parse(readFileSync(path.join(installation.root, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}
