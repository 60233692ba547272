import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { timeSchema } from '../domain/primitives.ts';
import { formatTime, parseTime } from '../shared/clock.ts';
import type { Clock } from '../shared/clock.ts';
import { birthOf } from './process-birth.ts';
import type { Repository } from './repository.ts';
import { ignoreMissing } from './workspace-paths.ts';

const commitSchema = z.string().regex(/^(?:[0-9a-f]{40,64})?$/u);

/**
 * What Homer is about to do to a branch of the owner's, written into the git folder before it is done and removed when it is: so that
 * the next who comes by can finish or undo what a killed host left half done, and knows which lock files are Homer's own. It is
 * parsed like anything that others can write to.
 */
const journalSchema = z.object({
  id: z.uuid(),
  target: z.string(),
  from: commitSchema,
  to: commitSchema,
  /** The target is checked out in the owner's folder, so that files and index move with it. */
  checkedOut: z.boolean(),
  /** Lock files that git takes for it on refs, below the folder all worktrees share. */
  locks: z
    .array(z.string().regex(/^(?:packed-refs|reftable\/tables\.list|refs(?:\/(?!\.)[^/]+)+)\.lock$/u))
    .max(10),
  /** Homer takes these itself, as names of this file; any other lock there is not its own. */
  linked: z.boolean().optional(),
  pid: z.int(),
  /** Which of the processes that had this number it is; absent where the system does not tell. */
  born: z.string().optional(),
  at: timeSchema,
});
export type MoveJournal = z.infer<typeof journalSchema>;

/** The environment variable by which a git of a move is found while it runs. */
export const MOVE_VARIABLE = 'HOMER_MOVE';

/** No move takes this long: each of its git commands has a limit of 2 minutes. */
const LONGEST_MS = 10 * 60_000;
const WRITTEN_MS = 2_000;

/** Journals this process works by. */
const inHand = new Set<string>();

export interface JournalFiles {
  readonly journal: string;
  /** The index as it will be; complete once git has put every file in place. */
  readonly index: string;
  readonly scratch: string;
}

export function journalFiles(repository: Repository, id: string): JournalFiles {
  const stem = join(repository.gitDir, `homer-move-${id}`);
  return { journal: `${stem}.json`, index: `${stem}.index`, scratch: `${stem}.files` };
}

export async function writeJournal(
  repository: Repository,
  clock: Clock,
  move: Pick<MoveJournal, 'target' | 'from' | 'to' | 'checkedOut' | 'locks' | 'linked'>,
): Promise<MoveJournal> {
  const born = await birthOf(process.pid);
  const journal: MoveJournal = {
    id: randomUUID(),
    ...move,
    pid: process.pid,
    ...(born === null ? {} : { born }),
    at: formatTime(clock.now()),
  };
  inHand.add(journal.id);
  const file = await open(journalFiles(repository, journal.id).journal, 'wx');
  try {
    await file.writeFile(JSON.stringify(journal));
    await file.sync();
  } finally {
    await file.close();
  }
  return journal;
}

/** Leaves the journal to whoever comes by next, this process among them. */
export function giveUpJournal(id: string): void {
  inHand.delete(id);
}

/** Removes the journal and all that belongs to it; the journal last. */
export async function dropJournal(repository: Repository, id: string): Promise<void> {
  const { journal, index, scratch } = journalFiles(repository, id);
  await rm(scratch, { recursive: true, force: true });
  for (const file of [`${index}.lock`, `${index}.new`, index, journal]) await rm(file, { force: true });
  inHand.delete(id);
}

/** Journals whose host is gone. */
export async function deadJournals(repository: Repository, clock: Clock): Promise<MoveJournal[]> {
  const names = readdirSync(repository.gitDir);
  const dead: MoveJournal[] = [];
  for (const name of names) {
    const id = /^homer-move-([0-9a-f-]{36})\.json$/u.exec(name)?.[1];
    if (id === undefined) continue;
    const text = await readFile(join(repository.gitDir, name), 'utf8').catch(ignoreMissing);
    if (text === undefined) continue;
    const journal = parse(text);
    if (journal?.id === id) {
      // A move that ended since it was read here is no longer in hand, and neither is it dead: its journal is gone.
      const there = async (): Promise<boolean> =>
        (await stat(join(repository.gitDir, name)).catch(ignoreMissing)) !== undefined;
      if ((await isDead(journal, clock)) && (await there())) dead.push(journal);
    } else {
      // Cut off while it was written, unless that is just now: nothing had been done yet.
      const found = await stat(join(repository.gitDir, name)).catch(ignoreMissing);
      if (found && clock.now() - found.mtimeMs > WRITTEN_MS) await dropJournal(repository, id);
    }
  }
  return dead;
}

function parse(text: string): MoveJournal | null {
  try {
    return journalSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

async function isDead(journal: MoveJournal, clock: Clock): Promise<boolean> {
  const age = clock.now() - parseTime(journal.at);
  // A number is given again: to another program, or to the next host in a container that always counts from one.
  if (journal.pid === process.pid) return !inHand.has(journal.id);
  const born = await birthOf(journal.pid);
  if (journal.born !== undefined && born !== null) return born !== journal.born;
  if (Math.abs(age) > LONGEST_MS) return true;
  try {
    process.kill(journal.pid, 0);
    return false;
  } catch (error) {
    // Another user's process lives, too.
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
