import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';

export const systemRecord = {
  opened: [] as string[],
  blockers: new Set<number>(),
  dark: false,
  copied: [] as string[],
  shortcuts: new Map<string, () => void>(),
  /** Shortcuts that another program has. */
  taken: new Set<string>(),
  pointer: { x: 1900, y: 10 },
};
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

const display = { workArea: { x: 0, y: 0, width: 1920, height: 1040 } } as unknown as Electron.Display;

export const screen = {
  getAllDisplays: () => [display],
  getDisplayNearestPoint: (_point: Electron.Point) => display,
  getCursorScreenPoint: () => systemRecord.pointer,
} satisfies Pick<Electron.Screen, 'getAllDisplays' | 'getDisplayNearestPoint' | 'getCursorScreenPoint'>;

export const globalShortcut = {
  register(accelerator: Electron.Accelerator, callback: () => void) {
    if (systemRecord.taken.has(accelerator) || systemRecord.shortcuts.has(accelerator)) return false;
    systemRecord.shortcuts.set(accelerator, callback);
    return true;
  },
  unregister: (accelerator: Electron.Accelerator) => void systemRecord.shortcuts.delete(accelerator),
} satisfies Pick<Electron.GlobalShortcut, 'register' | 'unregister'>;

export const clipboard = {
  writeText(text: string) {
    systemRecord.copied.push(text);
    return Promise.resolve();
  },
} satisfies Pick<Electron.Clipboard, 'writeText'>;

export const shell = {
  openExternal(url: string) {
    systemRecord.opened.push(url);
    return Promise.resolve();
  },
  openPath(path: string) {
    systemRecord.opened.push(path);
    return Promise.resolve('');
  },
} satisfies Pick<Electron.Shell, 'openExternal' | 'openPath'>;

/**
 * Encrypts with a key that only this stand-in's folder has. `HOMER_STAND_IN_PASSWORDS` says how the password store of the system is:
 * `basic_text`, `none`, or `renewed` (every value asks to be sealed again); `HOMER_STAND_IN_KEY` is what it holds.
 */
export const safeStorage = {
  isAsyncEncryptionAvailable: () => Promise.resolve(passwords() !== 'none'),
  getSelectedStorageBackend: () => (passwords() === 'basic_text' ? 'basic_text' : 'gnome_libsecret'),
  encryptStringAsync(text: string) {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', storeKey(), nonce);
    return Promise.resolve(Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]));
  },
  decryptStringAsync(encrypted: Buffer) {
    const opened = createDecipheriv('aes-256-gcm', storeKey(), encrypted.subarray(0, 12));
    opened.setAuthTag(encrypted.subarray(-16));
    const head = opened.update(encrypted.subarray(12, -16));
    try {
      const result = Buffer.concat([head, opened.final()]).toString();
      return Promise.resolve({ result, shouldReEncrypt: passwords() === 'renewed' });
    } catch (error) {
      return Promise.reject(new Error('Error while decrypting the ciphertext provided', { cause: error }));
    }
  },
} satisfies Pick<
  Electron.SafeStorage,
  'isAsyncEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptStringAsync' | 'decryptStringAsync'
>;

const passwords = (): string => process.env['HOMER_STAND_IN_PASSWORDS'] ?? 'keyring';
const storeKey = (): Buffer =>
  createHash('sha256')
    .update(process.env['HOMER_STAND_IN_KEY'] ?? 'stand-in')
    .digest();
