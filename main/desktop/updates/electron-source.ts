import {
  AppImageUpdater,
  CancellationToken,
  MacUpdater,
  NsisUpdater,
  type AppUpdater,
} from 'electron-updater';
import type { Log } from '../../shared/log.ts';
import { fail, messageOf, ok, type Refusal } from '../../shared/result.ts';
import { isSigned } from './signature.ts';
import type { UpdateOffer } from './update-offer.ts';
import { updateFailure } from './update-failure.ts';
import type { UpdateSource } from './update-source.ts';

/**
 * Updates by electron-updater from a folder on a web server. It holds each file to its digest, and on macOS and Windows to the
 * signature of the system; that the digests are those of whoever makes Homer is held here, on every system, before anything is downloaded.
 */
export function openElectronSource({
  offer,
  platform,
  log,
}: {
  offer: UpdateOffer;
  platform: NodeJS.Platform;
  log: Log;
}): UpdateSource {
  const mac = platform === 'darwin' ? new MacUpdater() : undefined;
  const base = platform === 'win32' ? new NsisUpdater() : new AppImageUpdater();
  const updater: AppUpdater = mac ?? base;
  updater.setFeedURL({ provider: 'generic', url: offer.address });
  updater.autoDownload = false;
  // What is installed, and when, is for the ordered quit alone.
  updater.autoInstallOnAppQuit = false;
  updater.disableWebInstaller = true;
  const line = (message: unknown): string =>
    (message instanceof Error ? message.message : String(message)).slice(0, 500);
  updater.logger = {
    info: (message) => {
      log.info('updater', { message: line(message) });
    },
    warn: (message) => {
      log.warn('updater', { message: line(message) });
    },
    error: (message) => {
      log.warn('updater', { message: line(message) });
    },
  };
  let heard = (_done: number, _all: number): void => undefined;
  updater.on('download-progress', ({ transferred, total }) => {
    heard(transferred, total);
  });
  let lastError: unknown;
  updater.on('error', (error) => {
    lastError = error;
  });
  let cancel = new CancellationToken();
  const refused = (error: unknown): Refusal => ({ ok: false, error: updateFailure(error) });

  return {
    async check(channel) {
      updater.channel = channel;
      // Choosing a channel would allow it: whoever leaves the early versions waits until the releases have caught up.
      updater.allowDowngrade = false;
      try {
        const checked = await updater.checkForUpdates();
        if (!checked)
          return fail('update_unusable', 'This package cannot update itself.', {
            hint: 'Install a newer package over it.',
          });
        if (!checked.isUpdateAvailable) return ok(null);
        const info = checked.updateInfo;
        if (!isSigned(info, (info as { signature?: unknown }).signature, offer.publicKey))
          return fail(
            'update_unsigned',
            `Version ${info.version} is not signed by whoever makes Homer, so it was left alone.`,
            {
              hint: 'Do not install it by hand either, and tell whoever publishes this build.',
            },
          );
        return ok({ version: info.version, notes: plain(info.releaseNotes) });
      } catch (error) {
        return refused(error);
      }
    },
    async download(progress) {
      heard = progress;
      cancel = new CancellationToken();
      try {
        await updater.downloadUpdate(cancel);
        return ok(undefined);
      } catch (error) {
        return refused(error);
      } finally {
        heard = () => undefined;
      }
    },
    cancel() {
      cancel.cancel();
    },
    install(restart) {
      try {
        if (mac) {
          mac.quitAndInstall();
          return { outcome: 'leaving' };
        }
        lastError = undefined;
        if (base.install(true, restart)) return { outcome: 'done' };
        return { outcome: 'failed', failure: updateFailure(lastError) };
      } catch (error) {
        log.error('the installer met a fault', { error: messageOf(error) });
        return { outcome: 'failed', failure: updateFailure(error) };
      }
    },
  };
}

/** Notes may come as HTML from some publishers; the dashboard shows them as they stand, as text. */
function plain(notes: unknown): string {
  return typeof notes === 'string' ? notes.slice(0, 20_000) : '';
}
