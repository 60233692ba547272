import { homedir } from 'node:os';
import path from 'node:path';
import { app, dialog, Menu } from 'electron';
import { messageOf } from '../shared/result.ts';
import { createScope } from '../shared/scope.ts';
import { declareAppScheme, serveApp } from './app-protocol.ts';
import { createCall } from './call.ts';
import { decide, lateMessage, routeOf } from '../../preload/contract/choices.ts';
import { routeOfArguments, routeOfLink } from './deep-link.ts';
import { createElectronNotifier } from './electron-notifier.ts';
import { createGlance } from './glance.ts';
import { serveIpc } from './ipc.ts';
import { createLifecycle } from './lifecycle.ts';
import { listen } from './listen.ts';
import { createLaunchAtLogin } from './login.ts';
import { followPower } from './power.ts';
import type { DesktopOptions, DesktopRuntime } from './runtime-port.ts';
import { lockDown } from './security.ts';
import { createTray } from './tray.ts';
import { createDashboardWindow } from './window.ts';

/** The same as `appId` in electron-builder.yml: Windows finds the installed shortcut by it. */
const appId = 'app.homer.desktop';
/** Windows starts Homer by this class when a button of an old notification is pressed. */
const toastActivator = '{6F0B4C0E-52C7-4B57-9C39-1B4E3D1F7A62}';

/**
 * The desktop host. In order: what must come before Electron is ready, the single-instance lock (a second start shows the
 * first and ends), the runtime, then the surfaces over it. Returns at once; the process lives until it is quit.
 */
export function startDesktop(options: DesktopOptions): void {
  declareAppScheme();
  // The lock lies in the data folder: two Homers on two data folders may run, two on one may not.
  app.setPath('userData', path.join(options.dataDir, 'electron'));
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  if (process.platform === 'win32') {
    app.setToastActivatorCLSID(toastActivator);
    app.setAppUserModelId(appId);
  }
  app.setAsDefaultProtocolClient('homer');

  // Links and second starts can come before the window can be made.
  const early: (string | undefined)[] = [];
  let open = (route?: string): void => void early.push(route);
  const scope = createScope('desktop');
  listen(scope, app, 'second-instance', (_event: unknown, words: string[]) => {
    open(routeOfArguments(words));
  });
  listen(scope, app, 'open-url', (event: { preventDefault(): void }, link: string) => {
    event.preventDefault();
    open(routeOfLink(link) ?? '/inbox');
  });
  listen(scope, app, 'activate', () => {
    open();
  });

  const begin = async (): Promise<void> => {
    await app.whenReady();
    const started = await options.start();
    if (!started.ok) {
      options.log.error('Homer could not start', { tag: started.error.tag, message: started.error.message });
      dialog.showErrorBox('Homer could not start', [started.error.message, started.error.hint].join('\n\n'));
      app.exit(1);
      return;
    }
    const hidden = process.argv.includes('--hidden');
    const window = await surface({ ...options, runtime: started.value, scope });
    open = window.open;
    const route = early.findLast((wanted) => wanted !== undefined) ?? routeOfArguments(process.argv);
    if (!hidden || early.length > 0 || window.mustShow) open(route);
  };
  begin().catch((error: unknown) => {
    options.log.error('starting failed', { error: messageOf(error) });
    dialog.showErrorBox('Homer could not start', messageOf(error));
    app.exit(1);
  });
}

async function surface(
  options: DesktopOptions & { runtime: DesktopRuntime; scope: ReturnType<typeof createScope> },
) {
  const { runtime, log, clock, scope, resourcesDir, dataDir } = options;
  const { platform } = process;
  const byTray = createCall(runtime.dispatch, 'tray');
  const hasTray = platform !== 'linux' || ((await options.hasTrayHost?.()) ?? false);

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
    async stop() {
      await scope.close();
      await runtime.stop();
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
    sessionEnds() {
      lifecycle.end('the session ends');
    },
  });
  const { notices } = runtime;
  const electron = createElectronNotifier({
    scope,
    log,
    platform,
    version: process.versions.electron,
  });
  notices.attach({
    // On Linux the session's own daemon comes first: its buttons are known to work, and outlive a restart.
    channels: [
      ...(options.sessionNotifier ? [options.sessionNotifier, electron] : [electron]),
      options.quickList(() => {
        window.open('/inbox');
      }),
    ],
    open: window.open,
  });

  const settle = (what: string, work: Promise<{ message: string } | undefined>): void => {
    work.then(
      (refused) => {
        if (refused) notices.tell(`${what}: nothing was done`, refused.message);
      },
      (error: unknown) => {
        log.error('a choice in the tray failed', { what, error: messageOf(error) });
      },
    );
  };
  createTray({
    glances,
    login: createLaunchAtLogin({
      platform,
      command: ownCommand(),
      configHome: process.env['XDG_CONFIG_HOME'] ?? path.join(homedir(), '.config'),
    }),
    actions: {
      decide(item, choice) {
        settle(
          item.ref,
          decide(byTray, item, choice).then((refused) => {
            if (refused) return { message: lateMessage(refused) };
            if (choice.opens) window.open(routeOf(item));
            return undefined;
          }),
        );
      },
      stop(run) {
        settle(`#${String(run.number)}`, byTray('run.stop', { id: run.id }).then(errorOf));
      },
      hold(held) {
        settle(held ? 'Pause everything' : 'Resume', byTray('worker.hold', { held }).then(errorOf));
      },
      open: window.open,
      quit: lifecycle.quit,
    },
    resourcesDir,
    platform,
    log,
    scope,
    tell: notices.tell,
  });
  followPower({
    glances,
    onPower: (event) => {
      runtime.onPower(event);
    },
    log,
    scope,
  });
  await glances.start();
  return { open: window.open, mustShow: !hasTray };
}

function errorOf(
  reply: { ok: true } | { ok: false; error: { message: string } },
): { message: string } | undefined {
  return reply.ok ? undefined : reply.error;
}

/** The words that start this Homer again: the AppImage where it is one, or Electron and the folder while developing. */
function ownCommand(): string[] {
  const image = process.env['APPIMAGE'];
  if (image !== undefined && image !== '') return [image];
  return app.isPackaged ? [process.execPath] : [process.execPath, app.getAppPath()];
}
