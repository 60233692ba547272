import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createManualClock } from '../../shared/clock.ts';
import { createSilentLog } from '../../shared/log.ts';
import { createScope } from '../../shared/scope.ts';
import { rawBytes, rawRequest, startHttpHost, type HttpHost } from '../testing/http-host.ts';
import { createStandIn } from '../testing/stand-in.ts';
import { createHttpApp } from './create-http-app.ts';
import { listen } from './listen.ts';

let host: HttpHost | undefined;
async function start(options?: Parameters<typeof startHttpHost>[0]): Promise<HttpHost> {
  return (host = await startHttpHost(options));
}
afterEach(async () => {
  await host?.close();
  host = undefined;
});

async function tagOf(response: Response): Promise<string> {
  const body = (await response.json()) as { error: { tag: string; message: string } };
  expect(body.error.message).not.toBe('');
  return body.error.tag;
}

/** Signs a browser in; the cookie it got. */
async function signInBrowser(at: HttpHost): Promise<string> {
  const answer = await fetch(`${at.url}/?token=${at.oneTime.issue()}`, { redirect: 'manual' });
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe('/');
  const cookie = answer.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/HttpOnly/u);
  expect(cookie).toMatch(/SameSite=Strict/u);
  expect(cookie).toMatch(/Path=\//u);
  return cookie.split(';')[0] ?? '';
}

