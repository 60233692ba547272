import { createPublicKey } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Puts `update.json` where packages take it from: the address of the updates (HOMER_UPDATE_URL, https) and the Ed25519 key that signs them
 * (HOMER_UPDATE_KEY, a file with the public key). Gives the address; neither set, the package has no updates and the answer is undefined.
 */
export function stageUpdate(root, env) {
  const folder = path.join(root, 'out', 'update');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { HOMER_UPDATE_URL: url = '', HOMER_UPDATE_KEY: keyFile = '' } = env;
  if (url === '' && keyFile === '') return undefined;
  if (url === '' || keyFile === '')
    throw new Error(
      'Updates need both: HOMER_UPDATE_URL, and HOMER_UPDATE_KEY with a file of the public key.',
    );
  if (new URL(url).protocol !== 'https:') throw new Error('HOMER_UPDATE_URL must be https.');
  const key = createPublicKey(readFileSync(keyFile));
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`${keyFile} holds no Ed25519 key.`);
  writeFileSync(
    path.join(folder, 'update.json'),
    JSON.stringify({ url, key: key.export({ type: 'spki', format: 'pem' }) }),
  );
  return url;
}
