import { spawn } from 'node:child_process';
import { fail, messageOf, ok, type Result } from '../shared/result.ts';

/** Opens a URL in the owner's browser, where there is a desktop to open it on. */
export async function openBrowser(
  url: string,
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): Promise<Result<void>> {
  if (platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY'])
    return fail('no_browser', 'There is no desktop to open a browser on.', {
      hint: 'Open the printed address yourself.',
    });
  const [program, args]: readonly [string, readonly string[]] =
    platform === 'darwin'
      ? ['open', [url]]
      : platform === 'win32'
        ? ['cmd', ['/c', 'start', '', url.replaceAll('&', '^&')]]
        : ['xdg-open', [url]];
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true });
    child.once('error', (error) => {
      resolve(
        fail('no_browser', `The browser could not be opened: ${messageOf(error)}`, {
          hint: 'Open the printed address yourself.',
        }),
      );
    });
    child.once('spawn', () => {
      child.unref();
      resolve(ok(undefined));
    });
  });
}
