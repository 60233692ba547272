import { basename } from 'node:path';
import type { Backup } from '../../preload/contract/backup.ts';
import { fail, ok, type Result } from '../shared/result.ts';
import type { Backup as BackupFile } from '../store/backup.ts';
import { compareWithBackup, readBackupFacts } from '../store/holdings.ts';
import { listProjects } from '../store/project-store.ts';
import { countRunsByStatus } from '../store/run-store.ts';
import type { ApiOptions } from './api-options.ts';
import type { Handlers } from './dispatch.ts';

const NOT_OFFERED = 'Only a Homer that keeps running can go back to a backup by itself.';

export function backupHandlers(
  options: ApiOptions,
): Pick<Handlers, Extract<keyof Handlers, `backup.${string}`>> {
  const { store, clock, tick, review, restorePort, scope } = options;
  /** A file with a backup's name never changes, and counting its rows is not free. */
  const known = new Map<string, Backup['holds']>();
  let restoring = false;

  const seen = (file: BackupFile): Backup => {
    const key = `${file.path} ${String(file.bytes)}`;
    let holds = known.get(key);
    if (holds === undefined) {
      const facts = readBackupFacts(file.path);
      holds = facts && {
        schema: facts.schema,
        version: facts.version,
        proposals: facts.proposals,
        runs: facts.runs,
        decisions: facts.decisions,
        newestAt: facts.newest?.at ?? null,
      };
      known.set(key, holds);
    }
    return { name: basename(file.path), ...file, holds };
  };

  /** A name, and never a path: what lies outside is for `homer restore`. */
  const find = (name: string): Result<Backup> => {
    const file = store.backups().find(({ path }) => basename(path) === name);
    return file
      ? ok(seen(file))
      : fail('not_found', `There is no backup ${name}.`, { hint: 'Look again; it may have been moved.' });
  };

  async function restore(name: string, actor: string) {
    if (!restorePort)
      return fail('not_offered', NOT_OFFERED, { hint: `Run \`homer restore ${name}\` while no Homer runs.` });
    const working = store.read((read) => countRunsByStatus(read, ['running', 'validating']));
    if (working > 0)
      return fail(
        'runs_at_work',
        working === 1 ? 'A run is at work.' : `${String(working)} runs are at work.`,
        {
          hint: 'Pause or stop what is at work, then restore.',
        },
      );
    if (store.read(listProjects).some(({ id }) => review.movesBranchOf(id)))
      return fail('project_busy', 'A result is being applied or taken back just now.', {
        hint: 'Wait until that is done, then restore.',
      });
    return restorePort.goBack(name, async () => {
      const kept = await store.backup('before-restore');
      if (kept.ok) noteBackup(kept.value, actor);
      return kept;
    });
  }

  function noteBackup({ path, bytes }: BackupFile, actor: string): void {
    store.write((write) => {
      write.emit({ type: 'backupMade', entity: 'backup', entityId: path, actor, payload: { bytes } });
    });
  }

  return {
    'backup.create': async (_input, { actor }) => {
      const began = clock.monotonic();
      const made = await store.backup('manual');
      if (!made.ok) return made;
      noteBackup(made.value, actor.name);
      return ok({ path: made.value.path, bytes: made.value.bytes, durationMs: clock.monotonic() - began });
    },
    'backup.list': () => ok(store.backups().map(seen)),
    'backup.preview': async ({ backup: name }) => {
      const backup = find(name);
      if (!backup.ok) return backup;
      const { path, holds } = backup.value;
      const fault = restorePort ? await restorePort.faultOf(path) : null;
      return ok({
        backup: backup.value,
        fault,
        older: fault === null && holds !== null && holds.schema < store.schema,
        lost: fault === null && holds !== null ? compareWithBackup(store.path, path) : null,
        notOffered: restorePort ? '' : NOT_OFFERED,
      });
    },
    'backup.restore': async ({ backup: name }, { actor }) => {
      const backup = find(name);
      if (!backup.ok) return backup;
      if (restoring)
        return fail('store_busy', 'A backup is being restored already.', { hint: 'Wait for it.' });
      restoring = true;
      // Nothing begins between this look and the end of the runtime.
      tick.drain(true);
      try {
        return await restore(name, actor.name);
      } finally {
        restoring = false;
        // Refused before anything was changed: this runtime goes on.
        if (!scope.closed) tick.drain(false);
      }
    },
  };
}
