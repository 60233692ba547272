/**
 * A stand-in for Electron, for tests: what Homer uses of it, over a real Chromium (Playwright), a real notification daemon
 * (D-Bus) and a control port on loopback. It is held to Electron's typings member by member. It is not Electron: what only
 * Electron can show (native menus, the sandbox, the isolated world of the preload, packaging) stays unproven by it.
 */
export { app } from './app.ts';
export { BrowserWindow } from './browser-window.ts';
export { dialog } from './dialog.ts';
export { ipcMain } from './ipc-main.ts';
export { Menu, Tray } from './menu.ts';
export { net } from './net.ts';
export { Notification } from './notification.ts';
export { protocol, session } from './session.ts';
export {
  clipboard,
  globalShortcut,
  nativeImage,
  nativeTheme,
  powerMonitor,
  powerSaveBlocker,
  safeStorage,
  screen,
  shell,
} from './system.ts';

import { serveControl } from './control.ts';

// Packed, Electron says where the files beside the archive lie.
const resources = process.env['HOMER_STAND_IN_RESOURCES'];
if (resources !== undefined) Object.assign(process, { resourcesPath: resources });

serveControl();
