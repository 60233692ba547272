import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createScope } from '../shared/scope.ts';
import { writeFlag } from './flag-store.ts';
import { lockInstance } from './instance-lock.ts';
import { claimRun } from './run-claim-store.ts';
import { countRunsByStatus, getRun } from './run-store.ts';
import { addProject, addRun, createTestStore, type TestStore } from './testing/test-store.ts';

let bench: TestStore;
const children: ChildProcessByStdio<Writable, Readable, null>[] = [];
beforeEach(async () => {
  bench = await createTestStore();
  bench.store.write((write) => {
    writeFlag(write, 'runtime.max_concurrent_runs', '32', 'tester');
  });
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await bench.dispose();
});

/** Another process on the same folder, line by line. */
function start(what: string): {
  child: ChildProcessByStdio<Writable, Readable, null>;
  next(): Promise<string>;
} {
  const script = resolve(import.meta.dirname, 'testing/second-process.ts');
  const child = spawn(process.execPath, [script, what, bench.folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return { child, next: async () => String((await lines.next()).value) };
}

it('gives each queued run to one process alone, however many ask', async () => {
  const ids = bench.store.write((write) => {
    const project = addProject(write);
    return Array.from({ length: 40 }, () => addRun(write, project));
  });
  const others = [start('claim'), start('claim')];
  for (const other of others) expect(await other.next()).toBe('ready');
  for (const { child } of others) child.stdin.write('go\n');
  const claimed = await Promise.all(
    others.map(async ({ next }) => {
      const mine: string[] = [];
      for (let line = await next(); line !== 'done'; line = await next()) mine.push(line);
      return mine;
    }),
  );
  expect(claimed.flat().sort()).toEqual([...ids].sort());
  expect(bench.store.read((read) => countRunsByStatus(read, ['completed']))).toBe(40);
});

it('takes the highest priority first, then the oldest, and one run of an intent at a time', () => {
  const [low, high, later] = bench.store.write((write) => {
    const project = addProject(write);
    return [
      addRun(write, project),
      addRun(write, project, { priority: 90 }),
      addRun(write, project),
    ] as const;
  });
  const next = (): string | undefined =>
    bench.store.write((write) => claimRun(write, '2030-01-01T00:00:00.000Z'))?.id;
  bench.store.write((write) =>
    write.prepare(`UPDATE run SET queued_at = '2025-12-31T23:59:59.000Z' WHERE id = ?`).run(later),
  );
  expect([next(), next(), next(), next()]).toEqual([high, later, low, undefined]);
  expect(bench.store.read((read) => getRun(read, high))).toMatchObject({
    status: 'running',
    startedAt: bench.clock.iso(),
  });
});

it('lets one process have a data folder: a second is refused, until the first has gone, however it went', async () => {
  const first = start('lock');
  expect(await first.next()).toBe('locked');
  const scope = createScope('second');
  expect(lockInstance(bench.folder, scope)).toMatchObject({
    ok: false,
    error: { tag: 'other_instance', hint: expect.stringContaining('--data') },
  });
  first.child.kill('SIGKILL');
  await once(first.child, 'close');
  expect(lockInstance(bench.folder, scope).ok).toBe(true);
  expect(await start('lock').next()).toBe('other_instance');
  await scope.close();
  expect(await start('lock').next()).toBe('locked');
});
