import type { createSweepCommand } from '../agents/process/sweep-command.ts';
import type { Tick } from '../runtime/tick.ts';
import type { Tidy } from '../runtime/tidy-run.ts';
import type { Log } from '../shared/log.ts';
import { messageOf } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import { deleteCommandChild, listCommandChildren } from '../store/command-child-store.ts';
import type { Store } from '../store/store.ts';

/**
 * From a started runtime to a working one. First what a killed host left of set-up and test commands is ended, so that nothing
 * writes into a worktree that is worked in again; then runs are taken up and claimed; last, forgotten worktrees are removed.
 */
export function beginWork(at: {
  store: Store;
  sweep: ReturnType<typeof createSweepCommand>;
  tick: Tick;
  tidy: Tidy;
  log: Log;
  scope: Scope;
}): Promise<void> {
  const { store, tick, tidy, log, scope } = at;
  const begun = begin();
  scope.add('beginning', () => begun);
  return begun;

  async function begin(): Promise<void> {
    await told('the commands of a former host could not be ended', sweepCommands);
    if (scope.closed) return;
    tick.work();
    await told('leftover worktrees could not be removed', () => tidy.leftovers());
  }

  async function sweepCommands(): Promise<void> {
    const left = store.read(listCommandChildren);
    await Promise.all(
      left.map(async ({ tag, ...identity }) => {
        const ended = await at.sweep(identity, tag);
        if (ended > 0) log.warn('a command of a former host was ended', { tag, processes: ended });
      }),
    );
    if (left.length === 0 || scope.closed) return;
    store.write((write) => {
      for (const { tag } of left) deleteCommandChild(write, tag);
    });
  }

  async function told(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      log.error(what, { error: messageOf(error) });
    }
  }
}
