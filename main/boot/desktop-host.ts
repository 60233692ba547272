import { createDbusNotifier } from '../approvals/channels/dbus-notifier.ts';
import { createQuickList } from '../approvals/channels/quick-list.ts';
import { createSafeStorageKeeper } from '../desktop/safe-storage-keeper.ts';
import { startDesktop } from '../desktop/start-desktop.ts';
import { createSystemClock } from '../shared/clock.ts';
import { createScope } from '../shared/scope.ts';
import { createFileLog } from './file-log.ts';
import { dataFolder, findIcon, findInstallation, readVersion } from './folders.ts';
import { openLocalSocket } from './local-socket.ts';
import { sessionKeepers } from './session-keepers.ts';
import { startOrSafeMode } from './start-or-safe-mode.ts';
import { watchTrayHost } from './watch-tray-host.ts';

/** The product: Homer in the tray, with the runtime in the same process. */
export function runDesktopHost(): void {
  const clock = createSystemClock();
  const scope = createScope('homer');
  const dataDir = dataFolder(process.env);
  const log = createFileLog({
    dataDir,
    clock,
    mirror: (line) => {
      process.stderr.write(line);
    },
  });
  const installation = findInstallation(process.resourcesPath);
  const onLinux = process.platform === 'linux';

  startDesktop({
    log,
    clock,
    dataDir,
    resourcesDir: installation.resources,
    rendererDir: installation.renderer,
    preloadPath: installation.preload,
    quickList: createQuickList,
    ...(onLinux
      ? {
          sessionNotifier: createDbusNotifier({ log, scope, icon: findIcon(installation) }),
          watchTrayHost: (see) => watchTrayHost(scope, see),
        }
      : {}),
    start: async (hostPort) => {
      const started = await startOrSafeMode({
        host: 'desktop',
        version: readVersion(installation),
        dataDir,
        installation,
        env: process.env,
        clock,
        log,
        scope,
        keepers: [createSafeStorageKeeper(), ...sessionKeepers({ clock, scope })],
        hostPort,
      });
      if (!started.ok) return started;
      const socket = await openLocalSocket({
        runtime: started.value,
        dataDir,
        env: process.env,
        clock,
        log,
        scope,
        version: readVersion(installation),
        dashboardUrl: () => null,
      });
      // The app works without it; only the command line cannot reach it then.
      if (!socket.ok) log.warn('the local socket is closed', { error: socket.error.message });
      return started;
    },
  });
}
