import { app, safeStorage } from 'electron';
import type { KeeperState } from '../domain/secret/secret.ts';
import type { SecretKeeper } from '../domain/secret/secret-keeper.ts';
import { fail, messageOf, ok, type Refusal, type Result } from '../shared/result.ts';

/**
 * Values encrypted by Electron with a key that the system's password store holds for this app. What is sealed carries its name inside,
 * for Electron binds a text to no name.
 */
export function createSafeStorageKeeper(platform: NodeJS.Platform = process.platform): SecretKeeper {
  return {
    kind: 'safe_storage',
    async state() {
      try {
        await app.whenReady();
        if (!(await safeStorage.isAsyncEncryptionAvailable()))
          return unusable('The password store of this system is not available to the desktop app.');
        if (platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text')
          return {
            protection: 'obscured',
            detail:
              'This desktop has no password store that Electron knows, so it would only hide values behind a fixed password. Install a keyring (GNOME Keyring, KWallet) to protect them.',
          };
        return { protection: 'locked', detail: 'The key is in the password store of this system.' };
      } catch (error) {
        return unusable(`The password store of this system failed: ${messageOf(error)}`);
      }
    },
    seal: (name, text) =>
      carefully('kept', name, async () => {
        const sealed = await safeStorage.encryptStringAsync(JSON.stringify([name, text]));
        return ok(sealed.toString('base64'));
      }),
    open: (name, sealed) =>
      carefully('opened', name, async () => {
        const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(
          Buffer.from(sealed, 'base64'),
        );
        const [of, text] = JSON.parse(result) as [unknown, unknown];
        if (of !== name || typeof text !== 'string')
          return fail('secret_damaged', `What is kept under the name ${name} belongs to another secret.`, {
            hint: `Set it again with \`homer secrets set ${name}\`.`,
          });
        return ok({ text, stale: shouldReEncrypt });
      }),
    forget: () => Promise.resolve(ok(undefined)),
  };
}

function unusable(detail: string): KeeperState {
  return { protection: 'unusable', detail };
}

/** Electron says by throwing that the password store was locked, replaced or damaged. */
async function carefully<T>(
  what: string,
  name: string,
  work: () => Promise<Result<T>>,
): Promise<Result<T> | Refusal> {
  try {
    await app.whenReady();
    return await work();
  } catch (error) {
    return fail('keyring_failed', `The secret ${name} could not be ${what}: ${messageOf(error)}`, {
      hint: 'Unlock the password store of this system, then try again.',
    });
  }
}
