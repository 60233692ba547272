import { EventEmitter } from 'node:events';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  watch,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { closeBrowser } from './chromium.ts';
import { preventable } from './preventable.ts';

const paths = new Map<string, string>([
  ['userData', path.join(tmpdir(), `homer-stand-in-${String(process.pid)}`)],
]);
let ready = false;
let quitting = false;
let lock: string | undefined;
// Electron lives until it is quit, with or without a window.
setInterval(() => undefined, 1_000_000);
const whenReady = new Promise<void>((resolve) => {
  setImmediate(() => {
    ready = true;
    resolve();
    app.emit('ready', {}, {});
  });
});

/** What was set, for tests. */
export const appRecord = {
  loginItem: { openAtLogin: false, args: [] as string[] },
  protocols: [] as string[],
  relaunched: [] as string[][],
  windows: (): { close(): void; isDestroyed(): boolean }[] => [],
};

class App extends EventEmitter {
  /** As in a package where a test gives the folder beside the archive. */
  readonly isPackaged = process.env['HOMER_STAND_IN_RESOURCES'] !== undefined;
  readonly dock = undefined;
  isReady(): boolean {
    return ready;
  }
  whenReady(): Promise<void> {
    return whenReady;
  }
  getAppPath(): string {
    return process.cwd();
  }
  getVersion(): string {
    return process.env['HOMER_STAND_IN_VERSION'] ?? '0.1.0';
  }
  getName(): string {
    return 'homer';
  }
  getPath(name: string): string {
    const known = paths.get(name);
    if (known === undefined) throw new Error(`The stand-in knows no path called ${name}.`);
    return known;
  }
  setPath(name: string, to: string): void {
    paths.set(name, to);
  }
  /** A lock file with the holder's pid; a second start leaves its words in a folder that the holder watches. */
  requestSingleInstanceLock(): boolean {
    const home = this.getPath('userData');
    const file = path.join(home, 'lock');
    const inbox = path.join(home, 'second');
    mkdirSync(inbox, { recursive: true });
    const holder = holderOf(file);
    if (holder !== undefined && isAlive(holder)) {
      writeFileSync(path.join(inbox, `${String(process.pid)}.json`), JSON.stringify(process.argv));
      return false;
    }
    rmSync(file, { force: true });
    const handle = openSync(file, 'wx');
    writeSync(handle, String(process.pid));
    closeSync(handle);
    lock = file;
    const hear = (): void => {
      for (const name of readdirSync(inbox)) {
        const words: unknown = parse(readFileSync(path.join(inbox, name), 'utf8'));
        if (words === undefined) continue;
        rmSync(path.join(inbox, name), { force: true });
        this.emit('second-instance', {}, words, process.cwd(), null);
      }
    };
    watch(inbox, hear).unref();
    return true;
  }
  quit(): void {
    if (quitting) return;
    const before = preventable({});
    this.emit('before-quit', before.event);
    if (before.prevented()) return;
    for (const window of appRecord.windows()) window.close();
    if (appRecord.windows().some((window) => !window.isDestroyed())) return;
    const will = preventable({});
    this.emit('will-quit', will.event);
    if (!will.prevented()) this.exit(0);
  }
  exit(code = 0): void {
    if (quitting) return;
    quitting = true;
    this.emit('quit', {}, code);
    if (lock !== undefined) rmSync(lock, { force: true });
    void closeBrowser().finally(() => process.exit(code));
  }
  /** Electron would start again after the exit; here it is only noted, and told on the way out. */
  relaunch(options?: Electron.RelaunchOptions): void {
    appRecord.relaunched.push(options?.args ?? process.argv.slice(1));
    process.stderr.write('stand-in: starts again\n');
  }
  setAppUserModelId(_id: string): void {}
  setToastActivatorCLSID(_id: string): void {}
  setAsDefaultProtocolClient(scheme: string): boolean {
    appRecord.protocols.push(scheme);
    return true;
  }
  getLoginItemSettings(): Electron.LoginItemSettings {
    return {
      openAtLogin: appRecord.loginItem.openAtLogin,
      wasOpenedAtLogin: false,
      status: appRecord.loginItem.openAtLogin ? 'enabled' : 'not-registered',
      executableWillLaunchAtLogin: false,
      launchItems: [],
    };
  }
  setLoginItemSettings(settings: Electron.Settings): void {
    appRecord.loginItem = { openAtLogin: settings.openAtLogin ?? false, args: settings.args ?? [] };
  }
}

export const app = new App() satisfies Pick<
  Electron.App,
  | 'isPackaged'
  | 'isReady'
  | 'whenReady'
  | 'getAppPath'
  | 'getVersion'
  | 'getName'
  | 'getPath'
  | 'setPath'
  | 'requestSingleInstanceLock'
  | 'quit'
  | 'exit'
  | 'relaunch'
  | 'setAppUserModelId'
  | 'setToastActivatorCLSID'
  | 'setAsDefaultProtocolClient'
  | 'getLoginItemSettings'
  | 'setLoginItemSettings'
> & { dock: undefined };

function holderOf(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Undefined while the other process is still writing. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
