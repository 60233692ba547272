import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { operations } from '../../../preload/contract/operations.ts';
import { rawRequest, startHttpHost, type HttpHost } from '../testing/http-host.ts';
import { sampleId } from '../testing/samples.ts';
import { restTable } from './rest-table.ts';

let host: HttpHost;
beforeAll(async () => {
  host = await startHttpHost();
});
afterAll(() => host.close());
beforeEach(() => {
  host.standIn.reached.length = 0;
});

function post(path: string, body: string, type = 'application/json'): Promise<Response> {
  return fetch(host.url + path, { method: 'POST', headers: { ...host.bearer, 'Content-Type': type }, body });
}
async function tagOf(response: Response): Promise<string> {
  return ((await response.json()) as { error: { tag: string } }).error.tag;
}

describe('requests', () => {
  it('answers a call with a reply', async () => {
    const answer = await post('/api/worker.process', '{}');
    expect(await answer.json()).toEqual({ ok: true, value: { claimed: 0, fired: 0 } });
    const missing = await post('/api/run.get', JSON.stringify({ id: sampleId(9) }));
    expect(missing.status).toBe(404);
    expect(await missing.json()).toMatchObject({ ok: false, error: { tag: 'not_found' } });
  });

  it('refuses malformed JSON, a wrong content type and an unknown operation', async () => {
    const malformed = await post('/api/worker.process', '{"a":');
    expect([malformed.status, await tagOf(malformed)]).toEqual([400, 'invalid_input']);
    const badUtf8 = await fetch(`${host.url}/api/worker.process`, {
      method: 'POST',
      headers: { ...host.bearer, 'Content-Type': 'application/json' },
      body: new Uint8Array([0x22, 0xff, 0x22]),
    });
    expect([badUtf8.status, await tagOf(badUtf8)]).toEqual([400, 'invalid_input']);
    const form = await post('/api/worker.process', '{}', 'text/plain');
    expect([form.status, await tagOf(form)]).toEqual([415, 'unsupported_media_type']);
    const unknown = await post('/api/run.explode', '{}');
    expect([unknown.status, await tagOf(unknown)]).toEqual([404, 'unknown_operation']);
    const inherited = await post('/api/constructor', '{}');
    expect([inherited.status, await tagOf(inherited)]).toEqual([404, 'unknown_operation']);
    expect(host.standIn.reached).toEqual([]);
  });

  it('refuses a body of 2 MiB, announced or not, and goes on', async () => {
    const body = JSON.stringify({ text: 'x'.repeat(2 * 1_048_576) });
    const announced = await rawRequest(host, {
      method: 'POST',
      path: '/api/run.directive',
      headers: { ...host.bearer, 'Content-Type': 'application/json', 'Content-Length': String(body.length) },
      body,
    });
    expect(announced.status).toBe(413);
    expect(announced.text).toContain('too_large');
    const chunked = await rawRequest(host, {
      method: 'POST',
      path: '/api/run.directive',
      headers: { ...host.bearer, 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' },
      body,
    });
    expect(chunked.status).toBe(413);
    expect(host.standIn.reached).toEqual([]);
    expect((await post('/api/worker.process', '{}')).status).toBe(200);
  });

  it('answers an unknown path with JSON', async () => {
    const answer = await fetch(`${host.url}/no/such/path`, { headers: host.bearer });
    expect([answer.status, await tagOf(answer)]).toEqual([404, 'unknown_path']);
  });

  it('has a REST route for every operation, and each reaches its own operation', async () => {
    const table = restTable();
    expect(table.map((route) => route.name).sort()).toEqual(Object.keys(operations).sort());
    expect(new Set(table.map((route) => `${route.method} ${route.path}`)).size).toBe(table.length);
    for (const route of table) {
      const path = route.path.replaceAll(/\{(\w+)\}/gu, (_, field: string) =>
        field === 'id' ? sampleId(1) : 'x',
      );
      const answer = await fetch(host.url + path, {
        method: route.method,
        headers: { ...host.bearer, 'Content-Type': 'application/json' },
        ...(route.method === 'GET' ? {} : { body: '{}' }),
      });
      const text = await answer.text();
      const reached = host.standIn.reached.pop();
      // What needs more input is refused by the schema of that very operation, before any handler.
      if (reached) expect(reached.name, path).toBe(route.name);
      else {
        expect(text, path).toContain('invalid_input');
        expect(operations[route.name].input.safeParse({ id: sampleId(1), key: 'x' }).success, path).toBe(
          false,
        );
      }
    }
  });

  it('tells a fixed path from an id', async () => {
    const rows = await fetch(`${host.url}/runs/rows?ids=${sampleId(1007)},${sampleId(1012)}`, {
      headers: host.bearer,
    });
    expect(((await rows.json()) as { number: number }[]).map((row) => row.number)).toEqual([7, 12]);
    const repeated = await fetch(`${host.url}/runs/rows?ids=${sampleId(1007)}&ids=${sampleId(1012)}`, {
      headers: host.bearer,
    });
    expect(await repeated.json()).toHaveLength(2);
  });

  it('takes path, query and body together, and the path has the last word', async () => {
    await fetch(`${host.url}/projects/${sampleId(1)}?version=3`, { method: 'DELETE', headers: host.bearer });
    expect(host.standIn.reached[0]).toMatchObject({
      name: 'project.remove',
      input: { id: sampleId(1), version: 3 },
    });
    await post(`/runs/${sampleId(1007)}/stop`, JSON.stringify({ id: sampleId(1012) }));
    expect(host.standIn.reached[1]?.input).toEqual({ id: sampleId(1007) });
    const events = await fetch(`${host.url}/runs/${sampleId(1007)}/events?after=2&types=step_started,error`, {
      headers: host.bearer,
    });
    expect(events.status).toBe(200);
    expect(host.standIn.reached[2]?.input).toMatchObject({ after: 2, types: ['step_started', 'error'] });
  });

  it('refuses a query parameter that does nothing', async () => {
    const answer = await fetch(`${host.url}/runs?projctId=x`, { headers: host.bearer });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('projctId');
  });

  it('pauses a run without a body when a script asks', async () => {
    const answer = await fetch(`${host.url}/runs/${sampleId(1007)}/stop`, {
      method: 'POST',
      headers: host.bearer,
    });
    expect(answer.status).toBe(200);
  });

  it('carries the strict headers on every answer', async () => {
    for (const answer of [
      await fetch(`${host.url}/health`),
      await fetch(`${host.url}/docs`, { headers: host.bearer }),
      await fetch(`${host.url}/nothing`, { headers: host.bearer }),
      await fetch(`${host.url}/projects`),
    ]) {
      const csp = answer.headers.get('content-security-policy') ?? '';
      expect(csp).toContain("default-src 'none'");
      expect(csp).toContain("frame-ancestors 'none'");
      expect(csp).not.toContain('unsafe-eval');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
      expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      await answer.text();
    }
  });
});
