import { expect, test, type TestContext } from 'vitest';
import { corruptions } from './corruptions.ts';
import { diskFull, readOnly } from './disk-full.ts';
import { ioErrors } from './io-errors.ts';
import { killMigrations } from './kill-migrations.ts';
import type { FaultReport } from './report.ts';

const say = (): void => undefined;

/** A case that cannot be done here is skipped by name; one that can must break no promise. */
function judge(context: TestContext, { skipped, faults, n }: FaultReport): void {
  if (skipped !== null) context.skip(skipped);
  expect(faults).toEqual([]);
  expect(n).toBeGreaterThan(0);
}

test('what was acknowledged is there after calls to the disk have failed', async (context) => {
  judge(context, await ioErrors({ points: 6, install: false, say }));
}, 60_000);

test('a full disk is refused by name, told, and outlived', async (context) => {
  judge(context, await diskFull());
}, 120_000);

test('a read-only folder or database is refused in the same words at every start', async (context) => {
  judge(context, await readOnly());
}, 60_000);

test('smashed databases are noticed, kept, and restored', async (context) => {
  judge(context, await corruptions({ smashes: 12, seed: 7, say }));
}, 60_000);

test('a migration that is killed midway is finished by the next start with the same rows', async (context) => {
  judge(context, await killMigrations({ kills: 3, seed: 5, say }));
}, 60_000);
