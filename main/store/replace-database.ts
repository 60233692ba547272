import {
  constants,
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Scope } from '../shared/scope.ts';
import { syncToDisk } from './backup.ts';
import { checkInThread } from './check-in-thread.ts';
import { readHoldings } from './holdings.ts';

/** Why a database is there that this data folder did not grow by itself. */
const replacementSchema = z.object({
  v: z.literal(1),
  /** `back`: the database before a restore, since Homer could not start with what was restored. */
  kind: z.enum(['restore', 'import', 'back']),
  /** The file it came from. */
  from: z.string(),
  /** When that was made, ISO; null: not known. */
  madeAt: z.string().nullable(),
  at: z.string(),
  /** Name of the former database in the data folder, now; null: there was none. */
  setAside: z.string().nullable(),
  /** Sequence of the last change in the former database; null: it had none, or could not be read. */
  formerSeq: z.int().nullable().default(null),
  /** Of `back`: why Homer could not start. */
  why: z.string().nullable().default(null),
});
export type Replacement = z.infer<typeof replacementSchema>;

/** What may lie beside a database and belongs to it. */
const PARTS = ['', '-wal', '-shm'];
const PLANNED = 'replacing.json';
const DONE = 'replaced.json';

/** Where the database that is to come is made ready. */
export function incomingPath(folder: string): string {
  return join(folder, 'homer.sqlite.incoming');
}

/**
 * Puts the database at `incomingPath`, which must be whole and closed, in the place of the present one, which is set aside under a
 * dated name. From the moment the plan is written the change is as good as made: whoever is killed in between leaves it to
 * `finishReplacing` of the next start. Before that moment nothing has changed. `step` is called between any two changes, for tests.
 */
export function replaceDatabase(
  folder: string,
  what: Pick<Replacement, 'kind' | 'from' | 'madeAt' | 'at'> & { why?: string },
  step: (done: string) => void = () => undefined,
): Replacement {
  syncToDisk(incomingPath(folder));
  const present = join(folder, 'homer.sqlite');
  const replacement: Replacement = {
    v: 1,
    why: null,
    ...what,
    formerSeq: readHoldings(present)?.newest?.seq ?? null,
    setAside: PARTS.some((part) => existsSync(present + part)) ? freeName(folder, what.at) : null,
  };
  const plan = join(folder, PLANNED);
  writeFileSync(`${plan}.tmp`, JSON.stringify(replacement) + '\n', { mode: 0o600, flush: true });
  step('written');
  renameSync(`${plan}.tmp`, plan);
  syncToDisk(folder);
  step('planned');
  carryOut(folder, replacement, step);
  return replacement;
}

/**
 * Puts the database that a restore set aside in its place again, as whole a change as the restore was; what was restored is set aside in
 * its turn. Gives false when there is none to go back to. The caller holds the instance lock, and nobody has either file open.
 */
export async function putBack(
  folder: string,
  replacement: Replacement,
  at: { at: string; why: string; scope: Scope },
): Promise<boolean> {
  const aside = replacement.setAside === null ? null : join(folder, replacement.setAside);
  if (aside === null || !existsSync(aside)) return false;
  const incoming = incomingPath(folder);
  // Copied, not moved: killed before the plan is written, what lies in the place of the incoming one is cleared away.
  for (const part of PARTS) {
    rmSync(incoming + part, { force: true });
    if (existsSync(aside + part)) copyFileSync(aside + part, incoming + part, constants.COPYFILE_FICLONE);
  }
  // What stood in its log alone is taken in; a file that was closed in order is left as it is, sound or not.
  const unclean = (statSync(`${incoming}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
  if (unclean) await checkInThread(incoming, at.scope, { settle: true });
  for (const part of PARTS.slice(1)) rmSync(incoming + part, { force: true });
  replaceDatabase(folder, {
    kind: 'back',
    from: replacement.from,
    madeAt: replacement.madeAt,
    at: at.at,
    why: at.why,
  });
  if (!unclean) for (const part of PARTS) rmSync(aside + part, { force: true });
  return true;
}

/** Carries out what a killed process had planned, and clears away what it had not; null when there is nothing of either. */
export function finishReplacing(folder: string): Replacement | 'cleared' | null {
  const replacement = readPlan(join(folder, PLANNED));
  if (replacement) {
    carryOut(folder, replacement, () => undefined);
    return replacement;
  }
  const halves = [`${join(folder, PLANNED)}.tmp`, ...PARTS.map((part) => incomingPath(folder) + part)].filter(
    (path) => existsSync(path),
  );
  for (const path of halves) rmSync(path);
  return halves.length > 0 ? 'cleared' : null;
}

/** The replacement whose runs and schedules nobody has settled yet; null when there is none. */
export function findReplacement(folder: string): Replacement | null {
  return readPlan(join(folder, DONE));
}

/** Says that what followed from the replacement is settled. */
export function forgetReplacement(folder: string): void {
  rmSync(join(folder, DONE), { force: true });
}

function carryOut(folder: string, replacement: Replacement, step: (done: string) => void): void {
  const present = join(folder, 'homer.sqlite');
  const incoming = incomingPath(folder);
  // Once the new one has its place there is no incoming file: what lies there now must not be set aside again.
  if (existsSync(incoming)) {
    for (const part of PARTS)
      if (replacement.setAside !== null && existsSync(present + part)) {
        renameSync(present + part, join(folder, replacement.setAside) + part);
        step(`set aside ${part}`);
      }
    renameSync(incoming, present);
    step('in place');
  }
  syncToDisk(folder);
  renameSync(join(folder, PLANNED), join(folder, DONE));
  syncToDisk(folder);
  step('done');
}

function freeName(folder: string, at: string): string {
  const name = `homer.sqlite.set-aside-${at.replaceAll(/[:.]/gu, '-')}`;
  for (let copy = 1; ; copy += 1) {
    const wanted = copy === 1 ? name : `${name}-${String(copy)}`;
    if (!PARTS.some((part) => existsSync(join(folder, wanted) + part))) return wanted;
  }
}

function readPlan(path: string): Replacement | null {
  return existsSync(path) ? replacementSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) : null;
}
