import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LiveMessage } from '../../../preload/contract/live.ts';
import { createSystemClock } from '../../shared/clock.ts';
import { createSilentLog } from '../../shared/log.ts';
import { unwrap } from '../../shared/result.ts';
import { createScope, type Scope } from '../../shared/scope.ts';
import { createSocketClient } from '../client/socket-client.ts';
import { createHttpApp } from '../http/create-http-app.ts';
import { sampleId } from '../testing/samples.ts';
import { createStandIn, type StandIn } from '../testing/stand-in.ts';
import { listenSocket } from './listen-socket.ts';
import { findSocketPath, prepareSocketPath } from './socket-path.ts';

let dir: string;
let scope: Scope;
const clock = createSystemClock();
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'homer-sock-'));
  scope = createScope('test');
});
afterEach(async () => {
  await scope.close();
  rmSync(dir, { recursive: true, force: true });
});

async function serve(standIn: StandIn, path: string, within: Scope = scope, url: string | null = null) {
  const app = createHttpApp({
    ...standIn,
    access: { kind: 'owner', dashboardUrl: () => url },
    rendererDir: null,
    log: createSilentLog(),
    clock,
    scope: within,
    version: '0.1.0',
  });
  return listenSocket({ app, path, scope: within });
}

function pathFor(dataDir: string): string {
  return unwrap(
    prepareSocketPath({ dataDir, runtimeDir: join(dir, 'run'), tempDir: dir, uid: process.getuid?.() ?? 0 }),
  );
}

describe('the local socket', () => {
  it('serves the owner without a token, behind permissions of the owner alone', async () => {
    const standIn = createStandIn();
    const path = pathFor(join(dir, 'data'));
    unwrap(await serve(standIn, path, scope, 'http://127.0.0.1:1/?token=x'));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(dir, 'data')).mode & 0o777).toBe(0o700);
    const client = createSocketClient({ path, clock, scope });
    const list = await client.call('run.list', {});
    expect(list.ok && list.value.rows).toHaveLength(2);
    expect(standIn.reached[0]?.context.actor).toEqual({ name: 'owner', channel: 'cli' });
    expect(await client.call('run.get', { id: sampleId(5) })).toMatchObject({
      ok: false,
      error: { tag: 'not_found' },
    });
    expect(await client.dashboardUrl()).toEqual({ ok: true, value: { url: 'http://127.0.0.1:1/?token=x' } });
    await client.close();
  });

  it('goes on with live messages from its sequence when the host restarts', async () => {
    const standIn = createStandIn();
    const path = pathFor(join(dir, 'data'));
    const first = createScope('first');
    unwrap(await serve(standIn, path, first));
    const client = createSocketClient({ path, clock, scope });
    const got: LiveMessage[] = [];
    const arrived = (n: number): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (got.length >= n) resolve();
          else clock.after(scope, 10, look);
        };
        look();
      });
    const stop = client.live(0, (message) => got.push(message));
    standIn.publish();
    standIn.publish();
    await arrived(2);
    await first.close();
    standIn.publish();
    unwrap(await serve(standIn, path));
    await arrived(3);
    expect(got.map((message) => message.seq)).toEqual([1, 2, 3]);
    stop();
    await client.close();
    expect(scope.held().filter((label) => label.includes('socket client'))).toEqual([]);
  });

  it('says that nothing listens there', async () => {
    const client = createSocketClient({ path: join(dir, 'none.sock'), clock, scope });
    expect(await client.call('overview.get', {})).toMatchObject({ ok: false, error: { tag: 'unreachable' } });
  });

  it('takes the place of a socket whose owner died, and of nothing else', async () => {
    const path = pathFor(join(dir, 'data'));
    const left = createServer();
    await new Promise<void>((resolve) => left.listen(path, resolve));
    expect(existsSync(path)).toBe(true);
    unwrap(await serve(createStandIn(), path));
    const client = createSocketClient({ path, clock, scope });
    expect((await client.call('health.get', {})).ok).toBe(true);
    left.close();
    const other = join(dir, 'other.sock');
    writeFileSync(other, 'a file of somebody');
    expect(await serve(createStandIn(), other)).toMatchObject({ ok: false, error: { tag: 'cannot_listen' } });
    expect(readFileSync(other, 'utf8')).toBe('a file of somebody');
  });

  it('moves to a short path when the data folder is deep, and writes down where', async () => {
    const deep = join(dir, 'a'.repeat(60), 'b'.repeat(60));
    mkdirSync(deep, { recursive: true });
    const path = pathFor(deep);
    expect(Buffer.byteLength(path)).toBeLessThanOrEqual(100);
    expect(findSocketPath(deep)).toBe(path);
    unwrap(await serve(createStandIn(), path));
    const client = createSocketClient({ path: findSocketPath(deep), clock, scope });
    expect((await client.call('health.get', {})).ok).toBe(true);
  });
});
