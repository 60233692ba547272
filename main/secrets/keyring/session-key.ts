import { createCipheriv, createDecipheriv, getDiffieHellman, hkdfSync, randomBytes } from 'node:crypto';

/** What the Secret Service calls the way values cross the bus: a key agreed on by both sides, then AES in blocks. */
export const ALGORITHM = 'dh-ietf1024-sha256-aes128-cbc-pkcs7';
const PRIME_BYTES = 128;

/** Our half of the agreement; `agree` makes the key of it and of the other half. */
export function createKeyExchange(): {
  readonly ours: Buffer;
  agree(theirs: Buffer): SessionKey;
} {
  const half = getDiffieHellman('modp2');
  half.generateKeys();
  return {
    ours: half.getPublicKey(),
    agree(theirs) {
      const shared = half.computeSecret(theirs);
      // Both sides take the number at its full length; Node leaves leading zeros out.
      const whole = Buffer.concat([Buffer.alloc(PRIME_BYTES - shared.length), shared]);
      return sessionKey(Buffer.from(hkdfSync('sha256', whole, Buffer.alloc(32), Buffer.alloc(0), 16)));
    },
  };
}

export interface SessionKey {
  encrypt(text: string): { iv: Buffer; bytes: Buffer };
  decrypt(iv: Buffer, bytes: Buffer): string;
}

function sessionKey(key: Buffer): SessionKey {
  return {
    encrypt(text) {
      const iv = randomBytes(16);
      const cipher = createCipheriv('aes-128-cbc', key, iv);
      return { iv, bytes: Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]) };
    },
    decrypt(iv, bytes) {
      const opened = createDecipheriv('aes-128-cbc', key, iv);
      return Buffer.concat([opened.update(bytes), opened.final()]).toString('utf8');
    },
  };
}
