import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { _electron, type Page } from '@playwright/test';
import { until, type Desktop, type DesktopState } from './launch.ts';

const root = path.join(import.meta.dirname, '..', '..', '..');

/** Where Electron's binary lies, if it does. Never asked of the package itself, which would start to download it. */
export function electronBinary(folder: string): string | undefined {
  const named = process.env['ELECTRON_BIN'];
  if (named !== undefined && existsSync(named)) return named;
  const home = path.join(folder, 'node_modules', 'electron');
  const note = path.join(home, 'path.txt');
  const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? path.join(home, 'dist');
  const name = existsSync(note) ? readFileSync(note, 'utf8').trim() : 'electron';
  const file = path.join(dist, name);
  return existsSync(file) ? file : undefined;
}

/** Starts the built bundle under the real Electron, with a recorder in front of it that tests can ask. */
export async function launchElectron(options: {
  binary: string;
  folder: string;
  busAddress?: string;
  words?: string[];
  env?: Record<string, string>;
}): Promise<Desktop> {
  mkdirSync(options.folder, { recursive: true });
  const started = await _electron.launch({
    executablePath: options.binary,
    args: [
      '-r',
      path.join(root, 'test/fakes/desktop/record.cjs'),
      '--no-sandbox',
      root,
      ...(options.words ?? []),
    ],
    env: {
      ...(process.env as Record<string, string>),
      HOMER_DATA: path.join(options.folder, 'data'),
      XDG_CONFIG_HOME: path.join(options.folder, 'config'),
      DBUS_SESSION_BUS_ADDRESS: options.busAddress ?? '',
      XDG_RUNTIME_DIR: options.folder,
      ...options.env,
    },
  });
  const child = started.process();
  let log = '';
  child.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const act = (deed: string, input: object = {}): Promise<DesktopState> =>
    started.evaluate(
      (_electronModule, [name, words]) =>
        (globalThis as unknown as { homerRecord: (n: string, w: object) => DesktopState }).homerRecord(
          name,
          words,
        ),
      [deed, input] as const,
    );
  const windowWhere = async (is: (url: string) => boolean): Promise<Page> => {
    const find = (): Page | undefined =>
      started.windows().find((page) => page.url().startsWith('app:') && is(page.url()));
    await until('a window', () => find() !== undefined);
    const found = find();
    if (!found) throw new Error('The window is gone.');
    return found;
  };
  return {
    isElectron: true,
    pid: child.pid ?? -1,
    log: () => log,
    act,
    state: () => act('state'),
    ended,
    signal: (name) => void child.kill(name),
    page: () => windowWhere((url) => !url.includes('#/quick')),
    quickPage: () => windowWhere((url) => url.includes('#/quick')),
  };
}
