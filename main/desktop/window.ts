import path from 'node:path';
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import { messageOf } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import { appOrigin } from './app-files.ts';
import { listen } from './listen.ts';
import { readWindowState, writeWindowState } from './window-state.ts';

export interface DashboardWindow {
  isOpen(): boolean;
  /** Opens it, or brings it to the front, at `route` (such as `/proposal/<id>`) when given. */
  open(route?: string): void;
  close(): void;
}

/** The canvas colours of the renderer, so that nothing flashes before its first paint. */
const canvas = { light: '#f5f5f7', dark: '#0e0f11' };

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
      webPreferences: {
        preload: options.preloadPath,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
      },
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
    listen(own, made.webContents, 'render-process-gone', (_event: unknown, details: { reason: string }) => {
      log.error('the dashboard stopped working and was closed', { reason: details.reason });
      made.destroy();
    });
    return made;
  }

  function load(target: BrowserWindow, route: string | undefined): void {
    // The dashboard keeps its address in the hash, so going elsewhere in an open window loads nothing again.
    const address = `${appOrigin}/${route === undefined ? '' : `#${route}`}`;
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
