import { existsSync } from 'node:fs';
import path from 'node:path';
import { Menu, nativeImage, nativeTheme, Tray, type NativeImage, type Rectangle } from 'electron';
import type { Clock } from '../shared/clock.ts';
import type { Scope } from '../shared/scope.ts';
import type { GlanceFeed } from './glance.ts';
import { listen } from './listen.ts';
import { trayTemplate, type TrayActions } from './tray-menu.ts';
import { statusLine, trayState, type TrayState } from './tray-state.ts';

export interface TrayIcon {
  /** Draws what is true, also where the system has changed the menu by itself. */
  redraw(): void;
  /** Makes it anew: a panel that came later knows nothing of an icon from before. */
  renew(): void;
}

/** The tray icon and its menu, redrawn on every glance that differs. A press opens the quick window. */
export function createTray(options: {
  glances: GlanceFeed;
  actions: TrayActions;
  /** A plain press, with the place of the icon where the system tells it. */
  press: (icon: Rectangle | undefined) => void;
  resourcesDir: string;
  platform: NodeJS.Platform;
  clock: Clock;
  scope: Scope;
}): TrayIcon {
  const { glances, actions, press, resourcesDir, platform, clock, scope } = options;
  let drawn = '';
  let menu: ReturnType<typeof Menu.buildFromTemplate> | undefined;
  let own = scope.child('tray icon');
  let tray = make();

  function make(): Tray {
    const made = new Tray(trayImage(resourcesDir, platform, 'idle'));
    own.add('tray', () => {
      made.destroy();
    });
    listen(own, made, 'click', (_event: unknown, bounds?: Rectangle) => {
      press(bounds);
    });
    // On macOS a menu that is set takes the plain press too.
    if (platform === 'darwin')
      listen(own, made, 'right-click', () => {
        if (menu) made.popUpContextMenu(menu);
      });
    return made;
  }

  function draw(again = false): void {
    const glance = glances.current();
    const look = JSON.stringify([
      glance?.inbox,
      glance?.inboxTotal,
      { ...glance?.overview, seq: 0 },
      glance?.active.map((run) => [run.id, run.name, run.status]),
      glance?.host,
      glance?.next,
      glance?.cap,
      nativeTheme.shouldUseDarkColors,
    ]);
    if (look === drawn && !again) return;
    drawn = look;
    tray.setImage(trayImage(resourcesDir, platform, trayState(glance)));
    tray.setToolTip(`Homer: ${statusLine(glance)}`);
    menu = Menu.buildFromTemplate(trayTemplate(glance, clock.now(), actions));
    if (platform !== 'darwin') tray.setContextMenu(menu);
    const count = glance?.overview.needsYou ?? 0;
    if (platform === 'darwin') tray.setTitle(count > 0 ? String(count) : '');
  }

  draw();
  glances.watch(scope, () => {
    draw();
  });
  listen(scope, nativeTheme, 'updated', () => {
    draw();
  });
  return {
    redraw: () => {
      if (!scope.closed) draw(true);
    },
    renew() {
      void own.close();
      own = scope.child('tray icon');
      tray = make();
      draw(true);
    },
  };
}

/** macOS tints a template by itself; elsewhere the panel's colour is known only by theme. */
function trayImage(resourcesDir: string, platform: NodeJS.Platform, state: TrayState): NativeImage {
  const on = nativeTheme.shouldUseDarkColorsForSystemIntegratedUI ? 'dark' : 'light';
  const name =
    platform === 'darwin'
      ? `${state}Template.png`
      : platform === 'win32'
        ? `${state}-on-${on}.ico`
        : `${state}-on-${on}.png`;
  const file = path.join(resourcesDir, 'tray', name);
  // A missing image would give an invisible tray icon, which looks like Homer had gone.
  if (!existsSync(file)) throw new Error(`The tray image ${name} is missing from ${resourcesDir}.`);
  return nativeImage.createFromPath(file);
}
