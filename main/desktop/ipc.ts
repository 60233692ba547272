import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { z } from 'zod';
import type { ContractFailure } from '../../preload/contract/errors.ts';
import { ipcCall, ipcLive } from '../../preload/contract/live.ts';
import type { Dispatch } from '../api/dispatch.ts';
import type { LiveFeed } from '../api/live-port.ts';
import type { Log } from '../shared/log.ts';
import type { Scope } from '../shared/scope.ts';
import { appOrigin } from './app-files.ts';
import { listen } from './listen.ts';

/**
 * The whole bridge to the renderer: two channels, and one place that asks who is speaking.
 *
 * - only the main frame of a window showing `app://homer` is heard; anything else is refused and logged;
 * - every call goes through `dispatch`, which parses both ways;
 * - a page's live feeds end when the page goes, whatever the page does.
 */
export function serveIpc(options: { dispatch: Dispatch; live: LiveFeed; log: Log; scope: Scope }): void {
  const { dispatch, live, log, scope } = options;
  const feeds = new Map<WebContents, Map<number, () => void>>();

  const fromHome = (event: IpcMainEvent | IpcMainInvokeEvent, channel: string): boolean => {
    if (isHome(event)) return true;
    log.warn('a message from outside the dashboard was refused', {
      channel,
      from: event.senderFrame?.url ?? 'a frame that is gone',
    });
    return false;
  };

  ipcMain.handle(ipcCall, async (event: IpcMainInvokeEvent, name: unknown, input: unknown) => {
    if (!fromHome(event, ipcCall)) return { ok: false, error: foreign };
    if (typeof name !== 'string') return { ok: false, error: malformed };
    return dispatch(name, input, { actor: { name: 'owner', channel: 'dashboard' } });
  });
  scope.add(ipcCall, () => {
    ipcMain.removeHandler(ipcCall);
  });

  const endAll = (page: WebContents): void => {
    for (const end of feeds.get(page)?.values() ?? []) end();
    feeds.get(page)?.clear();
  };

  const feedsOf = (page: WebContents): Map<number, () => void> => {
    const known = feeds.get(page);
    if (known) return known;
    const made = new Map<number, () => void>();
    feeds.set(page, made);
    const pageScope = scope.child(`page ${String(page.id)}`);
    listen(pageScope, page, 'destroyed', () => {
      endAll(page);
      feeds.delete(page);
      void pageScope.close();
    });
    listen(pageScope, page, 'render-process-gone', () => {
      endAll(page);
    });
    listen(pageScope, page, 'did-start-navigation', (details: Navigation) => {
      if (details.isMainFrame && !details.isSameDocument) endAll(page);
    });
    return made;
  };

  listen(scope, ipcMain, ipcLive, (event: IpcMainEvent, request: unknown) => {
    if (!fromHome(event, ipcLive)) return;
    const parsed = liveRequest.safeParse(request);
    if (!parsed.success) {
      log.warn('a malformed live request was ignored', { issues: parsed.error.issues.length });
      return;
    }
    const page = event.sender;
    const mine = feedsOf(page);
    const { feed } = parsed.data;
    mine.get(feed)?.();
    mine.delete(feed);
    if (!('after' in parsed.data)) return;
    if (mine.size >= MOST_FEEDS) {
      log.warn('a page asked for too many live feeds', { limit: MOST_FEEDS });
      return;
    }
    mine.set(
      feed,
      live.subscribe(parsed.data.after, (message) => {
        if (!page.isDestroyed()) page.send(ipcLive, feed, message);
      }),
    );
  });
  scope.add('live feeds', () => {
    for (const page of feeds.keys()) endAll(page);
  });
}

/** A page needs one; a few more cover a reload that is under way. */
const MOST_FEEDS = 8;

const liveRequest = z.union([
  z.strictObject({ feed: z.int(), after: z.int().min(0) }),
  z.strictObject({ feed: z.int(), end: z.literal(true) }),
]);

interface Navigation {
  readonly isMainFrame: boolean;
  readonly isSameDocument: boolean;
}

const foreign: ContractFailure = {
  tag: 'forbidden_origin',
  message: 'Only the Homer dashboard may call Homer.',
};
const malformed: ContractFailure = { tag: 'invalid_input', message: 'An operation is called by its name.' };

function isHome(event: IpcMainEvent | IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  if (!frame || frame.parent !== null || frame !== event.sender.mainFrame) return false;
  const url = URL.parse(frame.url);
  return url !== null && `${url.protocol}//${url.host}` === appOrigin;
}
