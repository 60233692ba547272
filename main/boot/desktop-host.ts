import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { createDbusNotifier } from '../approvals/channels/dbus-notifier.ts';
import { hasTrayHost } from '../approvals/channels/session-bus.ts';
import { startDesktop } from '../desktop/start-desktop.ts';
import { createSystemClock } from '../shared/clock.ts';
import { createJsonLog } from '../shared/log.ts';
import { createScope } from '../shared/scope.ts';
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
  const dataDir = process.env['HOMER_DATA'] ?? path.join(homedir(), '.homer');
  // The bundle lies in out/main; everything else of the build beside it.
  const root = path.join(import.meta.dirname, '..', '..');
  // Packed, images lie outside the archive: trays read them as plain files.
  const source = path.join(root, 'resources');
  const onLinux = process.platform === 'linux';

  startDesktop({
    log,
    clock,
    dataDir,
    resourcesDir: existsSync(source) ? source : path.join(process.resourcesPath, 'resources'),
    rendererDir: path.join(root, 'out', 'renderer'),
    preloadPath: path.join(root, 'out', 'preload', 'bridge.cjs'),
    ...(onLinux
      ? { notifyFallback: createDbusNotifier({ log, scope }), hasTrayHost: () => hasTrayHost(scope) }
      : {}),
    start: () => startRuntime({ host: 'desktop', dataDir, clock, log, scope }),
  });
}
