import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Log } from '../../shared/log.ts';
import { messageOf } from '../../shared/result.ts';

const fileSchema = z.object({ url: z.url(), key: z.string() });

/** What a package was built with: where its updates are, and the key that signs them. */
export interface UpdateOffer {
  readonly address: string;
  /** PEM of the Ed25519 key. */
  readonly publicKey: string;
}

const BY_HAND = 'Install a newer package over it instead.';

/** Reads `update.json` beside the archive of a package; otherwise says in a sentence why this Homer has no updates. */
export function readUpdateOffer(at: {
  resourcesPath: string | undefined;
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  log: Log;
}): UpdateOffer | string {
  const none = `This build has no update address. ${BY_HAND}`;
  if (at.resourcesPath === undefined) return none;
  const file = path.join(at.resourcesPath, 'update.json');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT'))
      at.log.warn('the update address could not be read', { file, error: messageOf(error) });
    return none;
  }
  try {
    const { url, key } = fileSchema.parse(JSON.parse(text));
    if (!isSafe(url)) return `The update address of this build is not https. ${BY_HAND}`;
    if (createPublicKey(key).asymmetricKeyType !== 'ed25519') throw new Error('The key is no Ed25519 key.');
    if (at.platform === 'linux' && (at.env['APPIMAGE'] ?? '') === '')
      return 'On Linux the AppImage updates itself. Update this package with a newer one.';
    return { address: url, publicKey: key };
  } catch (error) {
    at.log.warn('the update address could not be understood', { file, error: messageOf(error) });
    return `The update address of this build cannot be used. ${BY_HAND}`;
  }
}

/** Https, or this machine itself. */
function isSafe(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return (
    protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname))
  );
}
