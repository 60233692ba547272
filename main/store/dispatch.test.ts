import { afterEach, beforeEach, expect, it } from 'vitest';
import { formatTime } from '../shared/clock.ts';
import { endRun } from './end-run.ts';
import { writeFlag } from './flag-store.ts';
import { claimRun, takeLease } from './run-claim-store.ts';
import { appendRunEvents, lastRunEventSeq } from './run-event-store.ts';
import { getRunLoopState } from './run-request-store.ts';
import { getRun } from './run-store.ts';
import { transitionRun } from './transition-run.ts';
import { unwrap } from '../shared/result.ts';
import { addProject, addRun, createTestStore, openAt, type TestStore } from './testing/test-store.ts';

const UNTIL = '2030-01-01T00:00:00.000Z';
const MINUTE = 60_000;

let bench: TestStore;
beforeEach(async () => {
  bench = await createTestStore();
  bench.store.write((write) => {
    writeFlag(write, 'runtime.max_concurrent_runs', '32', 'tester');
  });
});
afterEach(() => bench.dispose());

const claim = (except: string[] = []): string | undefined =>
  bench.store.write((write) => claimRun(write, UNTIL, except))?.id;
const claimAll = (): string[] => {
  const ids: string[] = [];
  for (let id = claim(); id !== undefined; id = claim()) ids.push(id);
  return ids;
};
const end = (id: string): void => {
  bench.store.write((write) => {
    transitionRun(write, id, 'end_turn', 'runtime');
    endRun(write, id, 'complete', 'runtime');
  });
};

it('lets a run that waits overtake newer ones of higher priority, so that no flood of them starves it', () => {
  const { projectId, low } = bench.store.write((write) => {
    const project = addProject(write);
    return { projectId: project, low: addRun(write, project, { priority: 10 }) };
  });
  let waited = 0;
  // Two of priority 90 come each minute, and one run ends: by priority alone, `low` would wait for ever.
  for (;;) {
    bench.store.write((write) => {
      addRun(write, projectId, { priority: 90 });
      addRun(write, projectId, { priority: 90 });
    });
    const id = claim() ?? '';
    end(id);
    if (id === low) break;
    bench.clock.advance(MINUTE);
    waited += 1;
    expect(waited).toBeLessThan(500);
  }
  // 80 points are 80 minutes of queueing; what came before then and waits still goes first.
  expect(waited).toBeGreaterThanOrEqual(80);
  expect(waited).toBeLessThanOrEqual(2 * 81);
});

it('steps over a project at its limit, however many of its runs are first in line', () => {
  const { tight, wide } = bench.store.write((write) => {
    const [a, b] = [addProject(write, 'a'), addProject(write, 'b')];
    for (let count = 0; count < 30; count += 1) addRun(write, a, { priority: 90 });
    write.prepare('UPDATE project SET max_runs = 2 WHERE id = ?').run(a);
    return { tight: a, wide: [addRun(write, b, { priority: 1 }), addRun(write, b, { priority: 2 })] };
  });
  const claimed = claimAll();
  expect(claimed.slice(2)).toEqual([...wide].reverse());
  expect(claimed.slice(0, 2).map((id) => bench.store.read((read) => getRun(read, id)).projectId)).toEqual([
    tight,
    tight,
  ]);
  end(claimed[0] ?? '');
  expect(claimAll()).toHaveLength(1);
});

it.each([
  ['runtime.max_concurrent_runs', 3],
  ['runtime.max_runs_per_project', 4],
  ['runtime.max_runs_per_executor', 4],
  ['runtime.max_runs_per_account', 4],
] as const)('honours %s in the claim itself', (flag, expected) => {
  bench.store.write((write) => {
    const projects = [addProject(write, 'a'), addProject(write, 'b')];
    for (let count = 0; count < 16; count += 1) {
      const [project = '', executor] = [projects[count % 2], count % 4 < 2 ? 'shell' : 'claude'];
      const id = addRun(write, project, { executor });
      write
        .prepare('UPDATE run SET executor_account_id = ? WHERE id = ?')
        .run(`account ${String(count % 2)}`, id);
    }
    writeFlag(write, flag, flag === 'runtime.max_concurrent_runs' ? '3' : '2', 'tester');
  });
  expect(claimAll()).toHaveLength(expected);
  bench.store.write((write) => {
    writeFlag(write, 'runtime.hold', 'on', 'tester');
    writeFlag(write, flag, '32', 'tester');
  });
  expect(claim()).toBeUndefined();
});

it('takes one run of an intent at a time, and none that is still in hand', () => {
  const [first, second, other] = bench.store.write((write) => {
    const project = addProject(write);
    const one = addRun(write, project);
    const two = addRun(write, project);
    write
      .prepare(
        'UPDATE run SET attempt = 2, intent_id = (SELECT intent_id FROM run WHERE id = ?) WHERE id = ?',
      )
      .run(one, two);
    return [one, two, addRun(write, project)] as const;
  });
  expect(claim([other])).toBe(first);
  expect(claim([other])).toBeUndefined();
  end(first);
  expect([claim(), claim(), claim()]).toEqual([second, other, undefined]);
});

it('finds the next run by index alone', () => {
  const plans: string[] = [];
  bench.store.write((write) => {
    const explaining = {
      ...write,
      prepare: (sql: string) =>
        write.prepare(sql.includes('WITH RECURSIVE') ? `EXPLAIN QUERY PLAN ${sql}` : sql),
    };
    const get = explaining.prepare;
    explaining.prepare = (sql) => {
      const statement = get(sql);
      if (sql.includes('WITH RECURSIVE'))
        return {
          ...statement,
          get: (...values: unknown[]) =>
            void plans.push(...statement.all(...values).map((row) => String(row['detail']))),
        };
      return statement;
    };
    claimRun(explaining, UNTIL);
  });
  expect(plans.filter((step) => step.includes('run_lane')).length).toBeGreaterThanOrEqual(5);
  expect(plans.filter((step) => /^SCAN (run|next|head|one)\b(?!.*USING)/u.test(step))).toEqual([]);
  expect(plans.filter((step) => step.includes('TEMP B-TREE'))).toHaveLength(1);
});

it('refuses what a host says of a run that another has taken up meanwhile', async () => {
  const id = bench.store.write((write) => addRun(write, addProject(write)));
  claim();
  const other = unwrap(await openAt(bench.folder, bench.scope));
  other.write((write) => {
    takeLease(write, id, formatTime(bench.clock.now() + MINUTE));
    transitionRun(write, id, 'adopt', 'runtime');
  });
  const before = bench.events();
  expect(bench.store.tryWrite((write) => transitionRun(write, id, 'end_turn', 'runtime'))).toMatchObject({
    ok: false,
    error: { tag: 'lease_lost' },
  });
  expect(bench.events()).toBe(before);
  const said = { type: 'output' as const, payload: { step: 1, stream: 'stdout' as const, text: 'late' } };
  const seq = bench.store.read((read) => lastRunEventSeq(read, id));
  expect(bench.store.tryWrite((write) => appendRunEvents(write, id, [said]))).toMatchObject({
    ok: false,
    error: { tag: 'lease_lost' },
  });
  expect(bench.store.read((read) => lastRunEventSeq(read, id))).toBe(seq);
  other.write((write) => appendRunEvents(write, id, [said]));
  other.write((write) => transitionRun(write, id, 'end_turn', 'runtime'));
  expect(bench.store.read((read) => getRunLoopState(read, id)).leaseOwner).toBe(other.owner);
});
