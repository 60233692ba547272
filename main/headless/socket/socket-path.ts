import { createHash } from 'node:crypto';
import { mkdirSync, statSync, chmodSync } from 'node:fs';
import { join } from 'node:path';
import { fail, messageOf, ok, type Result } from '../../shared/result.ts';
import { readOwnerFile, writeOwnerFile } from '../access/owner-file.ts';

/** Systems cut a socket path at 104 or 108 bytes; what is longer would be another file. */
const longest = 100;

/**
 * Where the socket of a data folder lives: in the folder, or, when that path is too long for a socket, in the owner's runtime
 * folder under a name made from the data folder. `socket-path` in the data folder then says where.
 */
export function prepareSocketPath(options: {
  dataDir: string;
  /** Of the socket, `homer` unless it is told. */
  name?: string;
  /** XDG_RUNTIME_DIR, where there is one. */
  runtimeDir: string | undefined;
  tempDir: string;
  uid: number;
}): Result<string> {
  const { dataDir, name: own = 'homer' } = options;
  const plain = join(dataDir, `${own}.sock`);
  const folder = ownFolder(dataDir);
  if (!folder.ok) return folder;
  if (Buffer.byteLength(plain) <= longest) return ok(plain);
  const base = options.runtimeDir ?? options.tempDir;
  const parent = ownFolder(join(base, `homer-${String(options.uid)}`), options.uid);
  if (!parent.ok) return parent;
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 24);
  const path = join(parent.value, own === 'homer' ? `${name}.sock` : `${name}-${own}.sock`);
  if (Buffer.byteLength(path) > longest)
    return fail('path_too_long', `There is no place for the local socket: ${path} is too long.`, {
      hint: 'Choose a data folder with a shorter path by --data.',
    });
  if (own !== 'homer') return ok(path);
  const written = writeOwnerFile(join(dataDir, 'socket-path'), `${path}\n`);
  return written.ok ? ok(path) : written;
}

/** Where a running Homer of this data folder would listen; for a client, which makes nothing. */
export function findSocketPath(dataDir: string): string {
  const plain = join(dataDir, 'homer.sock');
  if (Buffer.byteLength(plain) <= longest) return plain;
  const written = readOwnerFile(join(dataDir, 'socket-path'));
  return (written.ok ? written.value?.trim() : undefined) ?? plain;
}

/** A folder of the owner's that others cannot enter. One that belongs to somebody else is refused, since they could swap the socket. */
function ownFolder(path: string, uid?: number): Result<string> {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    if (uid !== undefined && statSync(path).uid !== uid)
      return fail('foreign_folder', `${path} belongs to another user.`, {
        hint: 'Choose a data folder with a shorter path by --data.',
      });
    chmodSync(path, 0o700);
    return ok(path);
  } catch (error) {
    return fail('read_only', `Homer cannot prepare ${path}: ${messageOf(error)}`, {
      hint: 'Make the data folder writable, or choose another with --data.',
    });
  }
}
