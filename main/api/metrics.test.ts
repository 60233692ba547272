import { afterEach, beforeEach, expect, it } from 'vitest';
import { endRun } from '../store/end-run.ts';
import { claimRun } from '../store/run-claim-store.ts';
import { addProject, addRun } from '../store/testing/test-store.ts';
import { createTestApi, type TestApi } from './testing/test-api.ts';

let api: TestApi;
beforeEach(async () => {
  api = await createTestApi();
});
afterEach(() => api.dispose());

function end(on: 'fail' | 'time_out' | 'stop', executor: string): void {
  api.store.write((write) => {
    const projectId = write.prepare('SELECT id FROM project').get()?.['id'] ?? addProject(write);
    addRun(write, String(projectId), { executor });
    const run = claimRun(write, '2027-01-01T00:00:00.000Z');
    endRun(write, run?.id ?? '', on, 'runtime', { changes: { errorTag: 'x', error: 'x' } });
  });
}

it('counts what ended in the window and no more, by status, hour and executor', async () => {
  end('fail', 'shell');
  api.clock.advance(2 * 3_600_000);
  end('time_out', 'shell');
  end('stop', 'other');
  const hour = await api.did('metrics.get', { window: '1h' });
  expect(hour.runs.ended).toEqual({ timeout: 1, stopped: 1 });
  expect(hour.runs.perHour).toBe(2);
  const day = await api.did('metrics.get', {});
  expect(day.runs.ended).toEqual({ failed: 1, timeout: 1, stopped: 1 });
  expect(day.runs.successRate).toBe(0);
  expect(day.hours).toEqual([
    { hour: '2026-01-01T00:00:00.000Z', succeeded: 0, failed: 1, other: 0 },
    { hour: '2026-01-01T02:00:00.000Z', succeeded: 0, failed: 1, other: 1 },
  ]);
  expect(day.executors.map(({ executor, ended, succeeded }) => [executor, ended, succeeded])).toEqual([
    ['other', 1, 0],
    ['shell', 2, 0],
  ]);
});

it('clears an alert once, and says when there is none of that id', async () => {
  const missing = await api.call('alert.clear', { id: '019a0000-0000-7000-8000-000000000000' });
  expect(missing).toMatchObject({ ok: false, error: { tag: 'not_found' } });
  expect(await api.did('alert.list', {})).toEqual([]);
});
