import { BrowserWindow, nativeTheme, screen, type Rectangle } from 'electron';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import { messageOf } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import { appOrigin } from './app-files.ts';
import { canvas } from './canvas.ts';
import { listen } from './listen.ts';
import { pageSettings } from './page-settings.ts';
import { leastHeight, placeQuick, quickSize } from './place-quick.ts';

export interface QuickWindow {
  /** Shows it near the icon, or hides it when it is there. */
  toggle(icon?: Rectangle): void;
  show(icon?: Rectangle): void;
  hide(): void;
  /** As high as what it shows, within its limits, where it stands. */
  fit(height: number): void;
}

/** Kept this long after it was hidden, so that a second look costs nothing; then it goes, so that idling costs nothing. */
const WARM_MS = 120_000;
/** The press that takes the focus away also presses the icon: within this time it means "hide", not "show again". */
const SAME_PRESS_MS = 250;

/** The small window by the tray: what waits and what runs, decided in place. It hides when it loses the focus. */
export function createQuickWindow(options: {
  preloadPath: string;
  clock: Clock;
  log: Log;
  scope: Scope;
}): QuickWindow {
  const { preloadPath, clock, log, scope } = options;
  let window: BrowserWindow | undefined;
  let wanted = false;
  let ready = false;
  let hiddenAt = -Infinity;
  let cool: (() => void) | undefined;
  // Kept when the window goes: what it shows next is mostly as high.
  let { height } = quickSize;
  let at: { icon: Rectangle | undefined; pointer: Electron.Point } | undefined;

  function make(): BrowserWindow {
    const made = new BrowserWindow({
      ...quickSize,
      show: false,
      frame: false,
      resizable: false,
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      skipTaskbar: true,
      alwaysOnTop: true,
      title: 'Homer: what needs you',
      backgroundColor: nativeTheme.shouldUseDarkColors ? canvas.dark : canvas.light,
      webPreferences: pageSettings(preloadPath),
    });
    const own = scope.child('quick window');
    ready = false;
    listen(own, made, 'ready-to-show', () => {
      ready = true;
      if (wanted) appear(made);
    });
    listen(own, made, 'blur', hide);
    listen(own, made, 'closed', () => {
      window = undefined;
      wanted = false;
      void own.close();
    });
    listen(
      own,
      made.webContents,
      'render-process-gone',
      (_event: unknown, { reason }: { reason: string }) => {
        log.error('the quick window stopped working and was closed', { reason });
        made.destroy();
      },
    );
    made.loadURL(`${appOrigin}/#/quick`).catch((error: unknown) => {
      log.error('the quick window could not be loaded', { error: messageOf(error) });
    });
    return made;
  }

  function appear(target: BrowserWindow): void {
    target.show();
    target.focus();
  }

  function show(icon?: Rectangle): void {
    cool?.();
    cool = undefined;
    wanted = true;
    window ??= make();
    at = { icon, pointer: screen.getCursorScreenPoint() };
    place(window);
    if (ready) appear(window);
  }

  function place(target: BrowserWindow): void {
    if (!at) return;
    const { icon, pointer } = at;
    const near = icon && icon.width > 0 ? { x: icon.x, y: icon.y } : pointer;
    target.setBounds(placeQuick(screen.getDisplayNearestPoint(near).workArea, icon, pointer, height));
  }

  function fit(wanted: number): void {
    const next = Math.round(Math.max(leastHeight, Math.min(quickSize.height, wanted)));
    if (next === height) return;
    height = next;
    if (window) place(window);
  }

  function hide(): void {
    if (!wanted) return;
    wanted = false;
    hiddenAt = clock.monotonic();
    window?.hide();
    cool = clock.after(scope, WARM_MS, () => window?.destroy());
  }

  scope.add('quick window', () => window?.destroy());
  return {
    show,
    hide,
    fit,
    toggle(icon) {
      if (wanted) hide();
      else if (clock.monotonic() - hiddenAt > SAME_PRESS_MS) show(icon);
    },
  };
}
