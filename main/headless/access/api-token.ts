import { ok, type Result } from '../../shared/result.ts';
import { readOwnerFile, writeOwnerFile } from './owner-file.ts';
import { newSecret } from './secret.ts';

const wellFormed = /^[A-Za-z0-9_-]{43}$/;

/** The long-lived token of scripts, from `<data>/api-token`; made on first use, and again when the file holds no token. */
export function loadApiToken(path: string): Result<string> {
  const kept = readOwnerFile(path);
  if (!kept.ok) return kept;
  const token = kept.value?.trim();
  if (token !== undefined && wellFormed.test(token)) return ok(token);
  return replaceApiToken(path);
}

/** Makes a new token; the old one is refused from the next start of the host. */
export function replaceApiToken(path: string): Result<string> {
  const token = newSecret();
  const written = writeOwnerFile(path, `${token}\n`);
  return written.ok ? ok(token) : written;
}
