import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Frame, Page } from '@playwright/test';
import { receive } from './ipc-main.ts';
import { sessionRecord } from './session.ts';
import { preventable } from './preventable.ts';

/**
 * Chromium gives a scheme of one's own no origin without Electron's help, so `app://homer` is shown as a host on localhost
 * and named `app://homer` wherever Homer's main process looks.
 */
const shownAs = 'http://homer.localhost';

export function toShown(address: string): string {
  return address.replace(/^app:\/\/homer/u, shownAs);
}
export function toNamed(address: string): string {
  return address.replace(shownAs, 'app://homer');
}

type OpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0];
let lastId = 0;

export class WebContents extends EventEmitter {
  readonly id = (lastId += 1);
  page: Page | undefined;
  crashed = false;
  private destroyed = false;
  private openHandler: OpenHandler | undefined;
  private readonly frames = new WeakMap<Frame, FrameView>();

  get mainFrame(): Electron.WebFrameMain {
    if (!this.page) throw new Error('The page is not there yet.');
    return this.frameView(this.page.mainFrame()) as unknown as Electron.WebFrameMain;
  }
  getURL(): string {
    return this.page ? toNamed(this.page.url()) : '';
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }
  send(channel: string, ...args: unknown[]): void {
    if (this.destroyed) throw new TypeError('Object has been destroyed');
    const cloned = structuredClone(args);
    this.page
      ?.evaluate(
        ([name, words]) => {
          const hear = (globalThis as unknown as { __standInHear?: (c: string, a: unknown[]) => void })
            .__standInHear;
          hear?.(name, words);
        },
        [channel, cloned] as const,
      )
      .catch((error: unknown) => {
        // A page that goes while a message is on its way loses it, in Electron as here.
        if (!this.destroyed && !/closed|crashed|destroyed|navigation/iu.test(String(error))) throw error;
      });
  }

  frameView(frame: Frame): FrameView {
    const known = this.frames.get(frame);
    if (known) return known;
    const viewOf = (other: Frame): FrameView => this.frameView(other);
    const made: FrameView = {
      get url() {
        return toNamed(frame.url());
      },
      get origin() {
        return toNamed(new URL(frame.url()).origin);
      },
      get parent() {
        const parent = frame.parentFrame();
        return parent ? viewOf(parent) : null;
      },
    };
    this.frames.set(frame, made);
    return made;
  }

  /** Makes the page a window of Homer: preload, bridge, protocol, navigation. */
  async attach(page: Page, preload: string | undefined): Promise<void> {
    const former = this.page;
    this.page = page;
    this.crashed = false;
    void former?.close();
    page.on('close', () => {
      if (this.destroyed || this.page !== page) return;
      this.destroyed = true;
      this.emit('destroyed');
    });
    page.on('crash', () => {
      this.crashed = true;
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
    });
    page.on('popup', (popup) => void popup.close());
    await page.exposeBinding(
      '__standInIpc',
      (source, kind: 'invoke' | 'send', channel: string, args: unknown[]) => {
        const event = {
          sender: this,
          senderFrame: this.frameView(source.frame),
          type: 'frame',
        } as unknown as Electron.IpcMainInvokeEvent;
        return receive(kind, event, channel, args);
      },
    );
    await page.exposeBinding('__standInOpen', (_source, url: string) => {
      const details = {
        url,
        frameName: '',
        features: '',
        disposition: 'new-window',
      } as Electron.HandlerDetails;
      this.openHandler?.(details);
    });
    await page.exposeBinding('__standInPermission', async (_source, permission: string) => {
      return new Promise((resolve) => {
        sessionRecord.permissionRequest?.(
          this as unknown as Electron.WebContents,
          permission as 'notifications',
          resolve,
          {} as Electron.PermissionRequest,
        );
      });
    });
    if (preload !== undefined)
      await page.addInitScript(
        `(${preloadHost.toString()})(${JSON.stringify(readFileSync(preload, 'utf8'))})`,
      );
    await page.route('**/*', async (route) => {
      const request = route.request();
      if (request.isNavigationRequest() && request.frame() === page.mainFrame()) {
        const url = toNamed(request.url());
        // What the page itself starts can be prevented; `loadURL` cannot.
        if (page.url() !== 'about:blank' && !request.url().startsWith(shownAs)) {
          const leaving = preventable({ url });
          this.emit('will-navigate', leaving.event);
          if (leaving.prevented()) return route.abort('aborted');
        }
        this.emit('did-start-navigation', { url, isMainFrame: true, isSameDocument: false });
      }
      if (!request.url().startsWith(shownAs)) return route.abort('blockedbyclient');
      const handler = sessionRecord.handlerOf('app');
      if (!handler) return route.abort('failed');
      const answer = await handler(new Request(toNamed(request.url()), { method: request.method() }));
      return route.fulfill({
        status: answer.status,
        headers: Object.fromEntries(answer.headers),
        body: Buffer.from(await answer.arrayBuffer()),
      });
    });
  }
}

