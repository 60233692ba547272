import { homedir } from 'node:os';
import path from 'node:path';
import { app, Menu } from 'electron';
import type { HostPort } from '../api/host-port.ts';
import { messageOf, ok } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import { serveApp } from './app-protocol.ts';
import { createCall } from './call.ts';
import { createElectronNotifier } from './electron-notifier.ts';
import { createGlance } from './glance.ts';
import { serveIpc } from './ipc.ts';
import { createLifecycle } from './lifecycle.ts';
import { createLaunchAtLogin } from './login.ts';
import { followPower } from './power.ts';
import { openFolder } from './open-folder.ts';
import { createQuickShortcut } from './quick-shortcut.ts';
import { createQuickWindow } from './quick-window.ts';
import type { DesktopOptions, DesktopRuntime } from './runtime-port.ts';
import { lockDown } from './security.ts';
import type { StartJournal } from './start-journal.ts';
import { createTray } from './tray.ts';
import { createTrayActions } from './tray-actions.ts';
import { createToldVersion } from './updates/told-version.ts';
import { readUpdateOffer } from './updates/update-offer.ts';
import { createUpdates } from './updates/updates.ts';
import { createDashboardWindow } from './window.ts';

export interface Surface {
  /** Shows the dashboard, at a route when given. */
  open(route?: string): void;
  /** Shows it if it is not there yet. */
  show(): void;
  /** Shows the dashboard and says that a link means nothing. */
  refuseLink(link: string): void;
  /** Nothing shows the tray icon: a window is the only way to Homer. */
  mustShow(): boolean;
  endAfterFault(then: () => void): void;
}

