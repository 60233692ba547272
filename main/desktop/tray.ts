import { existsSync } from 'node:fs';
import path from 'node:path';
import { Menu, nativeImage, nativeTheme, Tray, type NativeImage } from 'electron';
import type { Log } from '../shared/log.ts';
import { messageOf } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import type { GlanceFeed } from './glance.ts';
import { listen } from './listen.ts';
import type { LaunchAtLogin, LoginState } from './autostart-file.ts';
import { trayTemplate, type TrayActions } from './tray-menu.ts';
import { statusLine, trayState, type TrayState } from './tray-state.ts';

/** The tray icon and its menu, redrawn on every glance that differs. */
export function createTray(options: {
  glances: GlanceFeed;
  login: LaunchAtLogin;
  actions: Omit<TrayActions, 'setLaunchAtLogin'>;
  resourcesDir: string;
  platform: NodeJS.Platform;
  log: Log;
  scope: Scope;
  /** Tells the owner what could not be done. */
  tell: (title: string, body: string) => void;
}): void {
  const { glances, login, resourcesDir, platform, log, scope, tell } = options;
  let loginState: LoginState = 'off';
  let drawn = '';

  const tray = new Tray(trayImage(resourcesDir, platform, 'idle'));
  scope.add('tray', () => {
    tray.destroy();
  });

  const actions: TrayActions = {
    ...options.actions,
    setLaunchAtLogin(on) {
      login.set(on).then(
        (result) => {
          if (result.ok) loginState = result.value;
          else tell('Launch at login was not changed', result.error.message);
          // The system has ticked the box already; draw what is true.
          draw(true);
        },
        (error: unknown) => {
          log.error('launch at login failed', { error: messageOf(error) });
        },
      );
    },
  };

  function draw(again = false): void {
    const glance = glances.current();
    const look = JSON.stringify([
      glance?.inbox,
      glance?.inboxTotal,
      glance?.overview,
      glance?.active.map((run) => [run.id, run.name, run.status]),
      loginState,
      nativeTheme.shouldUseDarkColors,
    ]);
    if (look === drawn && !again) return;
    drawn = look;
    tray.setImage(trayImage(resourcesDir, platform, trayState(glance)));
    tray.setToolTip(`Homer: ${statusLine(glance)}`);
    tray.setContextMenu(Menu.buildFromTemplate(trayTemplate(glance, loginState, actions)));
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
  // On Windows a plain click opens nothing by itself; on Linux and macOS the menu comes up.
  if (platform === 'win32')
    listen(scope, tray, 'click', () => {
      options.actions.open();
    });
  login.read().then(
    (state) => {
      loginState = state;
      if (!scope.closed) draw();
    },
    (error: unknown) => {
      log.warn('launch at login could not be read', { error: messageOf(error) });
    },
  );
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
