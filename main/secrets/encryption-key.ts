import { createHash, randomBytes } from 'node:crypto';
import { existsSync, linkSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { fail, ok, type Result } from '../shared/result.ts';
import { attempt, makeFolder, readIfThere, syncFolder, writeDraft } from './secret-files.ts';

export interface EncryptionKey {
  readonly bytes: Buffer;
  /** Tells keys apart and tells nothing of them. */
  readonly mark: string;
  /** Whether it lies away from the data folder. */
  readonly apart: boolean;
  readonly file: string;
  readonly warning: string | null;
}

/** The name under which systemd hands the key over, as in `LoadCredential=homer-secret-key:/etc/homer/key`. */
const CREDENTIAL = 'homer-secret-key';

interface Place {
  readonly file: string;
  readonly apart: boolean;
}

/** Where keys may lie: the file its owner named, what systemd hands over, one of Homer's own. New values take the first. */
function places(folder: string, env: Readonly<Record<string, string | undefined>>): [Place, ...Place[]] {
  const own = { file: path.join(folder, 'key'), apart: false };
  const named = env['HOMER_SECRET_KEY_FILE'];
  const credentials = env['CREDENTIALS_DIRECTORY'];
  const handed = credentials ? path.join(credentials, CREDENTIAL) : null;
  const apart = [
    ...(named ? [path.resolve(named)] : []),
    ...(handed !== null && existsSync(handed) ? [handed] : []),
  ].map((file) => ({ file, apart: true }));
  const [first, ...rest] = apart;
  return first ? [first, ...rest, own] : [own];
}

/**
 * The key for new values; null when there is none and `make` is false. Homer's own key is made by the first to need it; one that its
 * owner named is never made, and never gone around: whoever named it wants it used.
 */
export function loadKey(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
  make: boolean,
): Result<EncryptionKey | null> {
  const [place] = places(folder, env);
  const found = readKey(place);
  if (!found.ok || found.value) return found;
  if (place.apart)
    return fail('secret_unreadable', `The key file ${place.file} is not there.`, {
      hint: `Make one with \`openssl rand -hex 32 >${place.file}\`, or take HOMER_SECRET_KEY_FILE away.`,
    });
  if (!make) return found;
  const made = attempt(`make the key ${place.file}`, () => {
    makeKey(place.file);
    return ok(undefined);
  });
  return made.ok ? readKey(place) : made;
}

/** The key with this mark, wherever keys may lie; null when it is at none of those places. */
export function findKey(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
  mark: string,
): Result<{ key: EncryptionKey; newest: boolean } | null> {
  for (const [index, place] of places(folder, env).entries()) {
    const key = readKey(place);
    if (!key.ok) return key;
    if (key.value?.mark === mark) return ok({ key: key.value, newest: index === 0 });
  }
  return ok(null);
}

function readKey({ file, apart }: Place): Result<EncryptionKey | null> {
  return attempt(`read the key ${file}`, () => {
    const text = readIfThere(file);
    if (text === null) return ok(null);
    const bytes = decode(text.trim());
    if (!bytes)
      return fail('secret_damaged', `The key file ${file} holds no key.`, {
        hint: 'It must hold 32 bytes as 64 hexadecimal digits or as base64. Put the right one back: secrets that were kept with it need it.',
      });
    const open = process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0;
    return ok({
      bytes,
      mark: createHash('sha256').update('homer key mark').update(bytes).digest('hex').slice(0, 8),
      apart,
      file,
      warning: open ? `Others than its owner may read the key file ${file}.` : null,
    });
  });
}

/** A link refuses to replace, so of two that make a key at once one wins and both use the same. */
function makeKey(file: string): void {
  makeFolder(path.dirname(file));
  const draft = writeDraft(file, `${randomBytes(32).toString('hex')}\n`);
  try {
    linkSync(draft, file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // Some file systems know no links; there the instance lock alone keeps two from making one.
    if (code === 'EPERM' || code === 'ENOTSUP') renameSync(draft, file);
    else if (code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  syncFolder(path.dirname(file));
}

function decode(text: string): Buffer | null {
  if (/^[0-9a-f]{64}$/iu.test(text)) return Buffer.from(text, 'hex');
  if (!/^[A-Za-z0-9+/_-]{43}=?$/u.test(text)) return null;
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === 32 ? bytes : null;
}
