import path from 'node:path';
import { createSystemClock } from '../../main/shared/clock.ts';
import { createIds } from '../../main/shared/ids.ts';
import { createSilentLog } from '../../main/shared/log.ts';
import { unwrap } from '../../main/shared/result.ts';
import { createScope } from '../../main/shared/scope.ts';
import { defaultBudget } from '../../main/domain/run/budget.ts';
import type { Write } from '../../main/store/database.ts';
import { createIntentWithRun } from '../../main/store/enqueue-run.ts';
import { openStore, type Store } from '../../main/store/store.ts';
import { writeFlag } from '../../main/store/flag-store.ts';
import { root, scratch, seed } from './host.ts';

/** A store with one project and no limit that a benchmark would meet. */
export interface QueueStore {
  readonly folder: string;
  readonly store: Store;
  readonly projectId: string;
  close(): Promise<void>;
}

export async function openQueueStore(name: string): Promise<QueueStore> {
  const place = scratch(name);
  const projectId = await seed(place.folder, 0);
  const clock = createSystemClock();
  const scope = createScope('bench');
  const store = unwrap(
    await openStore({
      folder: place.folder,
      migrationsFolder: path.join(root, 'migrations'),
      clock,
      ids: createIds(clock),
      log: createSilentLog(),
      scope,
    }),
  );
  store.write((write) => {
    writeFlag(write, 'runtime.max_concurrent_runs', '32', 'bench');
  });
  return {
    folder: place.folder,
    store,
    projectId,
    async close() {
      await scope.close();
      place.remove();
    },
  };
}

/** One intent with its queued run, as the API makes them. */
export function enqueueOne(write: Write, projectId: string, count: number): string {
  return createIntentWithRun(
    write,
    {
      name: `run ${String(count)}`,
      description: '',
      intentType: 'task',
      query: 'bench',
      contextFiles: [],
      lane: '',
      executor: 'shell',
      model: null,
      trigger: { type: 'immediate' },
      execution: {
        v: 1,
        runType: 'task',
        shellCommand: 'true',
        executorLabel: null,
        dryRun: false,
        verbose: false,
        budget: defaultBudget,
        testCommand: null,
        metadata: {},
      },
      priority: 50,
      enabled: true,
      nextDueAt: null,
      misfirePolicy: 'run_once',
      source: 'user',
      sourceProposalId: null,
      goalId: null,
      projectId,
    },
    { gate: { start: 'queued', held: [] }, triggeredBy: 'owner', executorLabel: 'shell', actor: 'bench' },
  ).id;
}

/** Copies rows until the queue has `total` runs, each with an intent of its own. */
export function fillQueue(store: Store, projectId: string, total: number): void {
  store.write((write) => {
    const id = enqueueOne(write, projectId, 0);
    const clone = (table: 'intent' | 'run', values: Record<string, string>): void => {
      const columns = write
        .prepare(`SELECT name FROM pragma_table_info('${table}')`)
        .all()
        .map((row) => String(row['name']));
      write
        .prepare(
          `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
           INSERT INTO ${table} (${columns.join(', ')})
           SELECT ${columns.map((column) => values[column] ?? `it.${column}`).join(', ')} FROM n, ${table} AS it WHERE it.id = ?`,
        )
        .run(
          total - 1,
          table === 'run'
            ? id
            : String(write.prepare('SELECT intent_id FROM run WHERE id = ?').get(id)?.['intent_id']),
        );
    };
    clone('intent', { id: `'intent-' || i` });
    clone('run', {
      id: `'run-' || i`,
      number: 'it.number + i',
      intent_id: `'intent-' || i`,
      priority: 'i % 100',
    });
  });
}
