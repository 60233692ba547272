import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Log } from '../../shared/log.ts';
import { messageOf } from '../../shared/result.ts';

const noteSchema = z.object({ version: z.string() });

/** Remembers in a file which version the owner was told of, so that each is told once. */
export function createToldVersion(
  file: string,
  log: Log,
): { isNew(version: string): boolean; note(version: string): void } {
  return {
    isNew(version) {
      try {
        return noteSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).version !== version;
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT'))
          log.warn('which version was told could not be read', { file, error: messageOf(error) });
        return true;
      }
    },
    note(version) {
      try {
        writeFileSync(file, JSON.stringify({ version }));
      } catch (error) {
        log.warn('which version was told could not be written', { file, error: messageOf(error) });
      }
    },
  };
}
