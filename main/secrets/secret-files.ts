import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
  chmodSync,
} from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { secretKeeper, secretNameSchema } from '../domain/secret/secret.ts';
import { timeSchema } from '../domain/primitives.ts';
import { fail, messageOf, ok, type Result } from '../shared/result.ts';
import { schemaOf } from '../domain/list-schema.ts';

const sealedSchema = z.object({
  v: z.literal(1),
  name: secretNameSchema,
  keeper: schemaOf(secretKeeper),
  updatedAt: timeSchema,
  sealed: z.string().min(1),
});
/** What is kept of one secret: everything but its value. */
export type SealedSecret = z.infer<typeof sealedSchema>;

export interface SecretFiles {
  readonly folder: string;
  /** Null: there is none of this name. */
  read(name: string): Result<SealedSecret | null>;
  write(secret: SealedSecret): Result<void>;
  remove(name: string): Result<void>;
  all(): Result<{ secrets: SealedSecret[]; damaged: string[] }>;
}

const ENDING = '.json';
/** How old what an interrupted write left must be before it is cleared away. */
const LEFTOVER_MS = 3_600_000;

/**
 * One file for each secret, so that writers of different names have nothing in common and damage to one costs one. A file appears
 * whole or not at all. Its name is a digest of the secret's: file systems differ in which letters they tell apart.
 */
export function createSecretFiles(folder: string, now: () => number): SecretFiles {
  const fileOf = (name: string): string =>
    path.join(folder, `${createHash('sha256').update(name).digest('hex').slice(0, 32)}${ENDING}`);

  return {
    folder,
    read(name) {
      const file = fileOf(name);
      return attempt(`read ${file}`, () => {
        const found = readSealed(file);
        if (found === null) return ok(null);
        if (found === 'damaged' || found.name !== name) return damaged(file);
        return ok(found);
      });
    },
    write(secret) {
      const file = fileOf(secret.name);
      return attempt(`write ${file}`, () => {
        makeFolder(folder);
        clearLeftovers(folder, now());
        // What cannot be understood may still be worth something to its owner.
        if (readSealed(file) === 'damaged') renameSync(file, `${file}.damaged-${String(now())}`);
        writeWhole(file, JSON.stringify(secret, null, 1));
        return ok(undefined);
      });
    },
    remove(name) {
      const file = fileOf(name);
      return attempt(`remove ${file}`, () => {
        rmSync(file, { force: true });
        return ok(undefined);
      });
    },
    all() {
      return attempt(`read ${folder}`, () => {
        const secrets: SealedSecret[] = [];
        const broken: string[] = [];
        for (const entry of entriesOf(folder)) {
          const file = path.join(folder, entry);
          if (entry.includes(`${ENDING}.damaged-`)) broken.push(file);
          if (!entry.endsWith(ENDING)) continue;
          const found = readSealed(file);
          if (found === 'damaged' || (found && fileOf(found.name) !== file)) broken.push(file);
          else if (found) secrets.push(found);
        }
        secrets.sort((a, b) => (a.name < b.name ? -1 : 1));
        return ok({ secrets, damaged: broken });
      });
    },
  };
}

function damaged(file: string): Result<never> {
  return fail('secret_damaged', `The file ${file} is damaged, and its secret cannot be read.`, {
    hint: 'Put the file back from a copy, or set the secret again; the damaged file is kept beside the new one.',
  });
}

function readSealed(file: string): SealedSecret | 'damaged' | null {
  const text = readIfThere(file);
  if (text === null) return null;
  try {
    const parsed = sealedSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : 'damaged';
  } catch (error) {
    if (error instanceof SyntaxError) return 'damaged';
    throw error;
  }
}

export function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** For its owner alone, also when it was there before. */
export function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if ((statSync(folder).mode & 0o077) !== 0) chmodSync(folder, 0o700);
}

/** A new file of the owner's, on the disk before it is returned from. */
export function writeDraft(file: string, text: string): string {
  const draft = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  const handle = openSync(draft, 'wx', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  return draft;
}

function writeWhole(file: string, text: string): void {
  const draft = writeDraft(file, text);
  try {
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  syncFolder(path.dirname(file));
}

/** So that a power cut does not take the name back. Windows has no such thing. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function clearLeftovers(folder: string, now: number): void {
  for (const entry of entriesOf(folder)) {
    const file = path.join(folder, entry);
    if (!entry.endsWith('.tmp')) continue;
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat && now - stat.mtimeMs > LEFTOVER_MS) rmSync(file, { force: true });
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** What the file system refuses, as a failure: a full disk or a folder of somebody else's is nothing unheard of. */
export function attempt<T>(what: string, work: () => Result<T>): Result<T> {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return fail('disk_failed', `Homer could not ${what}: ${messageOf(error)}`, {
      hint: 'Check who owns the data folder, and that the disk has room.',
    });
  }
}
