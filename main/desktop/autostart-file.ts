import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { LoginState } from '../../preload/contract/host.ts';
import { fail, messageOf, ok, type Result } from '../shared/result.ts';

export interface LaunchAtLogin {
  read(): Promise<LoginState>;
  set(on: boolean): Promise<Result<LoginState>>;
}

/** Linux: a file in the autostart folder, there while it is on. */
export function autostartFile(place: { command: readonly string[]; configHome: string }): LaunchAtLogin {
  const file = path.join(place.configHome, 'autostart', 'homer.desktop');
  const read = async (): Promise<LoginState> => {
    try {
      return (await stat(file)).isFile() ? 'on' : 'off';
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'off';
      throw error;
    }
  };
  return {
    read,
    async set(on) {
      try {
        if (on) {
          await mkdir(path.dirname(file), { recursive: true });
          await writeFile(file, desktopEntry(place.command), { mode: 0o644 });
        } else await rm(file, { force: true });
      } catch (error) {
        return fail('login_item_refused', `The autostart file could not be changed: ${messageOf(error)}`, {
          hint: `Check that ${path.dirname(file)} can be written.`,
        });
      }
      return ok(await read());
    },
  };
}

function desktopEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Homer',
    'Comment=Autonomous agent runtime',
    `Exec=${[...command, '--hidden'].map(quote).join(' ')}`,
    'Icon=homer',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/** Quoting of `Exec`: its reserved characters escaped inside quotes, then the backslashes again as the file format wants, and `%` doubled. */
function quote(word: string): string {
  if (/^[\w./=@:+-]+$/u.test(word)) return word;
  const quoted = word.replace(/(["`$\\])/gu, '\\$1').replace(/\\/gu, '\\\\');
  return `"${quoted.replace(/%/gu, '%%')}"`;
}
