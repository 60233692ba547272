import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createSilentLog } from '../shared/log.ts';
import { ok } from '../shared/result.ts';
import { noteRunFacts } from '../store/run-facts-store.ts';
import { endRun } from '../store/end-run.ts';
import { addProject, addRun, createTestStore } from '../store/testing/test-store.ts';
import type { RunWorkspace } from './ports.ts';
import { createTidy } from './tidy-run.ts';

it('removes a worktree once when a decision and the search for leftovers come to it together', async () => {
  const { store, dispose } = await createTestStore();
  const worktree = mkdtempSync(join(tmpdir(), 'homer-tidy-'));
  const runId = store.write((write) => {
    const id = addRun(write, addProject(write));
    noteRunFacts(write, id, { worktree });
    endRun(write, id, 'stop', 'owner');
    return id;
  });
  let removals = 0;
  const workspace = {
    settle: () => Promise.resolve(ok(0)),
    standing: () => Promise.resolve([runId]),
    remove: async () => {
      removals += 1;
      await Promise.resolve();
      rmSync(worktree, { recursive: true });
      return ok(undefined);
    },
  } as unknown as RunWorkspace;
  const tidy = createTidy({ store, workspace, log: createSilentLog() });
  await Promise.all([tidy.run(runId), tidy.leftovers()]);
  expect(removals).toBe(1);
  await dispose();
});
