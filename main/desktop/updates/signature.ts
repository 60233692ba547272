import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';

/** What an update server says of a version, as far as Homer relies on it. */
export interface Announced {
  readonly version: string;
  readonly files: readonly { readonly url: string; readonly sha512: string }[];
  readonly releaseNotes?: unknown;
}

/** Everything that decides what is downloaded and what the owner reads about it, in one unambiguous form. */
function signedText({ version, files, releaseNotes }: Announced): Buffer {
  const notes = typeof releaseNotes === 'string' ? releaseNotes : '';
  return Buffer.from(
    JSON.stringify(['homer-update', version, files.map(({ url, sha512 }) => [url, sha512]), notes]),
  );
}

/** Ed25519 over the version, its files with their digests, and its notes; base64. */
export function signUpdate(announced: Announced, privateKey: KeyObject): string {
  return sign(null, signedText(announced), privateKey).toString('base64');
}

/** Whether whoever holds the key of this build announced just this. */
export function isSigned(announced: Announced, signature: unknown, publicKeyPem: string): boolean {
  if (typeof signature !== 'string' || announced.files.length === 0) return false;
  if (announced.files.some(({ url, sha512 }) => typeof url !== 'string' || typeof sha512 !== 'string'))
    return false;
  const bytes = Buffer.from(signature, 'base64');
  return bytes.length === 64 && verify(null, signedText(announced), createPublicKey(publicKeyPem), bytes);
}
