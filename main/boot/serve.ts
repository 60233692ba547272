import { join } from 'node:path';
import { createDbusNotifier } from '../approvals/channels/dbus-notifier.ts';
import { busAddress } from '../approvals/channels/session-bus.ts';
import { loadApiToken } from '../headless/access/api-token.ts';
import { loopbackNames } from '../headless/access/loopback.ts';
import { createOneTimeTokens } from '../headless/access/one-time-tokens.ts';
import { createFileSessionStore } from '../headless/access/session-store.ts';
import type { ServeRequest } from '../headless/cli/cli-host.ts';
import { createHttpApp } from '../headless/http/create-http-app.ts';
import { listen } from '../headless/http/listen.ts';
import type { Clock } from '../shared/clock.ts';
import { ok, type Result } from '../shared/result.ts';
import { createScope } from '../shared/scope.ts';
import { createFileLog } from './file-log.ts';
import { findIcon, type Installation } from './folders.ts';
import { openLocalSocket } from './local-socket.ts';
import { openBrowser } from './open-browser.ts';
import { returnMemory } from './return-memory.ts';
import { sessionKeepers } from './session-keepers.ts';
import { startOrSafeMode } from './start-or-safe-mode.ts';

/**
 * The headless host: the runtime, the dashboard and REST on loopback behind a token, and the local socket. Returns when `signal` is
 * aborted and everything is closed; agents at work go on and are taken up by the next start.
 */
export async function serve(
  request: ServeRequest & { dataDir: string },
  options: {
    env: Readonly<Record<string, string | undefined>>;
    clock: Clock;
    installation: Installation;
    version: string;
  },
): Promise<Result<void>> {
  const { clock, env, installation, version } = options;
  const { dataDir } = request;
  const scope = createScope('headless host');
  const log = createFileLog({ dataDir, clock });
  try {
    const started = await startOrSafeMode({
      host: 'headless',
      version,
      dataDir,
      installation,
      env,
      clock,
      log,
      scope,
      keepers: sessionKeepers({ clock, scope }),
    });
    if (!started.ok) return started;
    const runtime = started.value;
    const apiToken = loadApiToken(join(dataDir, 'api-token'));
    if (!apiToken.ok) return apiToken;
    const oneTime = createOneTimeTokens(clock);
    const doors = scope.child('doors');
    const listening = await listen({
      app: createHttpApp({
        dispatch: runtime.dispatch,
        live: runtime.live,
        access: {
          kind: 'token',
          apiToken: apiToken.value,
          oneTime,
          sessions: createFileSessionStore(join(dataDir, 'browser-sessions.json'), clock, log),
          allowedHosts: [...loopbackNames, ...request.allowedHosts],
        },
        rendererDir: installation.renderer,
        log,
        clock,
        scope: doors,
        version,
      }),
      scope: doors,
      allowRemote: request.allowRemote,
      ...(request.host === undefined ? {} : { host: request.host }),
      ...(request.port === undefined ? {} : { port: request.port }),
    });
    if (!listening.ok) return listening;
    const url = (): string => `${listening.value.url}/?token=${oneTime.issue()}`;
    const socket = await openLocalSocket({
      runtime,
      dataDir,
      env,
      clock,
      log,
      scope: doors,
      version,
      dashboardUrl: url,
    });
    if (!socket.ok) return socket;
    runtime.notices.attach({
      // In a desktop session only: elsewhere there is nobody to see it.
      channels:
        process.platform === 'linux' && busAddress() !== undefined
          ? [createDbusNotifier({ log, scope: doors, icon: findIcon(installation) })]
          : [],
      open(route) {
        void openBrowser(`${url()}#${route}`, env).then((opened) => {
          if (!opened.ok) log.warn('the dashboard could not be opened', { error: opened.error.message });
        });
      },
    });
    runtime.work();
    returnMemory({ clock, scope, log });
    request.announce({ url: url(), port: listening.value.port, dataDir, damaged: runtime.damaged() });
    await aborted(request.signal);
    return ok(undefined);
  } finally {
    await scope.close();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else
      signal.addEventListener(
        'abort',
        () => {
          resolve();
        },
        { once: true },
      );
  });
}
