import { EventEmitter } from 'node:events';
import { app, appRecord } from './app.ts';
import { browserContext } from './chromium.ts';
import { toShown, WebContents } from './web-contents.ts';
import { preventable } from './preventable.ts';

const open = new Set<BrowserWindow>();
appRecord.windows = () => [...open];

export function openWindows(): readonly BrowserWindow[] {
  return [...open];
}

/** A page of the real Chromium; hidden and shown, minimised and focused are only remembered. */
export class BrowserWindow extends EventEmitter {
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly webContents = new WebContents() as unknown as Electron.WebContents;
  visible: boolean;
  focused = false;
  backgroundColor: string | undefined;
  private bounds: Electron.Rectangle;
  private minimized = false;
  private maximized = false;
  private destroyed = false;
  private readonly attached: Promise<void>;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    this.options = options;
    const { x = 100, y = 100, width = 800, height = 600 } = options;
    this.bounds = { x, y, width, height };
    this.visible = options.show ?? true;
    this.backgroundColor = options.backgroundColor;
    open.add(this);
    app.emit('web-contents-created', {}, this.webContents);
    this.attached = this.attach();
  }
  private get contents(): WebContents {
    return this.webContents as unknown as WebContents;
  }
  private async attach(): Promise<void> {
    const page = await (await browserContext()).newPage();
    await page.setViewportSize({ width: this.bounds.width, height: this.bounds.height });
    await this.contents.attach(page, this.options.webPreferences?.preload);
    page.on('close', () => {
      if (this.contents.page === page) this.gone();
    });
    if (this.destroyed) await page.close();
  }
  async loadURL(url: string): Promise<void> {
    await this.attached;
    if (this.destroyed || !this.contents.page) return;
    // A page that crashed is gone for good in Playwright; Electron starts another process for the same window.
    if (this.contents.crashed) await this.attach();
    await this.contents.page.goto(toShown(url));
    this.emit('ready-to-show');
    this.contents.emit('did-finish-load');
  }
  hide(): void {
    if (!this.visible) return;
    this.visible = false;
    this.focused = false;
    this.emit('hide');
  }
  /** Somebody pressed elsewhere. */
  blur(): void {
    this.focused = false;
    this.emit('blur');
  }
  show(): void {
    this.visible = true;
    this.emit('show');
  }
  focus(): void {
    this.focused = true;
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  restore(): void {
    this.minimized = false;
  }
  minimize(): void {
    this.minimized = true;
  }
  maximize(): void {
    this.maximized = true;
  }
  isMaximized(): boolean {
    return this.maximized;
  }
  getBounds(): Electron.Rectangle {
    return this.bounds;
  }
  getNormalBounds(): Electron.Rectangle {
    return this.bounds;
  }
  setBounds(bounds: Partial<Electron.Rectangle>): void {
    const { width, height } = this.bounds;
    this.bounds = { ...this.bounds, ...bounds };
    if (this.bounds.width !== width || this.bounds.height !== height) void this.resize();
    this.emit('resize');
    this.emit('move');
  }
  /** The page gets the room that its window has. */
  private async resize(): Promise<void> {
    await this.attached;
    const { page } = this.contents;
    const { width, height } = this.bounds;
    if (!this.destroyed && page && !page.isClosed()) await page.setViewportSize({ width, height });
  }
  setBackgroundColor(color: string): void {
    this.backgroundColor = color;
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  close(): void {
    const closing = preventable({});
    this.emit('close', closing.event);
    if (!closing.prevented()) this.destroy();
  }
  destroy(): void {
    if (this.destroyed) return;
    this.gone();
    void this.contents.page?.close();
  }
  private gone(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    open.delete(this);
    this.emit('closed');
    if (open.size > 0) return;
    // Electron quits by itself when nobody listens.
    if (!app.emit('window-all-closed')) app.quit();
  }
}

// Held to Electron's typings where Homer uses it.
export const checkedBrowserWindow = BrowserWindow satisfies new (
  options?: Electron.BrowserWindowConstructorOptions,
) => Pick<
  Electron.BrowserWindow,
  | 'webContents'
  | 'loadURL'
  | 'show'
  | 'hide'
  | 'blur'
  | 'setBounds'
  | 'getBounds'
  | 'focus'
  | 'isMinimized'
  | 'restore'
  | 'maximize'
  | 'isMaximized'
  | 'getNormalBounds'
  | 'setBackgroundColor'
  | 'isDestroyed'
  | 'close'
  | 'destroy'
>;
export const checkedWebContents = WebContents satisfies new () => Pick<
  Electron.WebContents,
  'id' | 'mainFrame' | 'getURL' | 'isDestroyed' | 'send' | 'setWindowOpenHandler'
>;
