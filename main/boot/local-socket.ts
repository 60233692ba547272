import { tmpdir, userInfo } from 'node:os';
import { createHttpApp } from '../headless/http/create-http-app.ts';
import { listenSocket } from '../headless/socket/listen-socket.ts';
import { prepareSocketPath } from '../headless/socket/socket-path.ts';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import type { Result } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import type { RunningHomer } from './running-homer.ts';

/** Serves the running instance to the command line on a socket that only the owner can open. The caller holds the instance lock. */
export async function openLocalSocket(options: {
  runtime: RunningHomer;
  dataDir: string;
  env: Readonly<Record<string, string | undefined>>;
  clock: Clock;
  log: Log;
  scope: Scope;
  version: string;
  dashboardUrl: () => string | null;
}): Promise<Result<void>> {
  const { runtime, clock, log, scope, version } = options;
  const path = prepareSocketPath({
    dataDir: options.dataDir,
    runtimeDir: options.env['XDG_RUNTIME_DIR'],
    tempDir: tmpdir(),
    uid: userInfo().uid,
  });
  if (!path.ok) return path;
  return listenSocket({
    app: createHttpApp({
      dispatch: runtime.dispatch,
      live: runtime.live,
      access: { kind: 'owner', dashboardUrl: options.dashboardUrl },
      rendererDir: null,
      log,
      clock,
      scope,
      version,
    }),
    path: path.value,
    scope,
  });
}
