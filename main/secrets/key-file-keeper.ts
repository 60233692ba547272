import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SecretKeeper } from '../domain/secret/secret-keeper.ts';
import { fail, ok, type Refusal } from '../shared/result.ts';
import { findKey, loadKey } from './encryption-key.ts';

const FORM = 'a256gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Keeps values in the files themselves, encrypted with AES-256-GCM and bound to their names. As good as the place of its key: beside
 * the files it keeps out whoever sees a single file, not whoever can read the folder.
 */
export function createKeyFileKeeper(options: {
  folder: string;
  env: Readonly<Record<string, string | undefined>>;
}): SecretKeeper {
  const load = (make: boolean) => loadKey(options.folder, options.env, make);
  return {
    kind: 'key_file',
    state() {
      const key = load(false);
      if (!key.ok) return Promise.resolve({ protection: 'unusable', detail: sentence(key) });
      const apart = key.value?.apart ?? false;
      const warning = key.value?.warning ?? null;
      const where =
        key.value && apart
          ? `The key is in ${key.value.file}, away from the data folder.`
          : 'The key lies beside the secrets: whoever can read your files can read them.';
      return Promise.resolve({
        protection: apart && warning === null ? 'locked' : 'file_rights',
        detail: warning === null ? where : `${where} ${warning}`,
      });
    },
    seal(name, text) {
      const key = load(true);
      if (!key.ok) return Promise.resolve(key);
      if (key.value === null) throw new Error('A key that was to be made was not.');
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key.value.bytes, nonce);
      cipher.setAAD(Buffer.from(name));
      const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return Promise.resolve(ok(`${FORM}.${key.value.mark}.${sealed.toString('base64')}`));
    },
    open(name, sealed) {
      const [form, mark, body] = sealed.split('.');
      if (form !== FORM || !mark || !body) return Promise.resolve(changed(name));
      const found = findKey(options.folder, options.env, mark);
      if (!found.ok) return Promise.resolve(found);
      if (found.value === null) return Promise.resolve(otherKey(name, mark));
      const text = decrypt(found.value.key.bytes, name, Buffer.from(body, 'base64'));
      return Promise.resolve(text === null ? changed(name) : ok({ text, stale: !found.value.newest }));
    },
    forget: () => Promise.resolve(ok(undefined)),
  };
}

/** Null when it was not sealed by this key under this name, or was changed since. */
function decrypt(key: Buffer, name: string, sealed: Buffer): string | null {
  if (sealed.length <= NONCE_BYTES + TAG_BYTES) return null;
  const opened = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  opened.setAAD(Buffer.from(name));
  opened.setAuthTag(sealed.subarray(-TAG_BYTES));
  const head = opened.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES));
  try {
    return Buffer.concat([head, opened.final()]).toString('utf8');
  } catch (error) {
    // The one thing that final can refuse: the seal is not whole.
    if (error instanceof Error) return null;
    throw error;
  }
}

function sentence({ error }: Refusal): string {
  return error.hint === undefined ? error.message : `${error.message} ${error.hint}`;
}

function changed(name: string): Refusal {
  return fail('secret_damaged', `The seal of the secret ${name} is broken: its file was changed.`, {
    hint: `Put the file back from a copy, or set it again with \`homer secrets set ${name}\`.`,
  });
}

function otherKey(name: string, mark: string): Refusal {
  return fail('secret_unreadable', `The key that the secret ${name} was kept with (${mark}) is not here.`, {
    hint: `Put it back as the file \`key\` beside the secrets, or set the secret again with \`homer secrets set ${name}\`.`,
  });
}
