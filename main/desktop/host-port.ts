import type { HostPort } from '../api/host-port.ts';
import { nothingKnown } from './updates/nothing-known.ts';
import { fail } from '../shared/result.ts';

/** The port that the operations are given at the start, and what stands behind it once the desktop is there. */
export function createHostPort(): { port: HostPort; bind(real: HostPort): void } {
  let real: HostPort | undefined;
  const soon = fail('not_ready', 'Homer is still starting.', { hint: 'Try again in a moment.' });
  return {
    bind(made) {
      real = made;
    },
    port: {
      state: () =>
        real?.state() ??
        Promise.resolve({
          leaving: false,
          careful: false,
          endedBadly: null,
          tray: null,
          login: 'off',
          shortcutProblem: null,
        }),
      setLaunchAtLogin: (on) => real?.setLaunchAtLogin(on) ?? Promise.resolve(soon),
      setShortcut: (shortcut) => real?.setShortcut(shortcut) ?? soon,
      quit: (how) => real?.quit(how) ?? soon,
      restart: () => real?.restart() ?? soon,
      stay: () => real?.stay() ?? soon,
      begin: () => real?.begin() ?? soon,
      open: (route) => real?.open(route) ?? soon,
      quick: (shown) => real?.quick(shown) ?? soon,
      fitQuick: (height) => real?.fitQuick(height) ?? soon,
      openFolder: (path) => real?.openFolder(path) ?? Promise.resolve(soon),
      updates: {
        status: () => real?.updates.status() ?? nothingKnown(soon.error.message),
        check: () => real?.updates.check() ?? soon,
        download: () => real?.updates.download() ?? soon,
        restart: () => real?.updates.restart() ?? soon,
      },
    },
  };
}
