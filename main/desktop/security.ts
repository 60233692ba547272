import { app, session, type WebContents } from 'electron';
import type { Log } from '../shared/log.ts';
import type { Scope } from '../shared/scope.ts';
import { appOrigin } from './app-files.ts';
import { listen } from './listen.ts';
import { createOpenOutside } from './open-outside.ts';

/** Nothing a page does leads out of `app://homer`: no window, no navigation, no permission, no embedded page. */
export function lockDown(options: { log: Log; scope: Scope }): void {
  const { log, scope } = options;

  const openOutside = createOpenOutside(log);

  const guard = (page: WebContents): void => {
    const pageScope = scope.child(`guard ${String(page.id)}`);
    page.setWindowOpenHandler(({ url }) => {
      openOutside(url);
      return { action: 'deny' };
    });
    const stay = (event: { preventDefault(): void; url: string }): void => {
      const url = URL.parse(event.url);
      if (url && `${url.protocol}//${url.host}` === appOrigin) return;
      event.preventDefault();
      openOutside(event.url);
    };
    listen(pageScope, page, 'will-navigate', stay);
    listen(pageScope, page, 'will-redirect', stay);
    listen(pageScope, page, 'will-attach-webview', (event: { preventDefault(): void }) => {
      event.preventDefault();
    });
    listen(pageScope, page, 'destroyed', () => void pageScope.close());
  };
  listen(scope, app, 'web-contents-created', (_event: unknown, page: WebContents) => {
    guard(page);
  });

  session.defaultSession.setPermissionRequestHandler((_page, permission, answer) => {
    log.info('a permission was refused', { permission });
    answer(false);
  });
  session.defaultSession.setPermissionCheckHandler(() => false);
  session.defaultSession.setDevicePermissionHandler(() => false);
}
