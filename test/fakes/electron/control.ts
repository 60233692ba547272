import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { app, appRecord } from './app.ts';
import { openWindows } from './browser-window.ts';
import { dialogRecord } from './dialog.ts';
import { Notification, notifications } from './notification.ts';
import { powerMonitor, systemRecord } from './system.ts';
import { trays } from './menu.ts';

/** What a person or the system would do, by name; the answer of each is the state after it. */
const deeds: Readonly<Record<string, (input: Record<string, unknown>) => void>> = {
  state: () => undefined,
  'tray/click': ({ labels }) => {
    const tray = [...trays][0];
    if (!tray) throw new Error('There is no tray icon.');
    tray.click(labels as string[]);
  },
  'tray/press': ({ bounds }) => {
    void [...trays][0]?.emit('click', {}, bounds, {});
  },
  'shortcut/press': ({ shortcut }) => systemRecord.shortcuts.get(shortcut as string)?.(),
  'shortcut/take': ({ shortcut }) => void systemRecord.taken.add(shortcut as string),
  'notification/press': ({ index, button }) => notifications[index as number]?.press(button as number),
  'notification/close': ({ index }) =>
    void notifications[index as number]?.emit('close', { reason: 'timedOut' }),
  'notification/silence': ({ silent }) => void (Notification.silenced = silent as boolean),
  'window/close': () => {
    for (const window of openWindows()) window.close();
  },
  'window/blur': ({ url }) => {
    for (const window of openWindows())
      if (window.webContents.getURL().includes(url as string)) window.blur();
  },
  'window/move': ({ bounds }) => {
    for (const window of openWindows()) window.setBounds(bounds as Electron.Rectangle);
  },
  'session/end': () => {
    for (const window of openWindows()) window.emit('session-end', { reasons: ['logoff'] });
  },
  fault: ({ message }) => {
    setImmediate(() => {
      throw new Error(message as string);
    });
  },
  'dialog/answer': ({ response }) => void dialogRecord.answers.push(response as number),
  power: ({ event }) => void powerMonitor.emit(event as string),
  'app/open-url': ({ url }) => void app.emit('open-url', { preventDefault: () => undefined }, url),
  'app/quit': () => {
    app.quit();
  },
};

function state(): unknown {
  const tray = [...trays][0];
  return {
    tray: tray && { image: tray.image, toolTip: tray.toolTip, title: tray.title, items: tray.shown() },
    windows: openWindows().map((window) => ({
      url: window.webContents.getURL(),
      visible: window.visible,
      bounds: window.getBounds(),
    })),
    notifications: notifications.map(({ options, server, closed }) => ({
      title: options.title,
      body: options.body,
      buttons: (options.actions ?? []).map(({ text }) => text),
      shown: server !== undefined,
      closed,
    })),
    opened: systemRecord.opened,
    blocking: systemRecord.blockers.size > 0,
    asked: dialogRecord.asked,
    buttons: dialogRecord.buttons,
    copied: systemRecord.copied,
    shortcuts: [...systemRecord.shortcuts.keys()],
    relaunched: appRecord.relaunched,
    errors: dialogRecord.errors,
    loginItem: appRecord.loginItem,
    protocols: appRecord.protocols,
  };
}

/** Listens on loopback and writes its port to the file that `HOMER_STAND_IN_CONTROL` names. */
export function serveControl(): void {
  const file = process.env['HOMER_STAND_IN_CONTROL'];
  if (file === undefined) return;
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      try {
        const deed = deeds[(request.url ?? '').slice(1)];
        if (!deed) throw new Error(`There is no ${String(request.url)}.`);
        deed(text === '' ? {} : (JSON.parse(text) as Record<string, unknown>));
        response.end(JSON.stringify({ ok: true, state: state() }));
      } catch (error) {
        response.end(JSON.stringify({ ok: false, error: String(error) }));
      }
    });
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (typeof address === 'object' && address) writeFileSync(file, String(address.port));
  });
  server.unref();
}
