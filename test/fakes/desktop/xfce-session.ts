import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import dbus from 'dbus-next';
import { until } from './launch.ts';

const program = '/usr/lib/x86_64-linux-gnu/xfce4/notifyd/xfce4-notifyd';
/**
 * How the daemon lays its buttons out, in pixels: one row at the foot, all of one width. A few stand at its right, at their least width;
 * many fill the row.
 */
const layout = { edge: 14, gap: 7, fromFoot: 31, least: 85, few: 2 };

export interface XfceSession {
  readonly busAddress: string;
  /** Waits until a notification shows, keeps a picture of the screen, and gives its place. */
  shown(picture: string): Promise<void>;
  /** Presses a button of the notification that shows, with the mouse. `all`: the labels in their row. */
  click(label: string, all: readonly string[]): Promise<void>;
  /** How many notifications show. */
  count(): number;
  end(): Promise<void>;
}

/** A desktop session with the notification daemon of Xfce on a virtual screen, whose real buttons are pressed with a real mouse. */
export async function startXfceSession(folder: string): Promise<XfceSession> {
  const home = path.join(folder, 'home');
  mkdirSync(home, { recursive: true });
  const children: ChildProcess[] = [];
  const begin = (name: string, words: readonly string[], env = process.env): ChildProcess => {
    const child = spawn(name, words, { env, stdio: ['ignore', 'pipe', 'ignore'] });
    children.push(child);
    return child;
  };
  const firstLine = (child: ChildProcess): Promise<string> =>
    new Promise((resolve, reject) => {
      if (!child.stdout) throw new Error('The output of the child is not read.');
      createInterface(child.stdout).once('line', resolve);
      child.once('error', reject);
    });
  const screen = begin('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x800x24', '-nolisten', 'tcp']);
  const display = `:${await firstLine(screen)}`;
  // The bus gets the screen too: it is the bus that starts what the daemon asks for.
  const base = { ...process.env, DISPLAY: display, HOME: home, XDG_CONFIG_HOME: path.join(home, '.config') };
  const bus = begin('dbus-daemon', ['--session', '--print-address=1', '--nofork'], base);
  const busAddress = await firstLine(bus);
  const env = { ...base, DBUS_SESSION_BUS_ADDRESS: busAddress };
  begin(program, [], env);

  const client = dbus.sessionBus({ busAddress });
  await new Promise((resolve) => client.on('connect', () => resolve(undefined)));
  const ask = async (): Promise<boolean> => {
    const reply = await client.call(
      new dbus.Message({
        destination: 'org.freedesktop.DBus',
        path: '/org/freedesktop/DBus',
        interface: 'org.freedesktop.DBus',
        member: 'NameHasOwner',
        signature: 's',
        body: ['org.freedesktop.Notifications'],
      }),
    );
    return reply?.body[0] === true;
  };
  await until('the daemon', ask);

  const windows = (): string[] => {
    try {
      return execFileSync('xdotool', ['search', '--onlyvisible', '--class', 'xfce4-notifyd'], {
        env,
        timeout: 5_000,
        encoding: 'utf8',
      })
        .trim()
        .split('\n')
        .filter((line) => line !== '');
    } catch (error) {
      // It ends with 1 when it finds none.
      if ((error as { status?: number }).status === 1) return [];
      throw error;
    }
  };
  const geometry = (window: string): Record<string, number> =>
    Object.fromEntries(
      execFileSync('xdotool', ['getwindowgeometry', '--shell', window], {
        env,
        timeout: 5_000,
        encoding: 'utf8',
      })
        .trim()
        .split('\n')
        .map((line) => line.split('='))
        .map(([name, value]) => [name ?? '', Number(value)]),
    );

  return {
    busAddress,
    count: () => windows().length,
    async shown(picture) {
      await until('a notification on the screen', () => windows().length > 0);
      // It fades in.
      await new Promise((resolve) => setTimeout(resolve, 600));
      mkdirSync(path.dirname(picture), { recursive: true });
      execFileSync('import', ['-window', 'root', picture], { env, timeout: 10_000 });
    },
    async click(label, all) {
      await until('a notification on the screen', () => windows().length > 0);
      const window = windows().at(-1) ?? '';
      const { X = 0, Y = 0, WIDTH = 0, HEIGHT = 0 } = geometry(window);
      const pitch =
        all.length <= layout.few
          ? layout.least + layout.gap
          : (WIDTH - 2 * layout.edge + layout.gap) / all.length;
      const first = X + WIDTH - layout.edge + layout.gap - pitch * all.length;
      const x = first + pitch * all.indexOf(label) + (pitch - layout.gap) / 2;
      const y = Y + HEIGHT - layout.fromFoot;
      execFileSync(
        'xdotool',
        ['mousemove', String(Math.round(x)), String(Math.round(y)), 'sleep', '0.2', 'click', '1'],
        { env, timeout: 5_000 },
      );
    },
    async end() {
      client.disconnect();
      for (const child of children.reverse()) {
        const closed = once(child, 'close');
        if (child.kill()) await closed;
      }
    },
  };
}
