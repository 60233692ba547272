import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Dispatch } from '../../api/dispatch.ts';
import { createSilentLog } from '../../shared/log.ts';
import type { AppEnv } from './app-env.ts';
import { evidenceRoute } from './evidence-route.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homer-evidence-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const app = (dispatch: Dispatch): Hono<AppEnv> => {
  const made = new Hono<AppEnv>();
  made.use(async (c, next) => {
    c.set('actor', { name: 'owner', channel: 'api' });
    await next();
  });
  made.get('/runs/:id/evidence.zip', evidenceRoute(dispatch, createSilentLog()));
  return made;
};

it('gives the archive as a download and keeps no copy of it', async () => {
  const path = join(folder, 'run-7.zip');
  const bytes = 3_000_000;
  const asked: unknown[] = [];
  const served = app((name, input) => {
    asked.push([name, input]);
    writeFileSync(path, Buffer.alloc(bytes, 7));
    return Promise.resolve({ ok: true, value: { path, bytes, files: [], pieces: [], leftOut: [] } });
  });
  const answer = await served.request('/runs/abc/evidence.zip');
  expect(answer.headers.get('Content-Type')).toBe('application/zip');
  expect(answer.headers.get('Content-Disposition')).toBe('attachment; filename="run-7.zip"');
  expect((await answer.arrayBuffer()).byteLength).toBe(bytes);
  expect(asked).toEqual([['run.exportEvidence', { id: 'abc' }]]);
  for (let wait = 0; existsSync(path) && wait < 100; wait += 1)
    await new Promise((done) => setTimeout(done, 10));
  expect(existsSync(path)).toBe(false);
});

it('says what is wrong, as every path does', async () => {
  const served = app(() =>
    Promise.resolve({ ok: false, error: { tag: 'not_found', message: 'There is no run.' } }),
  );
  const answer = await served.request('/runs/abc/evidence.zip');
  expect(answer.status).toBe(404);
});
