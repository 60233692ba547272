// Signs what electron-builder made for an update server: `node scripts/sign-update.mjs PRIVATE-KEY.pem latest-linux.yml …`. Packages that can
// update themselves take nothing else. A key pair: `openssl genpkey -algorithm ed25519 -out update.pem` and `openssl pkey -in update.pem -pubout`.
import { createPrivateKey } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dump, load } from 'js-yaml';
import { signUpdate } from '../main/desktop/updates/signature.ts';

const [keyFile, ...files] = process.argv.slice(2);
if (keyFile === undefined || files.length === 0) {
  console.error('Give the file of the private key, then the channel files to sign.');
  process.exit(2);
}
const key = createPrivateKey(readFileSync(keyFile));
if (key.asymmetricKeyType !== 'ed25519') {
  console.error(`${keyFile} holds no Ed25519 key.`);
  process.exit(2);
}
for (const file of files) {
  const announced = load(readFileSync(file, 'utf8'));
  writeFileSync(file, dump({ ...announced, signature: signUpdate(announced, key) }, { lineWidth: -1 }));
  console.log(`${file}: signed version ${announced.version}`);
}
