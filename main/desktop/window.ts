import path from 'node:path';
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import { messageOf } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import { appOrigin } from './app-files.ts';
import { canvas } from './canvas.ts';
import { listen } from './listen.ts';
import { pageSettings } from './page-settings.ts';
import { readWindowState, writeWindowState } from './window-state.ts';

export interface DashboardWindow {
  isOpen(): boolean;
  /** Opens it, or brings it to the front, at `route` (such as `/proposal/<id>`) when given. */
  open(route?: string): void;
  close(): void;
}

/** A page that stopped working is loaded again this often within a minute; then its window closes. */
const MOST_RELOADS = 2;
const RELOADS_WITHIN_MS = 60_000;

/**
 * The one dashboard window. It is destroyed when closed, so that Homer idles in the tray without a renderer process, and
 * made anew where it was.
 */
export function createDashboardWindow(options: {
  dataDir: string;
  preloadPath: string;
  iconPath: string;
  platform: NodeJS.Platform;
  clock: Clock;
  log: Log;
  scope: Scope;
  /** Called when the owner closed it. */
  closed: () => void;
  /** Its page failed too often and it was closed. */
  failed: () => void;
  /** Windows is logging off. */
  sessionEnds: () => void;
}): DashboardWindow {
  const { platform, clock, log, scope } = options;
  const stateFile = path.join(options.dataDir, 'window.json');
  let window: BrowserWindow | undefined;

  const background = (): string => (nativeTheme.shouldUseDarkColors ? canvas.dark : canvas.light);
  listen(scope, nativeTheme, 'updated', () => window?.setBackgroundColor(background()));

  function make(): BrowserWindow {
    const state = readWindowState(
      stateFile,
      screen.getAllDisplays().map((display) => display.workArea),
      log,
    );
    const made = new BrowserWindow({
      ...state.bounds,
      minWidth: 720,
      minHeight: 480,
      show: false,
      title: 'Homer',
      backgroundColor: background(),
      autoHideMenuBar: true,
      ...(platform === 'darwin' ? { titleBarStyle: 'hiddenInset' as const } : { icon: options.iconPath }),
      webPreferences: pageSettings(options.preloadPath),
    });
    const own = scope.child('dashboard window');

    const remember = (): void => {
      writeWindowState(stateFile, { bounds: made.getNormalBounds(), maximized: made.isMaximized() }, log);
    };
    let pending: (() => void) | undefined;
    const rememberSoon = (): void => {
      pending?.();
      pending = clock.after(own, 400, remember);
    };
    listen(own, made, 'resize', rememberSoon);
    listen(own, made, 'move', rememberSoon);
    listen(own, made, 'close', remember);
    listen(own, made, 'session-end', options.sessionEnds);
    listen(own, made, 'closed', () => {
      window = undefined;
      if (platform === 'darwin') app.dock?.hide();
      void own.close();
      options.closed();
    });
    listen(own, made, 'ready-to-show', () => {
      if (state.maximized) made.maximize();
      made.show();
    });
    const crashes: number[] = [];
    listen(
      own,
      made.webContents,
      'render-process-gone',
      (_event: unknown, { reason }: { reason: string }) => {
        if (reason === 'clean-exit') return;
        const now = clock.monotonic();
        crashes.push(now);
        if (crashes.filter((at) => now - at < RELOADS_WITHIN_MS).length > MOST_RELOADS) {
          log.error('the dashboard keeps failing and was closed', { reason });
          options.failed();
          made.destroy();
          return;
        }
        log.error('the dashboard stopped working and was loaded again', { reason });
        // The page says so: the reader may have lost what was being typed.
        load(made, URL.parse(made.webContents.getURL())?.hash.slice(1), '?again=1');
      },
    );
    return made;
  }

  function load(target: BrowserWindow, route: string | undefined, search = ''): void {
    // The dashboard keeps its address in the hash, so going elsewhere in an open window loads nothing again.
    const address = `${appOrigin}/${search}${route === undefined || route === '' ? '' : `#${route}`}`;
    target.loadURL(address).catch((error: unknown) => {
      log.error('the dashboard could not be loaded', { address, error: messageOf(error) });
    });
  }

  scope.add('dashboard window', () => window?.destroy());

  return {
    isOpen: () => window !== undefined,
    open(route) {
      if (window) {
        if (route !== undefined) load(window, route);
        if (window.isMinimized()) window.restore();
        window.show();
        window.focus();
        return;
      }
      if (platform === 'darwin') void app.dock?.show();
      window = make();
      load(window, route);
    },
    close: () => window?.close(),
  };
}
