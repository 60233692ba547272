import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Page } from '@playwright/test';

const root = path.join(import.meta.dirname, '..', '..', '..');

export interface MenuLine {
  readonly label: string;
  readonly enabled: boolean;
  readonly checked: boolean;
  readonly items: readonly MenuLine[];
}

/** What can be seen of Homer from outside its windows. */
export interface DesktopState {
  readonly tray?: { image: string; toolTip: string; items: readonly MenuLine[] };
  readonly windows: readonly {
    url: string;
    visible: boolean;
    bounds: { x: number; y: number; width: number; height: number };
  }[];
  readonly notifications: readonly {
    title: string;
    body: string;
    buttons: readonly string[];
    shown: boolean;
    closed: boolean;
  }[];
  readonly opened: readonly string[];
  readonly blocking: boolean;
  readonly asked: readonly string[];
  /** The words on the buttons of the last question. */
  readonly buttons: readonly string[];
  readonly copied: readonly string[];
  readonly shortcuts: readonly string[];
  readonly relaunched: readonly (readonly string[])[];
  readonly errors: readonly string[];
}

/** Homer on a desktop, however it is driven. */
export interface Desktop {
  readonly isElectron: boolean;
  readonly pid: number;
  log(): string;
  /** The dashboard's page, once it is open and read. */
  page(): Promise<Page>;
  /** The page of the quick window, once it is open. */
  quickPage(): Promise<Page>;
  state(): Promise<DesktopState>;
  /** Does what a person or the system would, and answers what is to be seen after it. */
  act(deed: string, input?: object): Promise<DesktopState>;
  /** Resolves with the exit code. */
  ended: Promise<number | null>;
  signal(name: NodeJS.Signals): void;
}

/** Starts the built bundle under the stand-in. */
export async function launchStandIn(options: {
  folder: string;
  busAddress?: string;
  words?: string[];
  env?: Record<string, string>;
  /** Another built main bundle than that of this checkout. */
  main?: string;
}): Promise<Desktop> {
  const { folder } = options;
  mkdirSync(folder, { recursive: true });
  const control = path.join(folder, `control-${String(process.hrtime.bigint())}`);
  const cdpPort = await freePort();
  const child = spawn(
    process.execPath,
    [
      '--import',
      path.join(root, 'test/fakes/electron/hooks.mjs'),
      options.main ?? path.join(root, 'out/main/main.js'),
      ...(options.words ?? []),
    ],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        ...process.env,
        HOMER_DATA: path.join(folder, 'data'),
        XDG_CONFIG_HOME: path.join(folder, 'config'),
        DBUS_SESSION_BUS_ADDRESS: options.busAddress ?? '',
        XDG_RUNTIME_DIR: folder,
        HOMER_STAND_IN_CONTROL: control,
        HOMER_STAND_IN_CDP_PORT: String(cdpPort),
        ...options.env,
      },
    },
  );
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => code as number | null);

  const act = async (deed: string, input: object = {}): Promise<DesktopState> => {
    await until('the control port', () => existsSync(control) && readFileSync(control, 'utf8') !== '');
    const response = await fetch(`http://127.0.0.1:${readFileSync(control, 'utf8')}/${deed}`, {
      method: 'POST',
      body: JSON.stringify(input),
    });
    const answer = (await response.json()) as { ok: boolean; state: DesktopState; error: string };
    if (!answer.ok) throw new Error(answer.error);
    return answer.state;
  };

  const pageWhere = async (is: (url: string) => boolean): Promise<Page> => {
    await until('a window', async () =>
      (await act('state')).windows.some(({ url }) => url.startsWith('app:') && is(url)),
    );
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${String(cdpPort)}`);
    const find = (): Page | undefined =>
      browser
        .contexts()
        .flatMap((context) => context.pages())
        .find((page) => page.url().includes('homer') && is(page.url()));
    await until('the window among the pages', () => find() !== undefined);
    const page = find();
    if (!page) throw new Error('The window is gone.');
    await page.waitForLoadState('domcontentloaded');
    return page;
  };

  return {
    isElectron: false,
    pid: child.pid ?? -1,
    log: () => log,
    act,
    state: () => act('state'),
    ended,
    signal: (name) => void child.kill(name),
    page: () => pageWhere((url) => !url.includes('#/quick')),
    quickPage: () => pageWhere((url) => url.includes('#/quick')),
  };
}

export async function until(what: string, is: () => boolean | Promise<boolean>, ms = 15_000): Promise<void> {
  const end = performance.now() + ms;
  while (!(await is())) {
    if (performance.now() > end) throw new Error(`Waited ${String(ms)} ms for ${what}.`);
    await sleep(25);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || !address) throw new Error('No port was given.');
  return address.port;
}
