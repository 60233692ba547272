// Loaded by the real Electron before Homer (`electron -r`): remembers what Electron does not tell back, such as the menu a
// tray was given. Not yet seen on a real Electron.
const electron = require('electron');

const trays = new Set();
const notifications = [];
const opened = [];
const asked = [];
const answers = [];
const errors = [];
let blocking = 0;
let buttons = [];
const copied = [];
const shortcuts = new Map();
const taken = new Set();
const relaunched = [];

const { setContextMenu, setImage, destroy } = electron.Tray.prototype;
electron.Tray.prototype.setContextMenu = function (menu) {
  trays.add(Object.assign(this, { recordedMenu: menu }));
  return setContextMenu.call(this, menu);
};
electron.Tray.prototype.destroy = function () {
  trays.delete(this);
  return destroy.call(this);
};
electron.Tray.prototype.setImage = function (image) {
  this.recordedImage = image.recordedPath;
  return setImage.call(this, image);
};
const { createFromPath } = electron.nativeImage;
electron.nativeImage.createFromPath = (path) => Object.assign(createFromPath(path), { recordedPath: path });

const { show } = electron.Notification.prototype;
electron.Notification.prototype.show = function () {
  const note = { notification: this, shown: false, closed: false };
  notifications.push(note);
  this.on('show', () => (note.shown = true));
  this.on('close', () => (note.closed = true));
  return show.call(this);
};
electron.shell.openExternal = async (url) => void opened.push(url);
electron.dialog.showMessageBox = async (options) => {
  asked.push(options.message);
  buttons = options.buttons ?? [];
  return { response: answers.shift() ?? options.cancelId ?? 0, checkboxChecked: false };
};
electron.dialog.showErrorBox = (title, content) => void errors.push(`${title}\n${content}`);
const { start, stop } = electron.powerSaveBlocker;
electron.powerSaveBlocker.start = (type) => {
  blocking += 1;
  return start(type);
};
electron.powerSaveBlocker.stop = (id) => {
  blocking -= 1;
  return stop(id);
};

electron.clipboard.writeText = (text) => void copied.push(text);
const { register, unregister } = electron.globalShortcut;
electron.globalShortcut.register = (shortcut, press) => {
  if (taken.has(shortcut)) return false;
  shortcuts.set(shortcut, press);
  return register.call(electron.globalShortcut, shortcut, press);
};
electron.globalShortcut.unregister = (shortcut) => {
  shortcuts.delete(shortcut);
  unregister.call(electron.globalShortcut, shortcut);
};
electron.app.relaunch = (options) => void relaunched.push(options?.args ?? []);

const shownItem = (item) => ({
  label: item.label ?? '',
  enabled: item.enabled,
  checked: item.checked,
  items: item.submenu ? item.submenu.items.map(shownItem) : [],
});

const deeds = {
  state() {},
  'tray/click'({ labels }) {
    let level = [...trays][0].recordedMenu.items;
    let found;
    for (const label of labels) {
      found = level.find((item) => item.label.endsWith(label) && item.enabled);
      if (!found) throw new Error(`The menu has no item ${labels.join(' > ')}.`);
      level = found.submenu?.items ?? [];
    }
    found.click();
  },
  'tray/press': ({ bounds }) => [...trays][0].emit('click', {}, bounds, {}),
  'shortcut/press': ({ shortcut }) => shortcuts.get(shortcut)?.(),
  'shortcut/take': ({ shortcut }) => taken.add(shortcut),
  'window/blur': ({ url }) =>
    electron.BrowserWindow.getAllWindows()
      .filter((window) => window.webContents.getURL().includes(url))
      .forEach((window) => window.emit('blur')),
  'window/move': ({ bounds }) =>
    electron.BrowserWindow.getAllWindows().forEach((window) => window.setBounds(bounds)),
  'session/end': () =>
    electron.BrowserWindow.getAllWindows().forEach((window) =>
      window.emit('session-end', { reasons: ['logoff'] }),
    ),
  fault: ({ message }) =>
    setImmediate(() => {
      throw new Error(message);
    }),
  'notification/press': ({ index, button }) =>
    notifications[index].notification.emit('action', { actionIndex: button }, button, -1),
  'notification/close': ({ index }) =>
    notifications[index].notification.emit('close', { reason: 'timedOut' }),
  'window/close': () => electron.BrowserWindow.getAllWindows().forEach((window) => window.close()),
  'dialog/answer': ({ response }) => answers.push(response),
  power: ({ event }) => electron.powerMonitor.emit(event),
  'app/open-url': ({ url }) => electron.app.emit('open-url', { preventDefault() {} }, url),
  'app/quit': () => electron.app.quit(),
};

globalThis.homerRecord = (name, input) => {
  deeds[name](input);
  const tray = [...trays][0];
  return {
    tray: tray && {
      image: tray.recordedImage ?? '',
      toolTip: '',
      items: tray.recordedMenu.items.map(shownItem),
    },
    windows: electron.BrowserWindow.getAllWindows().map((window) => ({
      url: window.webContents.getURL(),
      visible: window.isVisible(),
      bounds: window.getBounds(),
    })),
    notifications: notifications.map(({ notification, shown, closed }) => ({
      title: notification.title,
      body: notification.body,
      buttons: notification.actions.map(({ text }) => text),
      shown,
      closed,
    })),
    opened,
    blocking: blocking > 0,
    asked,
    buttons,
    copied,
    shortcuts: [...shortcuts.keys()],
    relaunched,
    errors,
  };
};
