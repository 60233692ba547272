import { expect, it } from 'vitest';
import { createSilentLog } from '../shared/log.ts';
import { ok } from '../shared/result.ts';
import { addProject, addRun, createTestStore } from '../store/testing/test-store.ts';
import type { RunWorkspace } from './ports.ts';
import { createReview } from './review.ts';

it('says that a branch is being moved while a run is taken out of it, and for no other project', async () => {
  const bench = await createTestStore();
  const { projectId, other, runId } = bench.store.write((write) => {
    const [one, two] = [addProject(write, 'One'), addProject(write, 'Two')];
    const run = addRun(write, one);
    write.prepare(`UPDATE run SET status = 'applied', applied_commit = 'c3' WHERE id = ?`).run(run);
    return { projectId: one, other: two, runId: run };
  });
  const seen: boolean[][] = [];
  const look = (): void => {
    seen.push([projectId, other].map((id) => review.movesBranchOf(id)));
  };
  const review = createReview({
    ...bench,
    workspace: {
      ...({} as RunWorkspace),
      rollBack: () => {
        look();
        return Promise.resolve(ok({ commit: 'd4', target: 'main' }));
      },
    },
    log: createSilentLog(),
    tidy: { run: () => Promise.resolve(), leftovers: () => Promise.resolve() },
    testMerged: { wanted: () => false, run: () => Promise.resolve(ok(null)) },
  });
  expect(await review.rollBack(runId, undefined, undefined, { name: 'owner', channel: 'cli' })).toMatchObject(
    { ok: true },
  );
  look();
  expect(seen).toEqual([
    [true, false],
    [false, false],
  ]);
  await bench.dispose();
});
