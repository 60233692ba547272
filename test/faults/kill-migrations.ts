import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { unwrap } from '../../main/shared/result.ts';
import { createScope } from '../../main/shared/scope.ts';
import { connect } from '../../main/store/database.ts';
import { loadMigrations, migrate } from '../../main/store/migrate.ts';
import { fillTables } from '../../main/store/testing/fill-tables.ts';
import { MIGRATIONS, openAt } from '../../main/store/testing/test-store.ts';
import { chance, inFolder, type FaultReport } from './report.ts';

const PROCESS = new URL('migrating-process.ts', import.meta.url).pathname;
const NAME = 'migrations killed midway';

/** Kills a process while it migrates a database from the first schema, at a random moment, then lets another finish: same rows, sound. */
export async function killMigrations(options: {
  kills: number;
  seed: number;
  say: (line: string) => void;
}): Promise<FaultReport> {
  return inFolder(async (folder) => {
    const random = chance(options.seed);
    const migrations = unwrap(loadMigrations(MIGRATIONS));
    const first = join(folder, 'first.sqlite');
    const raw = connect(first);
    migrate(raw, migrations.slice(0, 1), '2026-01-01T00:00:00.000Z');
    fillTables(raw, 500);
    const count = (from: typeof raw): unknown =>
      ['project', 'proposal', 'intent', 'run', 'run_event', 'run_step', 'decision', 'domain_event'].map(
        (table) => from.prepare(`SELECT COUNT(*) FROM ${table}`).pluck().get(),
      );
    const before = JSON.stringify(count(raw));
    raw.close();

    const faults: string[] = [];
    const figures = { untouched: 0, partWay: 0, finished: 0 };
    mkdirSync(join(folder, 'timed'));
    copyFileSync(first, join(folder, 'timed', 'homer.sqlite'));
    const span = await migrateAndDie(join(folder, 'timed'), null);
    for (let kill = 0; kill < options.kills; kill += 1) {
      const data = join(folder, String(kill));
      mkdirSync(data);
      copyFileSync(first, join(data, 'homer.sqlite'));
      await migrateAndDie(data, span * random() * 1.2);
      const stopped = connect(join(data, 'homer.sqlite'), { readonly: true });
      const schema = Number(stopped.pragma('user_version', { simple: true }));
      stopped.close();
      if (schema === migrations[0]?.number) figures.untouched += 1;
      else if (schema === migrations.at(-1)?.number) figures.finished += 1;
      else figures.partWay += 1;
      const scope = createScope('finish');
      const store = await openAt(data, scope);
      if (!store.ok) faults.push(`kill ${String(kill)}: ${store.error.message}`);
      else if (store.value.check(true).length > 0)
        faults.push(`kill ${String(kill)}: ${store.value.check(true)[0] ?? ''}`);
      await scope.close();
      const after = connect(join(data, 'homer.sqlite'), { readonly: true });
      if (JSON.stringify(count(after)) !== before) faults.push(`kill ${String(kill)}: rows differ`);
      after.close();
    }
    return { name: NAME, skipped: null, n: options.kills, faults, figures };
  });
}

/** Migrates in a process that is killed after so many ms, if any; gives how many ms it took when it was not. */
async function migrateAndDie(data: string, afterMs: number | null): Promise<number> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', PROCESS, join(data, 'homer.sqlite')],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let took = 0;
  let began = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    if (began === 0) {
      began = performance.now();
      if (afterMs !== null) setTimeout(() => child.kill('SIGKILL'), afterMs);
    }
    if (took === 0 && chunk.includes('done\n')) took = performance.now() - began;
  });
  await new Promise((resolve) => child.once('close', resolve));
  return took;
}