describe('who may come in over HTTP', () => {
  it('refuses a request without a token, and serves it with one', async () => {
    const at = await start();
    const without = await fetch(`${at.url}/projects`);
    expect(without.status).toBe(401);
    expect(await tagOf(without)).toBe('unauthorised');
    expect(at.standIn.reached).toEqual([]);
    const withToken = await fetch(`${at.url}/projects`, { headers: at.bearer });
    expect(withToken.status).toBe(200);
    expect(at.standIn.reached[0]?.context.actor).toEqual({ name: 'owner', channel: 'api' });
  });

  it('refuses a wrong token, then says to wait, and still serves the right one', async () => {
    const at = await start();
    const statuses: number[] = [];
    for (let n = 0; n < 12; n += 1)
      statuses.push(
        (await fetch(`${at.url}/projects`, { headers: { Authorization: 'Bearer wrong' } })).status,
      );
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401));
    expect(statuses.slice(10)).toEqual([429, 429]);
    expect((await fetch(`${at.url}/projects`, { headers: at.bearer })).status).toBe(200);
  });

  it('refuses a foreign Host, so that a rebound name reads nothing', async () => {
    const at = await start();
    for (const name of ['evil.example', `evil.example:${String(at.port)}`, '127.0.0.1.evil.example']) {
      const answer = await rawRequest(at, { path: '/projects', headers: { ...at.bearer, Host: name } });
      expect([400, 403], name).toContain(answer.status);
      expect(answer.text, name).not.toContain('project-1');
    }
    expect(at.standIn.reached).toEqual([]);
    const nameless = await rawBytes(
      at,
      `GET /projects HTTP/1.1\r\nHost: \r\nAuthorization: Bearer ${at.token}\r\nConnection: close\r\n\r\n`,
    );
    expect(nameless).toMatch(/^HTTP\/1\.1 40[03] /u);
    const own = await rawRequest(at, {
      path: '/projects',
      headers: { ...at.bearer, Host: `localhost:${String(at.port)}` },
    });
    expect(own.status).toBe(200);
  });

  it('refuses a foreign Origin, another port of this machine included', async () => {
    const at = await start();
    const cookie = await signInBrowser(at);
    for (const origin of [
      'https://evil.example',
      'null',
      'http://127.0.0.1:1',
      `https://127.0.0.1:${String(at.port)}`,
    ]) {
      const answer = await rawRequest(at, {
        method: 'POST',
        path: '/api/worker.process',
        headers: { Cookie: cookie, Origin: origin, 'Content-Type': 'application/json' },
        body: '{}',
      });
      expect(answer.status, origin).toBe(403);
      expect(answer.text, origin).toContain('forbidden_origin');
    }
    const embedded = await rawRequest(at, {
      path: '/projects',
      headers: { Cookie: cookie, 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Mode': 'no-cors' },
    });
    expect(embedded.status).toBe(403);
    const own = await rawRequest(at, {
      method: 'POST',
      path: '/api/worker.process',
      headers: { Cookie: cookie, Origin: at.url, 'Content-Type': 'application/json' },
      body: '{}',
    });
    expect(own.status).toBe(200);
    expect(at.standIn.reached.map((call) => call.context.actor.channel)).toEqual(['dashboard']);
  });

  it('refuses a one-time token the second time with a page that says what to do', async () => {
    const at = await start();
    const token = at.oneTime.issue();
    const first = await fetch(`${at.url}/?token=${token}`, { redirect: 'manual' });
    expect(first.status).toBe(303);
    const second = await fetch(`${at.url}/?token=${token}`, { redirect: 'manual' });
    expect(second.status).toBe(401);
    expect(second.headers.get('set-cookie')).toBeNull();
    expect(await second.text()).toContain('homer open');
  });

  it('does not use the token up for a preview', async () => {
    const at = await start();
    const token = at.oneTime.issue();
    await fetch(`${at.url}/?token=${token}`, { method: 'HEAD', redirect: 'manual' });
    await fetch(`${at.url}/?token=${token}`, { headers: { 'Sec-Purpose': 'prefetch' }, redirect: 'manual' });
    expect((await fetch(`${at.url}/?token=${token}`, { redirect: 'manual' })).status).toBe(303);
  });

  it('refuses a one-time token after ten minutes', async () => {
    const clock = createManualClock();
    const at = await start({ clock });
    const token = at.oneTime.issue();
    clock.advance(10 * 60_000);
    expect((await fetch(`${at.url}/?token=${token}`, { redirect: 'manual' })).status).toBe(401);
  });

  it('keeps a browser signed in over a restart, and keeps only a hash of its cookie', async () => {
    const at = await start();
    const cookie = await signInBrowser(at);
    const file = join(at.dataDir, 'sessions.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).not.toContain(cookie.split('=')[1]);
    const again = await startHttpHost({ dataDir: at.dataDir });
    const secret = cookie.split('=')[1] ?? '';
    const answer = await fetch(`${again.url}/projects`, {
      headers: { Cookie: `homer_${String(again.port)}=${secret}` },
    });
    expect(answer.status).toBe(200);
    expect(again.token).toBe(at.token);
    await again.close();
    expect(statSync(join(at.dataDir, 'api-token')).mode & 0o777).toBe(0o600);
  });

  it('tells a stranger nothing but that it is up', async () => {
    const at = await start();
    expect(await (await fetch(`${at.url}/health`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${at.url}/health`, { headers: at.bearer })).json()).toHaveProperty('version');
    for (const path of ['/docs', '/docs/openapi.json', '/', '/assets/x.js', '/api/live', '/nothing'])
      expect((await fetch(at.url + path)).status, path).toBe(401);
  });

  it('listens on this machine alone unless told, and never without a token', async () => {
    const scope = createScope('test');
    const standIn = createStandIn();
    const at = await start();
    const app = createHttpApp({
      ...standIn,
      access: { kind: 'owner', dashboardUrl: () => null },
      rendererDir: null,
      log: createSilentLog(),
      clock: createManualClock(),
      scope,
      version: '0',
    });
    const open = await listen({ app, scope, port: 0 });
    expect(open).toMatchObject({ ok: false, error: { tag: 'no_token' } });
    const remote = await listen({ app: { ...app, access: 'token' }, scope, port: 0, host: '0.0.0.0' });
    expect(remote).toMatchObject({ ok: false, error: { tag: 'remote_host' } });
    const taken = await listen({ app: { ...app, access: 'token' }, scope, port: at.port });
    expect(taken).toMatchObject({ ok: false, error: { tag: 'port_in_use' } });
    expect(taken.ok ? '' : taken.error.hint).toContain('--port');
    await scope.close();
  });

  it('takes the next port when the default is in use', async () => {
    const scope = createScope('test');
    const app = createHttpApp({
      ...createStandIn(),
      access: { kind: 'owner', dashboardUrl: () => null },
      rendererDir: null,
      log: createSilentLog(),
      clock: createManualClock(),
      scope,
      version: '0',
    });
    const first = await listen({ app: { ...app, access: 'token' }, scope });
    const second = await listen({ app: { ...app, access: 'token' }, scope });
    expect(first.ok && second.ok && second.value.port > first.value.port).toBe(true);
    await scope.close();
    expect(scope.held()).toEqual([]);
  });
});
