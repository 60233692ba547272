import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hono } from 'hono';
import type { Dispatch } from '../../api/dispatch.ts';
import type { LiveFeed } from '../../api/live-port.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Log } from '../../shared/log.ts';
import { messageOf } from '../../shared/result.ts';
import type { Scope } from '../../shared/scope.ts';
import { loopbackNames } from '../access/loopback.ts';
import { wantsPage, type AppEnv } from './app-env.ts';
import { callRoute } from './call-route.ts';
import { docsPage } from './docs-page.ts';
import type { EventStreamSettings } from './event-stream.ts';
import { liveRoute } from './live-route.ts';
import { openApi } from './openapi.ts';
import { evidenceRoute } from './evidence-route.ts';
import { metricsRoute } from './metrics-route.ts';
import { noticePage, pagesCss } from './pages.ts';
import { refuse } from './refuse.ts';
import { restRoute } from './rest-route.ts';
import { restTable } from './rest-table.ts';
import { runEventsStream } from './run-events-stream.ts';
import { noBrowser, sameOrigin } from './same-origin.ts';
import { securityHeaders } from './security-headers.ts';
import { signIn, type TokenAccess } from './sign-in.ts';
import { notFound, staticFiles } from './static-files.ts';

/** The local socket: whoever can open it is the owner, because its folder and file say so. */
export interface OwnerAccess {
  readonly kind: 'owner';
  /** A dashboard URL with a fresh one-time token; null when no listener serves one. */
  readonly dashboardUrl: () => string | null;
}

export interface HttpAppOptions {
  readonly dispatch: Dispatch;
  readonly live: LiveFeed;
  readonly access: TokenAccess | OwnerAccess;
  /** Folder of the built dashboard; null serves none. */
  readonly rendererDir: string | null;
  readonly log: Log;
  readonly clock: Clock;
  /** Streams end with it. */
  readonly scope: Scope;
  readonly version: string;
  readonly eventStream?: EventStreamSettings;
}

export interface HttpApp {
  readonly access: 'token' | 'owner';
  readonly fetch: Hono<AppEnv>['fetch'];
}

/** Homer over HTTP: who may come in, then the call route, the live stream, the REST paths, their description, the dashboard. */
export function createHttpApp(options: HttpAppOptions): HttpApp {
  const { access, dispatch, live, log, clock, version } = options;
  const scope = options.scope.child('http streams');
  const streams = {
    live,
    scope,
    clock,
    log,
    ...(options.eventStream ? { settings: options.eventStream } : {}),
  };
  const app = new Hono<AppEnv>();
  app.use(securityHeaders());
  if (access.kind === 'token') {
    app.use(sameOrigin(access.allowedHosts ?? loopbackNames));
    app.use(signIn(access, clock, log));
  } else {
    app.use(noBrowser());
    app.use(async (c, next) => {
      c.set('actor', { name: 'owner', channel: 'cli' });
      return next();
    });
    app.post('/host/dashboard-url', (c) => {
      const url = access.dashboardUrl();
      if (url !== null) return c.json({ ok: true, value: { url } });
      return refuse(c, {
        tag: 'unreachable',
        message: 'The running Homer serves no dashboard in the browser.',
        hint: 'Open its window from the tray, or start `homer serve`.',
      });
    });
  }

  app.get('/api/live', liveRoute({ ...streams, host: { version, build: buildOf(options.rendererDir) } }));
  app.post('/api/:operation', callRoute(dispatch));
  app.get('/metrics', metricsRoute(dispatch));
  app.get('/runs/:id/evidence.zip', evidenceRoute(dispatch, log));
  app.get('/docs', (c) => c.html(docsPage(version)));
  app.get('/docs/openapi.json', (c) => c.json(openApi(version)));
  app.get('/docs/pages.css', (c) => c.body(pagesCss, 200, { 'Content-Type': 'text/css; charset=utf-8' }));

  const page = options.rendererDir === null ? notFound : staticFiles(options.rendererDir);
  const timeline = runEventsStream({ dispatch, ...streams });
  for (const route of restTable()) {
    const answer = restRoute(route, dispatch);
    app.on(route.method, route.pattern, (c) => {
      c.header('Vary', 'Accept');
      // The same path is a view of the dashboard when a person visits it.
      if (options.rendererDir !== null && route.path !== '/health' && wantsPage(c)) return page(c);
      if (route.name === 'run.events' && (c.req.header('accept') ?? '').includes('text/event-stream'))
        return timeline(c);
      return answer(c);
    });
  }
  app.all('*', (c) =>
    c.req.path.startsWith('/api/') || c.req.path.startsWith('/docs/') ? notFound(c) : page(c),
  );
  app.onError((error, c) => {
    log.error('an HTTP request failed', {
      method: c.req.method,
      path: c.req.path,
      error: messageOf(error),
      stack: error.stack,
    });
    const failure = { tag: 'internal', message: `Something went wrong inside Homer: ${messageOf(error)}` };
    return wantsPage(c)
      ? c.html(noticePage('Something went wrong', failure.message, []), 500)
      : refuse(c, failure);
  });
  return { access: access.kind, fetch: app.fetch };
}

/** The page names its scripts by their content, so that it differs whenever any of them does. */
function buildOf(rendererDir: string | null): string {
  const page = rendererDir === null ? '' : join(rendererDir, 'index.html');
  if (!existsSync(page)) return '';
  return createHash('sha256').update(readFileSync(page)).digest('hex').slice(0, 16);
}
