import { app } from 'electron';
import type { LoginState } from '../../preload/contract/host.ts';
import { fail, ok } from '../shared/result.ts';
import { autostartFile, type LaunchAtLogin } from './autostart-file.ts';

/** Off until the owner turns it on; started this way, Homer stays in the tray. */
export function createLaunchAtLogin(place: {
  platform: NodeJS.Platform;
  /** The words that start Homer: the program, then its arguments. */
  command: readonly string[];
  /** `$XDG_CONFIG_HOME`, or `~/.config`. */
  configHome: string;
}): LaunchAtLogin {
  return place.platform === 'linux' ? autostartFile(place) : loginItem();
}

function loginItem(): LaunchAtLogin {
  const read = (): Promise<LoginState> => {
    const { openAtLogin, status } = app.getLoginItemSettings({ args: ['--hidden'] });
    return Promise.resolve(status === 'requires-approval' ? 'needs_approval' : openAtLogin ? 'on' : 'off');
  };
  return {
    read,
    async set(on) {
      app.setLoginItemSettings({ openAtLogin: on, args: ['--hidden'] });
      const state = await read();
      if (on && state === 'off')
        return fail('login_item_refused', 'The system did not take Homer as a login item.', {
          hint: 'Add it by hand in the system settings.',
        });
      return ok(state);
    },
  };
}