interface FrameView {
  readonly url: string;
  readonly origin: string;
  readonly parent: FrameView | null;
}

/** Runs in the page, before its own scripts: what a sandboxed preload finds around it. Only in the main frame, as in Electron. */
function preloadHost(source: string): void {
  type Ipc = (kind: 'invoke' | 'send', channel: string, args: unknown[]) => Promise<unknown>;
  const world = globalThis as unknown as Record<string, unknown>;
  const ipc = world['__standInIpc'] as Ipc;
  const openOutside = world['__standInOpen'] as (url: string) => void;
  window.open = (url) => {
    openOutside(String(url));
    return null;
  };
  // What a page may do is asked of the session in Electron; Chromium would not ask Homer.
  const ask = world['__standInPermission'] as (permission: string) => Promise<boolean>;
  Notification.requestPermission = async () => ((await ask('notifications')) ? 'granted' : 'denied');
  navigator.geolocation.getCurrentPosition = (_found, failed) => {
    void ask('geolocation').then((given) => {
      if (!given) failed?.({ code: 1, message: 'denied' } as GeolocationPositionError);
    });
  };
  if (window !== window.top) return;
  // A page must not reach the channel past the bridge.
  delete world['__standInIpc'];

  type Listener = (event: unknown, ...args: unknown[]) => void;
  const listeners = new Map<string, Set<Listener>>();
  Object.defineProperty(world, '__standInHear', {
    value: (channel: string, args: unknown[]) => {
      for (const listener of listeners.get(channel) ?? []) listener({}, ...args);
    },
  });
  const ipcRenderer = {
    invoke: (channel: string, ...args: unknown[]) => ipc('invoke', channel, structuredClone(args)),
    send: (channel: string, ...args: unknown[]) => void ipc('send', channel, structuredClone(args)),
    on(channel: string, listener: Listener) {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
      return ipcRenderer;
    },
    removeListener(channel: string, listener: Listener) {
      listeners.get(channel)?.delete(listener);
      return ipcRenderer;
    },
  };
  /** What crosses the bridge: functions as calls, everything else as a clone. */
  const cross = (value: unknown): unknown => {
    if (typeof value === 'function')
      return (...args: unknown[]) => cross((value as (...words: unknown[]) => unknown)(...args.map(cross)));
    if (value instanceof Promise) return value.then(cross);
    if (typeof value !== 'object' || value === null) return value;
    if (Object.values(value).some((member) => typeof member === 'function'))
      return Object.freeze(
        Object.fromEntries(Object.entries(value).map(([key, member]) => [key, cross(member)])),
      );
    return structuredClone(value);
  };
  const contextBridge = {
    exposeInMainWorld(name: string, api: unknown) {
      Object.defineProperty(world, name, { value: cross(api), enumerable: true });
    },
  };
  const require = (name: string): unknown => {
    if (name === 'electron') return { contextBridge, ipcRenderer };
    throw new Error(`module not found: ${name}`);
  };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the built preload is CommonJS, and this is how Electron runs it too
  new Function('require', 'module', 'exports', source)(require, { exports: {} }, {});
}
