import { existsSync, mkdirSync, renameSync, statSync, appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { redact } from '../agents/redact.ts';
import type { Clock } from '../shared/clock.ts';
import { createJsonLog, type Log, type LogLevel } from '../shared/log.ts';

/** How long a log that could not be written, such as on a full disk, is left alone. */
const RETRY_MS = 5_000;
const ROTATE_BYTES = 5 * 1024 * 1024;
const OLDER_FILES = 4;

/** The log of a host: JSON lines in `logs/homer.log` of the data folder, redacted, four older files kept
 * (`homer.log.1` the newest of them); and on `mirror` when given. */
export function createFileLog(options: {
  dataDir: string;
  clock: Clock;
  minimum?: LogLevel;
  /** Size at which a new file is begun, in bytes; 5 MiB unless given. */
  rotateBytes?: number;
  mirror?: (line: string) => void;
}): Log {
  const folder = join(options.dataDir, 'logs');
  const file = join(folder, 'homer.log');
  let size: number | null = null;
  let brokenAt: number | null = null;
  return createJsonLog({
    iso: () => options.clock.iso(),
    ...(options.minimum ? { minimum: options.minimum } : {}),
    write(line) {
      const clean = redact(line);
      options.mirror?.(clean);
      // A data folder that is gone (the demo clears its own away) is not made again for a late line.
      if (!existsSync(options.dataDir)) return;
      if (brokenAt !== null && options.clock.monotonic() - brokenAt < RETRY_MS) return;
      try {
        if (size === null) {
          mkdirSync(folder, { recursive: true, mode: 0o700 });
          size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
        }
        if (size > (options.rotateBytes ?? ROTATE_BYTES)) {
          rotate(file);
          size = 0;
        }
        appendFileSync(file, clean, { mode: 0o600 });
        size += Buffer.byteLength(clean);
        brokenAt = null;
      } catch (error) {
        // A log that cannot be written must not end Homer; it is said once, where a person may see it, and goes on when it can.
        if (brokenAt === null) process.stderr.write(`The log ${file} cannot be written: ${String(error)}\n`);
        brokenAt = options.clock.monotonic();
        size = null;
      }
    },
  });
}

function rotate(file: string): void {
  for (let age = OLDER_FILES - 1; age >= 1; age -= 1)
    if (existsSync(`${file}.${String(age)}`))
      renameSync(`${file}.${String(age)}`, `${file}.${String(age + 1)}`);
  renameSync(file, `${file}.1`);
}
