import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import dbus from 'dbus-next';

export interface DesktopSession {
  readonly busAddress: string;
  /** Picks an action of the newest notification, as its menu would; answers false when the daemon shows none. */
  pick(label: string): Promise<boolean>;
  /** What the daemon shows now. */
  displayed(): Promise<number>;
  /** A panel that shows tray icons comes or goes. */
  panel(there: boolean): Promise<void>;
  /** The titles of everything it was given to show since the last `clear`; closes what it shows. */
  titles(): Promise<string[]>;
  /** Closes what the daemon shows, before the next test. */
  clear(): Promise<void>;
  end(): Promise<void>;
}

/**
 * A desktop session of its own: a real message bus, a real notification daemon (dunst) on it, a virtual screen, and the name
 * of a panel that shows tray icons.
 */
export async function startDesktopSession(folder: string): Promise<DesktopSession> {
  mkdirSync(folder, { recursive: true });
  const children: ChildProcess[] = [];
  const bus = spawn('dbus-daemon', ['--session', '--print-address=1', '--nofork'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  children.push(bus);
  const busAddress = await firstLine(bus);

  const screen = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  children.push(screen);
  const display = `:${await firstLine(screen)}`;

  // dunst asks this program which action is meant: it takes the line whose words are in the file.
  const wanted = path.join(folder, 'wanted');
  const chooser = path.join(folder, 'choose.sh');
  writeFileSync(chooser, `#!/bin/sh\ngrep -m1 -F "$(cat '${wanted}')"\n`, { mode: 0o755 });
  const settings = path.join(folder, 'dunstrc');
  writeFileSync(settings, `[global]\ndmenu = ${chooser}\nbrowser = /bin/true\n`);
  const env = { ...process.env, DBUS_SESSION_BUS_ADDRESS: busAddress, DISPLAY: display };
  children.push(spawn('dunst', ['-config', settings], { env, stdio: 'ignore' }));

  const panel = dbus.sessionBus({ busAddress });
  await new Promise((resolve) => panel.on('connect', () => resolve(undefined)));
  const watcher = 'org.kde.StatusNotifierWatcher';
  await panel.requestName(watcher, 0);

  const ask = async (...words: string[]): Promise<string> => {
    const child = spawn('dunstctl', words, { env, stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    await once(child, 'close');
    return text.trim();
  };
  const displayed = async (): Promise<number> => Number(await ask('count', 'displayed'));

  return {
    busAddress,
    displayed,
    async pick(label) {
      if (!((await displayed()) > 0)) return false;
      writeFileSync(wanted, label);
      await ask('context');
      return true;
    },
    async panel(there) {
      if (there) await panel.requestName(watcher, 0);
      else await panel.releaseName(watcher);
    },
    async titles() {
      await ask('close-all');
      const history = JSON.parse(await ask('history')) as { data: { summary: { data: string } }[][] };
      return (history.data[0] ?? []).map(({ summary }) => summary.data);
    },
    async clear() {
      await ask('close-all');
      await ask('history-clear');
    },
    async end() {
      panel.disconnect();
      for (const child of children.reverse()) {
        const closed = once(child, 'close');
        if (child.kill()) await closed;
      }
    },
  };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    if (!child.stdout) throw new Error('The output of the child is not read.');
    const lines = createInterface(child.stdout);
    lines.once('line', resolve);
    child.once('error', reject);
    child.once('close', (code) => {
      reject(new Error(`It ended with ${String(code)} before it said where it is.`));
    });
  });
}
