import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import { messageOf } from '../shared/result.ts';

const noteSchema = z.object({
  startedAt: z.iso.datetime(),
  /** It lived long enough to count as a good start. */
  up: z.boolean(),
  /** Starts in a row before this one that did not. */
  badStarts: z.int().min(0),
});
type Note = z.infer<typeof noteSchema>;

export interface StartJournal {
  /** When the former start was, if it did not end in order. */
  readonly endedBadly: string | null;
  /** Starts in a row, up to now, that died while starting. */
  readonly badStarts: number;
  /** This start counts as a good one. */
  up(): void;
  /** This end is an orderly one. */
  ended(): void;
}

/**
 * A note in the data folder that lies there while Homer runs: found at a start, it says that the one before did not end in order, and
 * whether it got far. A note that cannot be read or written changes nothing but that.
 */
export function openStartJournal(file: string, clock: Clock, log: Log): StartJournal {
  const former = read(file, log);
  const badStarts = former === undefined || former.up ? 0 : former.badStarts + 1;
  const note: Note = { startedAt: clock.iso(), up: false, badStarts };
  write(file, note, log);
  if (former) log.warn('homer did not end in order', { startedAt: former.startedAt, badStarts });
  return {
    endedBadly: former?.startedAt ?? null,
    badStarts,
    up() {
      write(file, { ...note, up: true, badStarts: 0 }, log);
    },
    ended() {
      try {
        rmSync(file, { force: true });
      } catch (error) {
        log.warn('the note of this start could not be removed', { file, error: messageOf(error) });
      }
    },
  };
}

function read(file: string, log: Log): Note | undefined {
  try {
    return noteSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    // None is the usual case; one cut short by a crash says no more than that.
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT'))
      log.warn('the note of the former start could not be read', { file, error: messageOf(error) });
    return undefined;
  }
}

function write(file: string, note: Note, log: Log): void {
  try {
    writeFileSync(file, JSON.stringify(note));
  } catch (error) {
    log.warn('the note of this start could not be written', { file, error: messageOf(error) });
  }
}
