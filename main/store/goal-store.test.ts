import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { endRun } from './end-run.ts';
import { deriveProgress, getGoal, insertGoal, listGoals, transitionGoal, updateGoal } from './goal-store.ts';
import { transitionIntent } from './intent-store.ts';
import { getRun } from './run-store.ts';
import { transitionRun } from './transition-run.ts';
import { addProject, addRun, createTestStore, type TestStore } from './testing/test-store.ts';

let bench: TestStore;
beforeEach(async () => {
  bench = await createTestStore();
});
afterEach(() => bench.dispose());

const add = (title: string, parentId: string | null = null): string =>
  bench.store.write((write) =>
    insertGoal(
      write,
      { title, description: '', category: '', priority: 50, targetDate: null, parentId },
      'tester',
    ),
  ).id;
const goal = (id: string): ReturnType<typeof getGoal> => bench.store.read((read) => getGoal(read, id));
const put = (id: string, parentId: string | null): { ok: boolean; error?: { tag: string } } =>
  bench.store.tryWrite((write) => updateGoal(write, id, goal(id).version, { parentId }, 'tester'));

it('never becomes a circle, whatever is moved where', () => {
  const ids = Array.from({ length: 6 }, (_, index) => add(`Goal ${String(index)}`));
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 12 }), (moves) => {
      for (const [from, to] of moves) {
        const moved = put(ids[from] ?? '', ids[to] ?? '');
        if (!moved.ok) expect(moved.error?.tag).toBe('goal_cycle');
      }
      const parents = new Map(bench.store.read(listGoals).map(({ id, parentId }) => [id, parentId]));
      for (const id of ids) {
        let above: string | null | undefined = id;
        for (let steps = 0; above; steps += 1) {
          expect(steps).toBeLessThan(7);
          above = parents.get(above);
        }
      }
    }),
    { numRuns: 30 },
  );
});

it('refuses to stand below itself, at once and by way of its children', () => {
  const top = add('Top');
  const child = add('Child', top);
  const grandchild = add('Grandchild', child);
  for (const below of [top, child, grandchild])
    expect(put(top, below)).toMatchObject({ ok: false, error: { tag: 'goal_cycle' } });
  expect(put(grandchild, top).ok).toBe(true);
});

it('knows its progress from its sub-goals and the work that ended, up to the top', () => {
  const top = add('Top');
  const half = add('Half', top);
  add('Untouched', top);
  const runs = bench.store.write((write) => {
    const project = addProject(write);
    return [addRun(write, project, { goalId: half }), addRun(write, project, { goalId: half })];
  });
  bench.store.write((write) => {
    for (const on of ['claim', 'end_turn'] as const) transitionRun(write, runs[0] ?? '', on, 'runtime');
    endRun(write, runs[0] ?? '', 'complete', 'runtime');
  });
  expect([goal(half).progress, goal(top).progress]).toEqual([50, 25]);
  bench.store.write((write) => {
    endRun(write, runs[1] ?? '', 'stop', 'owner');
  });
  // It can be retried, so it is still to do; what is cancelled is not.
  expect([goal(half).progress, goal(top).progress]).toEqual([50, 25]);
  bench.store.write((write) => {
    transitionIntent(write, getRun(write, runs[1] ?? '').intentId, 'cancel', 'owner');
    deriveProgress(write, half, 'owner');
  });
  expect([goal(half).progress, goal(top).progress]).toEqual([100, 50]);
});

it('keeps a progress set by hand until it is given back', () => {
  const top = add('Top');
  const child = add('Child', top);
  const set = (id: string, progress: number | null): void => {
    bench.store.write((write) => updateGoal(write, id, goal(id).version, { progress }, 'owner'));
  };
  set(child, 40);
  expect(goal(top).progress).toBe(40);
  set(top, 90);
  set(child, 60);
  expect(goal(top)).toMatchObject({ progress: 90, progressByHand: true });
  set(top, null);
  expect(goal(top)).toMatchObject({ progress: 60, progressByHand: false });
});

it('does not count a dropped sub-goal', () => {
  const top = add('Top');
  const [done, dropped] = [add('Done', top), add('Dropped', top)];
  bench.store.write((write) => updateGoal(write, done, 1, { progress: 80 }, 'owner'));
  expect(goal(top).progress).toBe(40);
  bench.store.write((write) => transitionGoal(write, dropped, 1, 'drop', 'owner'));
  expect(goal(top).progress).toBe(80);
});

it('counts a sub-goal where it is, not where it was, and new work as not done', () => {
  const [left, right] = [add('Left'), add('Right')];
  const child = add('Child', left);
  bench.store.write((write) => updateGoal(write, child, 1, { progress: 80 }, 'owner'));
  expect(goal(left).progress).toBe(80);
  put(child, right);
  expect([goal(left).progress, goal(right).progress]).toEqual([0, 80]);
  add('Another', right);
  expect(goal(right).progress).toBe(40);
  bench.store.write((write) => addRun(write, addProject(write), { goalId: right }));
  expect(goal(right).progress).toBe(27);
});
