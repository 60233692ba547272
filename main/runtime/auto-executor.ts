import type { Unfree } from '../domain/account/choose.ts';
import { chooseExecutor, type ExecutorChoice, type ExecutorState } from '../domain/run/choose-executor.ts';
import { readExecutorTable, type TaskType } from '../domain/run/task-type.ts';
import { unwrap } from '../shared/result.ts';
import { hasAccounts } from '../store/account-store.ts';
import { countWorkingOfExecutors } from '../store/auto-run-store.ts';
import type { Read } from '../store/database.ts';
import { listFoundExecutors } from '../store/executor-found-store.ts';
import { readFlag } from '../store/flag-store.ts';

/** Which executor a kind of task would be given now, from what stands in the store; `blocks` are executors whose accounts are not free. */
export function readAutoExecutor(
  read: Read,
  blocks: ReadonlyMap<string, Unfree>,
): (kind: TaskType) => ExecutorChoice {
  const table = unwrap(readExecutorTable(readFlag(read, 'agents.by_task')));
  const most = Number(readFlag(read, 'runtime.max_runs_per_executor')) || Infinity;
  const working = countWorkingOfExecutors(read);
  const found = listFoundExecutors(read);
  const states = new Map(
    found.map((executor): [string, ExecutorState] => [
      executor.name,
      {
        ...executor,
        hasAccounts: hasAccounts(read, executor.name),
        waits:
          blocks.get(executor.name) ??
          ((working.get(executor.name) ?? 0) >= most
            ? { why: `${executor.label} has as many runs as it may.`, until: null }
            : null),
      },
    ]),
  );
  return (kind) =>
    found.length === 0
      ? { executor: null, waits: { why: 'Homer looks which agent programs are there.', until: null } }
      : chooseExecutor(kind, table[kind], states);
}
