import { createHash } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { findInstallation } from '../../main/boot/folders.ts';
import { restore } from '../../main/boot/restore.ts';
import { createSystemClock } from '../../main/shared/clock.ts';
import { unwrap } from '../../main/shared/result.ts';
import { createScope } from '../../main/shared/scope.ts';
import { checkInThread } from '../../main/store/check-in-thread.ts';
import { fillTables } from '../../main/store/testing/fill-tables.ts';
import { connect } from '../../main/store/database.ts';
import { exportRows } from '../../main/store/export-rows.ts';
import { addProposal, openAt } from '../../main/store/testing/test-store.ts';
import { chance, inFolder, type FaultReport } from './report.ts';

const NAME = 'corruptions';
const NOTICED_GOAL = 0.97;
const RESTORE_GOAL_MS = 5_000;
const RESTORES = 5;

/**
 * Smashes a copy of a database with rows in every table at random, and asks first the check of every start, then the full one. Some are
 * then restored as the owner would: the damaged file must be kept as it was, and the newest good backup be in place in time.
 */
export async function corruptions(options: {
  smashes: number;
  seed: number;
  say: (line: string) => void;
}): Promise<FaultReport> {
  return inFolder(async (folder) => {
    const random = chance(options.seed);
    const whole = join(folder, 'whole');
    mkdirSync(whole);
    let scope = createScope('make');
    const store = unwrap(await openAt(whole, scope));
    store.write((write) => {
      for (let count = 0; count < 400; count += 1)
        addProposal(write, { title: `Idea ${String(count)}`, content: `${String(count)} `.repeat(300) });
    });
    const backup = unwrap(await store.backup('scheduled'));
    await scope.close();
    const original = join(whole, 'homer.sqlite');
    const raw = connect(original);
    fillTables(raw);
    raw.close();

    const rows = await everyRow(original);
    const faults: string[] = [];
    const figures = {
      atStart: 0,
      byFullCheck: 0,
      harmless: 0,
      missed: 0,
      noticedPercent: 0,
      restores: 0,
      slowestRestoreMs: 0,
    };
    for (let smash = 0; smash < options.smashes; smash += 1) {
      const data = join(folder, 'data');
      mkdirSync(join(data, 'backups'), { recursive: true });
      const path = join(data, 'homer.sqlite');
      copyFileSync(original, path);
      copyFileSync(backup.path, join(data, 'backups', backup.path.split('/').at(-1) ?? ''));
      damage(path, random);
      const smashed = readFileSync(path);
      scope = createScope('start');
      const opened = await openAt(data, scope);
      await scope.close();
      scope = createScope('check');
      if (!opened.ok) {
        figures.atStart += 1;
        if (opened.error.tag !== 'database_damaged')
          faults.push(`smash ${String(smash)}: refused with ${opened.error.tag}`);
        if (!readFileSync(path).equals(smashed))
          faults.push(`smash ${String(smash)}: the damaged file was changed`);
        if (figures.restores < RESTORES) {
          const ms = await restoreTimed(data, smashed, faults);
          figures.restores += 1;
          figures.slowestRestoreMs = Math.max(figures.slowestRestoreMs, ms);
        }
      } else if ((await checkInThread(path, scope)).length > 0) figures.byFullCheck += 1;
      else if ((await everyRow(path)) === rows) figures.harmless += 1;
      else figures.missed += 1;
      await scope.close();
      rmSync(data, { recursive: true });
      if (smash % 50 === 49) options.say(`${String(smash + 1)} smashes`);
    }
    // Space between rows holds nothing: what was hit there is no damage.
    const harmful = options.smashes - figures.harmless;
    const noticed = (harmful - figures.missed) / harmful;
    figures.noticedPercent = Math.round(noticed * 1_000) / 10;
    if (noticed < NOTICED_GOAL)
      faults.push(`${String(figures.noticedPercent)} % of the smashes that hit something were noticed`);
    if (figures.slowestRestoreMs > RESTORE_GOAL_MS)
      faults.push(`a restore took ${String(figures.slowestRestoreMs)} ms`);
    return { name: NAME, skipped: null, n: options.smashes, faults, figures };
  });
}

/** A digest of every row of every table; of the failure when they cannot be read. */
async function everyRow(path: string): Promise<string> {
  const digest = createHash('sha256');
  const read = await exportRows({
    path,
    clean: (value) => value,
    write: (piece) => {
      digest.update(piece);
      return Promise.resolve();
    },
  });
  return read.ok ? digest.digest('hex') : read.error.message;
}

/** Overwrites 512 to 4,096 bytes somewhere with chance. */
function damage(path: string, random: () => number): void {
  const size = statSync(path).size;
  const bytes = Buffer.from(
    Array.from({ length: 512 + Math.floor(random() * 3_584) }, () => Math.floor(random() * 256)),
  );
  const file = openSync(path, 'r+');
  writeSync(file, bytes, 0, bytes.length, Math.floor(random() * (size - bytes.length)));
  closeSync(file);
}

async function restoreTimed(dataDir: string, smashed: Buffer, faults: string[]): Promise<number> {
  const clock = createSystemClock();
  const restored = await restore(
    { dataDir, chosen: null, confirm: () => Promise.resolve() },
    { env: { PATH: process.env['PATH'] }, clock, installation: findInstallation(), version: '0.0.0' },
  );
  if (!restored.ok) {
    faults.push(`a restore failed: ${restored.error.message}`);
    return 0;
  }
  const { setAside, durationMs } = restored.value;
  if (setAside === null || !readFileSync(setAside).equals(smashed))
    faults.push('the damaged file was not kept as it was');
  return Math.round(durationMs);
}
