import { EventEmitter } from 'node:events';

export const systemRecord = { opened: [] as string[], blockers: new Set<number>(), dark: false };
let lastBlocker = 0;

export const nativeImage = {
  createFromPath: (path: string) => ({ path, isEmpty: () => false }) as unknown as Electron.NativeImage,
} satisfies Pick<typeof Electron.nativeImage, 'createFromPath'>;

class NativeTheme extends EventEmitter {
  get shouldUseDarkColors(): boolean {
    return systemRecord.dark;
  }
  get shouldUseDarkColorsForSystemIntegratedUI(): boolean {
    return systemRecord.dark;
  }
}
export const nativeTheme = new NativeTheme() satisfies Pick<
  Electron.NativeTheme,
  'shouldUseDarkColors' | 'shouldUseDarkColorsForSystemIntegratedUI'
>;

export const powerMonitor = new EventEmitter();

export const powerSaveBlocker = {
  start(_type: 'prevent-app-suspension' | 'prevent-display-sleep') {
    lastBlocker += 1;
    systemRecord.blockers.add(lastBlocker);
    return lastBlocker;
  },
  stop: (id: number) => systemRecord.blockers.delete(id),
  isStarted: (id: number) => systemRecord.blockers.has(id),
} satisfies Pick<Electron.PowerSaveBlocker, 'start' | 'stop' | 'isStarted'>;

export const screen = {
  getAllDisplays: () =>
    [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }] as unknown as Electron.Display[],
} satisfies Pick<Electron.Screen, 'getAllDisplays'>;

export const shell = {
  openExternal(url: string) {
    systemRecord.opened.push(url);
    return Promise.resolve();
  },
} satisfies Pick<Electron.Shell, 'openExternal'>;

/** Keeps nothing secret: it only turns text into bytes and back. */
export const safeStorage = {
  isAsyncEncryptionAvailable: () => Promise.resolve(false),
  encryptStringAsync: (text: string) => Promise.resolve(Buffer.from(text)),
} satisfies Pick<Electron.SafeStorage, 'isAsyncEncryptionAvailable' | 'encryptStringAsync'>;
