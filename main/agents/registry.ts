import { fail, ok, type Result } from '../shared/result.ts';
import type { Executor } from './executor.ts';

/** The executors of this host, by name. */
export interface ExecutorRegistry {
  get(name: string): Result<Executor>;
  list(): readonly Executor[];
}

export function createExecutorRegistry(executors: readonly Executor[]): ExecutorRegistry {
  const byName = new Map<string, Executor>();
  for (const executor of executors) {
    if (byName.has(executor.name)) throw new Error(`two executors are called ${executor.name}`);
    byName.set(executor.name, executor);
  }
  return {
    list: () => executors,
    get(name) {
      const executor = byName.get(name);
      if (executor) return ok(executor);
      return fail('executor_unknown', `Homer has no executor called “${name}” in this version.`, {
        hint: `Choose one of: ${[...byName.keys()].join(', ')}.`,
      });
    },
  };
}
