import { createReadStream, closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { redact, redactJson } from '../agents/redact.ts';
import type { Clock } from '../shared/clock.ts';
import { fail, messageOf, ok, type Result } from '../shared/result.ts';
import { createScope } from '../shared/scope.ts';
import { exportRows, type Exported } from '../store/export-rows.ts';
import { importRows, type Imported } from '../store/import-rows.ts';
import { lockInstance } from '../store/instance-lock.ts';
import type { Installation } from './folders.ts';

const clean = (value: unknown): unknown => redactJson(value, redact);

/** Exports the database of a data folder, while a host may run: to a file that appears when it is whole, or piece by piece to `out`. */
export async function exportData(at: {
  dataDir: string;
  to: { file: string } | { out: (piece: string) => Promise<void> };
}): Promise<Result<Exported & { path: string | null }>> {
  const path = join(at.dataDir, 'homer.sqlite');
  if ('out' in at.to) {
    const exported = await exportRows({ path, write: at.to.out, clean });
    return exported.ok ? ok({ ...exported.value, path: null }) : exported;
  }
  const file = resolve(at.to.file);
  const partial = `${file}.partial`;
  try {
    const target = openSync(partial, 'w', 0o600);
    try {
      const exported = await exportRows({
        path,
        clean,
        write: (piece) => {
          writeSync(target, piece);
          return Promise.resolve();
        },
      });
      if (!exported.ok) {
        rmSync(partial, { force: true });
        return exported;
      }
      fsyncSync(target);
      renameSync(partial, file);
      return ok({ ...exported.value, path: file });
    } finally {
      closeSync(target);
    }
  } catch (error) {
    rmSync(partial, { force: true });
    return fail('export_failed', `The export could not be written: ${messageOf(error)}`, {
      hint: `Check that ${file} can be written to and has room.`,
    });
  }
}

/** Imports an export into an empty data folder, which no host may use meanwhile. */
export async function importData(
  at: { dataDir: string; file: string },
  options: { clock: Clock; installation: Installation },
): Promise<Result<Imported>> {
  const scope = createScope('import');
  try {
    const locked = lockInstance(at.dataDir, scope);
    if (!locked.ok) return locked;
    const input = createReadStream(at.file, 'utf8');
    scope.add('export file', () => {
      input.destroy();
    });
    return await importRows({
      folder: at.dataDir,
      migrationsFolder: options.installation.migrations,
      lines: linesOf(input),
      from: resolve(at.file),
      now: options.clock.iso(),
      scope,
    });
  } finally {
    await scope.close();
  }
}

/** Lines of a stream; what goes wrong with it comes out of the loop. */
async function* linesOf(input: ReturnType<typeof createReadStream>): AsyncGenerator<string> {
  const failures: Error[] = [];
  input.on('error', (error) => failures.push(error));
  yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  if (failures[0]) throw failures[0];
}
