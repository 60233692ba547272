import { existsSync, mkdirSync, renameSync, statSync, appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { redact } from '../agents/redact.ts';
import type { Clock } from '../shared/clock.ts';
import { createJsonLog, type Log, type LogLevel } from '../shared/log.ts';

const ROTATE_BYTES = 5 * 1024 * 1024;

/** The log of a host: JSON lines in `logs/homer.log` of the data folder, redacted, one older file kept; and on `mirror` when given. */
export function createFileLog(options: {
  dataDir: string;
  clock: Clock;
  minimum?: LogLevel;
  mirror?: (line: string) => void;
}): Log {
  const folder = join(options.dataDir, 'logs');
  const file = join(folder, 'homer.log');
  let size: number | null = null;
  let broken = false;
  return createJsonLog({
    iso: () => options.clock.iso(),
    ...(options.minimum ? { minimum: options.minimum } : {}),
    write(line) {
      const clean = redact(line);
      options.mirror?.(clean);
      // A data folder that is gone (the demo clears its own away) is not made again for a late line.
      if (broken || !existsSync(options.dataDir)) return;
      try {
        if (size === null) {
          mkdirSync(folder, { recursive: true, mode: 0o700 });
          size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
        }
        if (size > ROTATE_BYTES) {
          renameSync(file, `${file}.1`);
          size = 0;
        }
        appendFileSync(file, clean, { mode: 0o600 });
        size += Buffer.byteLength(clean);
      } catch (error) {
        // A log that cannot be written must not end Homer; it is said once, where a person may see it.
        broken = true;
        process.stderr.write(`The log ${file} cannot be written: ${String(error)}\n`);
      }
    },
  });
}
