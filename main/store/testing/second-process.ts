// A second host on the same data folder, as a process of its own. Started by tests: `node second-process.ts <what> <folder>`.
// It says what it did on stdout, one line each, and ends when its standard input does.
import { createSystemClock } from '../../shared/clock.ts';
import { createScope } from '../../shared/scope.ts';
import { unwrap } from '../../shared/result.ts';
import { connect, type Write } from '../database.ts';
import { lockInstance } from '../instance-lock.ts';
import { loadMigrations, migrate } from '../migrate.ts';
import { endRun } from '../end-run.ts';
import { replaceDatabase } from '../replace-database.ts';
import { claimRun } from '../run-claim-store.ts';
import { transitionRun } from '../transition-run.ts';
import { isStoreFailure } from '../store-failure.ts';
import { openAt } from './test-store.ts';

const [what, folder = '', extra = ''] = process.argv.slice(2);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const scope = createScope('second process');

if (what === 'lock') {
  const locked = lockInstance(folder, scope);
  say(locked.ok ? 'locked' : locked.error.tag);
  process.stdin.resume();
} else if (what === 'claim') {
  const store = unwrap(await openAt(folder, scope));
  say('ready');
  const clock = createSystemClock();
  // As a host does: what the store cannot do now is tried again, and others have their turn in between.
  const soon = async <T>(work: (write: Write) => T): Promise<T> => {
    for (;;) {
      try {
        return await store.writeSoon(work);
      } catch (error) {
        if (!isStoreFailure(error)) throw error;
      }
    }
  };
  const claimAll = async (): Promise<void> => {
    for (;;) {
      const run = await soon((write) => claimRun(write, '2030-01-01T00:00:00.000Z'));
      if (!run) break;
      await soon((write) => {
        transitionRun(write, run.id, 'end_turn', 'runtime');
        endRun(write, run.id, 'complete', 'runtime');
      });
      say(run.id);
      // Long enough for the others to find the database free.
      await clock.sleep(scope, 1);
    }
    say('done');
    process.stdin.destroy();
  };
  process.stdin.once('data', () => void claimAll());
} else if (what === 'replace') {
  // Kills itself after so many steps of putting what lies ready in the place of the database.
  let left = Number(extra);
  replaceDatabase(
    folder,
    { kind: 'restore', from: 'a backup', madeAt: null, at: '2026-02-02T00:00:00.000Z' },
    () => {
      left -= 1;
      if (left < 0) process.kill(process.pid, 'SIGKILL');
    },
  );
  say('replaced');
} else if (what === 'migrate') {
  // Killed by the test between the first statements of a migration and its commit.
  const raw = connect(`${folder}/homer.sqlite`);
  raw.function('halt', () => {
    say('halfway');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    return 0;
  });
  migrate(raw, unwrap(loadMigrations(extra)).slice(-1), '2026-01-01T00:00:00.000Z');
}
