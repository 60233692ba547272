import { release } from 'node:os';
import path from 'node:path';
import type { HostState } from '../../preload/contract/host.ts';
import { fail, ok, type Result } from '../shared/result.ts';
import { readFlag, writeFlag } from '../store/flag-store.ts';
import { sqliteVersion } from '../store/sqlite-version.ts';
import { someRunStarted } from '../store/run-started.ts';
import type { ApiOptions } from './api-options.ts';
import type { Handlers } from './dispatch.ts';
import type { HostPort } from './host-port.ts';

type HostName = Extract<keyof Handlers, `host.${string}`>;

export function hostHandlers({
  store,
  host,
  hostPort,
  ports,
  version,
}: ApiOptions): Pick<Handlers, HostName> {
  const state = async (): Promise<HostState> => {
    const seen = store.read((read) => ({
      shortcut: readFlag(read, 'desktop.quick_shortcut'),
      ask: readFlag(read, 'desktop.ask_login') === 'on' && someRunStarted(read),
    }));
    if (!hostPort) {
      const only = 'Only the desktop app offers it.';
      return {
        host,
        leaving: false,
        careful: false,
        endedBadly: null,
        launchAtLogin: { state: null, notOffered: only, ask: false },
        quick: { shortcut: seen.shortcut, problem: null, notOffered: only },
        tray: null,
      };
    }
    const { login, shortcutProblem, ...rest } = await hostPort.state();
    return {
      host,
      ...rest,
      launchAtLogin: { state: login, notOffered: '', ask: seen.ask && login === 'off' },
      quick: { shortcut: seen.shortcut, problem: shortcutProblem, notOffered: '' },
    };
  };

  /** Asks the desktop app; elsewhere there is nobody to ask. */
  const asked = <T>(what: (port: HostPort) => Result<T>): Result<T> =>
    hostPort
      ? what(hostPort)
      : fail('not_offered', 'This host has no window, tray or login item.', {
          hint: 'Start the desktop app for that.',
        });

  return {
    'host.get': async () => ok(await state()),
    'host.about': () =>
      ok({
        version,
        host,
        electron: 'electron' in process.versions ? process.versions.electron : null,
        node: process.versions.node,
        sqlite: store.read(sqliteVersion),
        system: `${process.platform} ${process.arch} ${release()}`,
        folders: folders(),
        notOffered: hostPort ? '' : 'Only the desktop app opens folders.',
      }),
    'host.openFolder': async ({ folder }) => {
      const port = asked(ok);
      return port.ok ? empty(await port.value.openFolder(folders()[folder])) : port;
    },
    'host.launchAtLogin': async ({ on }, { actor }) => {
      const port = asked(ok);
      if (!port.ok) return port;
      // An answer is an answer, also when the system then refuses: the question does not come again.
      const noted = store.tryWrite((write) => {
        if (readFlag(write, 'desktop.ask_login') === 'on')
          writeFlag(write, 'desktop.ask_login', 'off', actor.name);
      });
      if (!noted.ok) return noted;
      const set = await port.value.setLaunchAtLogin(on);
      if (!set.ok) return set;
      noteChange(actor.name);
      return ok(await state());
    },
    'host.quickShortcut': async ({ shortcut }, { actor }) => {
      const set = asked((port) => port.setShortcut(shortcut));
      if (!set.ok) return set;
      const kept = store.tryWrite((write) => {
        writeFlag(write, 'desktop.quick_shortcut', shortcut, actor.name);
      });
      return kept.ok ? ok(await state()) : kept;
    },
    'host.quit': ({ how }) =>
      leaving(
        asked((port) => port.quit(how)),
        how === 'finish',
      ),
    'host.restart': () => empty(asked((port) => port.restart())),
    'host.stay': () =>
      leaving(
        asked((port) => port.stay()),
        false,
      ),
    'host.begin': async () => {
      const begun = asked((port) => port.begin());
      return begun.ok ? ok(await state()) : begun;
    },
    'host.open': ({ route }) => empty(asked((port) => port.open(route))),
    'host.quick': ({ shown }) => empty(asked((port) => port.quick(shown))),
    'host.fitQuick': ({ height }) => empty(asked((port) => port.fitQuick(height))),
  };

  function folders(): { data: string; logs: string } {
    return { data: ports.dataFolder, logs: path.join(ports.dataFolder, 'logs') };
  }

  /** Views of the host read again. */
  function noteChange(actor: string): void {
    store.write((write) => {
      write.emit({ type: 'hostChanged', entity: 'host', entityId: host, actor, payload: {} });
    });
  }
}

function leaving(result: Result<void>, leaves: boolean): Result<{ leaving: boolean }> {
  return result.ok ? ok({ leaving: leaves }) : result;
}

function empty(result: Result<void>): Result<Record<string, never>> {
  return result.ok ? ok({}) : result;
}
