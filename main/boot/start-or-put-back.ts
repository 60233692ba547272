import { fail, messageOf, type Result } from '../shared/result.ts';
import { lockInstance } from '../store/instance-lock.ts';
import { findReplacement, putBack } from '../store/replace-database.ts';
import type { RunningHomer, RuntimeOptions } from './running-homer.ts';
import { startRuntime } from './start-runtime.ts';

/** What says that the database itself will not do, whoever starts it next; a full disk or another Homer says nothing of the kind. */
const OF_THE_DATABASE: ReadonlySet<string> = new Set([
  'database_damaged',
  'database_failed',
  'internal',
  'newer_database',
]);

/**
 * Starts the runtime. At the first start after a restore, when Homer cannot start with what was restored, the former database comes back
 * and is started in its place: a restore that does not work out leaves the owner with what there was.
 */
export async function startOrPutBack(options: RuntimeOptions): Promise<Result<RunningHomer>> {
  const { dataDir, clock, log } = options;
  const first = options.scope.child('start');
  const started = await startCaught({ ...options, scope: first });
  if (started.ok) return started;
  await first.close();
  const replacement = findReplacement(dataDir);
  if (replacement?.kind !== 'restore' || !OF_THE_DATABASE.has(started.error.tag)) return started;
  const { message } = started.error;
  log.error('Homer cannot start with the backup that was restored: the former database comes back', {
    message,
  });
  const back = options.scope.child('putting back');
  try {
    const locked = options.locked ? null : lockInstance(dataDir, back);
    if (locked?.ok === false) return started;
    if (!(await putBack(dataDir, replacement, { at: clock.iso(), why: message, scope: back })))
      return started;
  } finally {
    await back.close();
  }
  return startRuntime(options);
}

/** That Homer goes on with the database it had. */
export function notRestored(why: string | null): Result<never> {
  return fail(
    'not_restored',
    `The backup could not be restored: ${why ?? 'Homer could not start with it.'}`,
    {
      hint: 'Homer went on with the database it had; nothing of it is lost. Choose another backup.',
    },
  );
}

/** With a database that Homer did not write up to now, what would be a bug elsewhere says that it will not do. */
async function startCaught(options: RuntimeOptions): Promise<Result<RunningHomer>> {
  try {
    return await startRuntime(options);
  } catch (error) {
    if (findReplacement(options.dataDir)?.kind !== 'restore') throw error;
    return fail('internal', `Homer could not start with it: ${messageOf(error)}`);
  }
}