/** Everything of the desktop that stands over a running runtime: window, tray, notifications, IPC, power, and how they end. */
export async function createSurface(
  options: DesktopOptions & {
    runtime: DesktopRuntime;
    scope: Scope;
    host: { bind(port: HostPort): void };
    journal: StartJournal;
    /** Claims and looks for nothing until the owner says so. */
    careful: boolean;
  },
): Promise<Surface> {
  const { runtime, log, clock, scope, resourcesDir, dataDir, journal } = options;
  const { notices } = runtime;
  const { platform } = process;
  const byTray = createCall(runtime.dispatch, 'tray');
  let careful = options.careful;
  let hasTray = platform !== 'linux';

  lockDown({ log, scope });
  serveApp({ rendererDir: options.rendererDir, log, scope });
  serveIpc({ dispatch: runtime.dispatch, live: runtime.live, log, scope });
  Menu.setApplicationMenu(
    platform === 'darwin'
      ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }])
      : null,
  );

  const glances = createGlance({ call: byTray, live: runtime.live, log, scope });
  const lifecycle = createLifecycle({
    glances,
    call: byTray,
    clock,
    log,
    scope,
    drain: (on) => {
      runtime.drain(on);
    },
    async stop() {
      await scope.close();
      await runtime.stop();
    },
    ended: () => {
      journal.ended();
    },
    atEnd: (idle) => updates.atEnd(idle),
    stays() {
      updates.stay();
      if (!hasTray && !window.isOpen()) window.open();
    },
  });
  const window = createDashboardWindow({
    dataDir,
    preloadPath: options.preloadPath,
    iconPath: path.join(resourcesDir, 'icons', '512.png'),
    platform,
    clock,
    log,
    scope,
    closed() {
      // Without a tray icon a closed window would leave Homer out of reach.
      if (!hasTray && !scope.closed) lifecycle.quit();
    },
    failed() {
      notices.tell('The dashboard was closed', 'It stopped working several times. The log has the details.');
    },
    sessionEnds() {
      lifecycle.end('the session ends');
    },
  });
  const quick = createQuickWindow({ preloadPath: options.preloadPath, clock, log, scope });
  const electron = createElectronNotifier({ scope, log, platform, version: process.versions.electron });
  notices.attach({
    // On Linux the session's own daemon comes first: its buttons are known to work, and outlive a restart.
    channels: [
      ...(options.sessionNotifier ? [options.sessionNotifier, electron] : [electron]),
      options.quickList(() => {
        quick.show();
      }),
    ],
    open: window.open,
    openQuick() {
      quick.show();
    },
  });
  const shortcut = createQuickShortcut({
    press: () => {
      quick.toggle();
    },
    log,
    scope,
  });
  const offer = readUpdateOffer({ resourcesPath: process.resourcesPath, platform, env: process.env, log });
  const updates = createUpdates({
    offer,
    async open() {
      if (typeof offer === 'string') throw new Error('There is no update address to ask.');
      // Half a megabyte that nobody needs while updates are off.
      const { openElectronSource } = await import('./updates/electron-source.ts');
      return openElectronSource({ offer, platform, log });
    },
    told: createToldVersion(path.join(dataDir, 'update-told.json'), log),
    tell: (title, body) => {
      notices.tell(title, body, '/settings?section=about');
    },
    quit: lifecycle.quit,
    clock,
    log,
    scope,
  });
  const login = createLaunchAtLogin({
    platform,
    command: ownCommand(),
    configHome: process.env['XDG_CONFIG_HOME'] ?? path.join(homedir(), '.config'),
  });
  const done = (act: () => void) => {
    act();
    return ok(undefined);
  };
  options.host.bind({
    async state() {
      return {
        leaving: lifecycle.leaving(),
        careful,
        endedBadly: journal.endedBadly,
        tray: hasTray,
        login: await login.read(),
        shortcutProblem: shortcut.problem(),
      };
    },
    setLaunchAtLogin: (on) => login.set(on),
    setShortcut: (wanted) => shortcut.set(wanted),
    quit: (how) =>
      done(() => {
        lifecycle.leave(how);
      }),
    restart: () =>
      done(() => {
        lifecycle.restart();
      }),
    stay: () =>
      done(() => {
        lifecycle.stay();
      }),
    begin: () =>
      done(() => {
        careful = false;
        runtime.work();
        runtime.drain(false);
      }),
    open: (route) =>
      done(() => {
        quick.hide();
        window.open(route);
      }),
    quick: (shown) =>
      done(() => {
        if (shown) quick.show();
        else quick.hide();
      }),
    fitQuick: (height) =>
      done(() => {
        quick.fit(height);
      }),
    openFolder,
    updates,
  });

  const tray = createTray({
    glances,
    actions: createTrayActions({
      call: byTray,
      tell: notices.tell,
      open: window.open,
      quick: () => {
        quick.show();
      },
      quit: lifecycle.quit,
      // The system has ticked the box already; draw what is true.
      settled: () => {
        tray.redraw();
      },
      log,
    }),
    press: (icon) => {
      quick.toggle(icon);
    },
    resourcesDir,
    platform,
    clock,
    scope,
  });
  if (platform === 'linux') {
    const seen = await options.watchTrayHost?.((there) => {
      if (there === hasTray || scope.closed) return;
      hasTray = there;
      log.info(there ? 'something shows the tray icon again' : 'nothing shows the tray icon any more');
      if (there) tray.renew();
      else if (!window.isOpen()) window.open();
    });
    hasTray = seen ?? false;
  }
  followPower({
    glances,
    onPower: (event) => {
      runtime.onPower(event);
    },
    log,
    scope,
  });
  await glances.start();
  await followFlag(['desktop.quick_shortcut'], applyShortcut);
  await followFlag(['updates.mode', 'updates.channel'], applyUpdates);
  if (!careful) runtime.work();

  return {
    open: window.open,
    show() {
      if (!window.isOpen()) window.open();
    },
    refuseLink(link) {
      log.warn('a link means nothing here', { link: link.slice(0, 200) });
      window.open();
      notices.tell('That link leads nowhere', 'Homer knows no place of that name. Nothing was changed.');
    },
    mustShow: () => !hasTray,
    endAfterFault: lifecycle.endAfterFault,
  };

  async function applyShortcut(): Promise<void> {
    const reply = await byTray('host.get', {});
    if (reply.ok && !scope.closed) shortcut.apply(reply.value.quick.shortcut);
  }

  async function applyUpdates(): Promise<void> {
    const reply = await byTray('update.get', {});
    if (reply.ok && !scope.closed) updates.choose(reply.value);
  }

  /** What settings say now, and whenever one of them changes by whatever surface. */
  async function followFlag(keys: readonly string[], apply: () => Promise<void>): Promise<void> {
    await apply();
    const end = runtime.live.subscribe(glances.current()?.overview.seq ?? 0, ({ events, reset }) => {
      if (!reset && !events.some(({ entity, entityId }) => entity === 'flag' && keys.includes(entityId)))
        return;
      apply().catch((error: unknown) => {
        log.error('a setting could not be read', { keys: keys.join(' '), error: messageOf(error) });
      });
    });
    scope.add(`live feed of ${keys.join(' ')}`, end);
  }
}

/** The words that start this Homer again: the AppImage where it is one, or Electron and the folder while developing. */
function ownCommand(): string[] {
  const image = process.env['APPIMAGE'];
  if (image !== undefined && image !== '') return [image];
  return app.isPackaged ? [process.execPath] : [process.execPath, app.getAppPath()];
}
