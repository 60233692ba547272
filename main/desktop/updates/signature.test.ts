import { generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { isSigned, signUpdate } from './signature.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const pem = String(publicKey.export({ type: 'spki', format: 'pem' }));
const announced = {
  version: '0.2.0',
  files: [{ url: 'a.AppImage', sha512: 'abc' }],
  releaseNotes: 'Faster.',
};
const signature = signUpdate(announced, privateKey);

it('takes what was signed, and nothing that was changed afterwards', () => {
  expect(isSigned(announced, signature, pem)).toBe(true);
  for (const changed of [
    { ...announced, version: '0.3.0' },
    { ...announced, files: [{ url: 'b.AppImage', sha512: 'abc' }] },
    { ...announced, files: [{ url: 'a.AppImage', sha512: 'abd' }] },
    { ...announced, files: [...announced.files, { url: 'c', sha512: 'd' }] },
    { ...announced, files: [] },
    { ...announced, releaseNotes: 'Slower.' },
  ])
    expect(isSigned(changed, signature, pem)).toBe(false);
});

it.each([undefined, '', 'c2hvcnQ=', 7, signature.replace(/^./u, (first) => (first === 'A' ? 'B' : 'A'))])(
  'refuses %s as a signature',
  (wrong) => {
    expect(isSigned(announced, wrong, pem)).toBe(false);
  },
);
