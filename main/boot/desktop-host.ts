import { createDbusNotifier } from '../approvals/channels/dbus-notifier.ts';
import { hasTrayHost } from '../approvals/channels/session-bus.ts';
import { startDesktop } from '../desktop/start-desktop.ts';
import { createSystemClock } from '../shared/clock.ts';
import { createJsonLog } from '../shared/log.ts';
import { createScope } from '../shared/scope.ts';
import { dataFolder, findInstallation, readVersion } from './folders.ts';
import { startRuntime } from './start-runtime.ts';

/** The product: Homer in the tray, with the runtime in the same process. */
export function runDesktopHost(): void {
  const clock = createSystemClock();
  const scope = createScope('homer');
  const log = createJsonLog({
    iso: () => clock.iso(),
    write: (line) => {
      process.stderr.write(line);
    },
  });
  const dataDir = dataFolder(process.env);
  const installation = findInstallation(process.resourcesPath);
  const onLinux = process.platform === 'linux';

  startDesktop({
    log,
    clock,
    dataDir,
    resourcesDir: installation.resources,
    rendererDir: installation.renderer,
    preloadPath: installation.preload,
    ...(onLinux
      ? { notifyFallback: createDbusNotifier({ log, scope }), hasTrayHost: () => hasTrayHost(scope) }
      : {}),
    start: async () => {
      const started = await startRuntime({
        host: 'desktop',
        version: readVersion(installation),
        dataDir,
        installation,
        env: process.env,
        clock,
        log,
        scope,
      });
      if (started.ok) started.value.work();
      return started;
    },
  });
}
