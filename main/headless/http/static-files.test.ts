import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawBytes, startHttpHost, type HttpHost } from '../testing/http-host.ts';

let host: HttpHost;
let root: string;
const browser = { Accept: 'text/html,application/xhtml+xml' };

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'homer-static-'));
  mkdirSync(join(root, 'renderer/assets'), { recursive: true });
  writeFileSync(join(root, 'renderer/index.html'), '<!doctype html><title>the dashboard</title>');
  writeFileSync(join(root, 'renderer/assets/app-3fa9.js'), 'export {}');
  writeFileSync(join(root, 'secret.txt'), 'the secret');
  symlinkSync(join(root, 'secret.txt'), join(root, 'renderer/link.txt'));
  host = await startHttpHost({ rendererDir: join(root, 'renderer') });
});
afterAll(async () => {
  await host.close();
  rmSync(root, { recursive: true, force: true });
});

describe('the dashboard over HTTP', () => {
  it('serves the page uncached, and files named by their content for ever', async () => {
    const index = await fetch(`${host.url}/`, { headers: { ...host.bearer, ...browser } });
    expect(await index.text()).toContain('the dashboard');
    expect(index.headers.get('cache-control')).toBe('no-store');
    const asset = await fetch(`${host.url}/assets/app-3fa9.js`, { headers: host.bearer });
    expect(asset.headers.get('content-type')).toContain('text/javascript');
    expect(asset.headers.get('cache-control')).toContain('immutable');
  });

  it('opens a view by its path for a person, and answers a program with JSON there', async () => {
    for (const path of ['/runs', '/board/anything', '/proposals/x']) {
      const visit = await fetch(host.url + path, { headers: { ...host.bearer, ...browser } });
      expect(await visit.text(), path).toContain('the dashboard');
    }
    const program = await fetch(`${host.url}/runs`, { headers: host.bearer });
    expect(await program.json()).toHaveProperty('rows');
    const missing = await fetch(`${host.url}/assets/gone.js`, { headers: { ...host.bearer, ...browser } });
    expect(missing.status).toBe(404);
  });

  it('gives nothing from outside its folder', async () => {
    const paths = [
      '/../secret.txt',
      '/assets/../../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/assets/..%2f..%2fsecret.txt',
      '/%2e%2e%2fsecret.txt',
      '/..%5csecret.txt',
      '/%252e%252e/secret.txt',
      '//secret.txt',
      '/link.txt',
      '/assets/%00.js',
      '/%',
      `/${'a'.repeat(5000)}`,
    ];
    for (const path of paths) {
      const answer = await rawBytes(
        host,
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${String(host.port)}\r\nAuthorization: Bearer ${host.token}\r\nConnection: close\r\n\r\n`,
      );
      expect(answer, path).not.toContain('the secret');
      expect(answer, path).toMatch(/^HTTP\/1\.1 4\d\d/u);
    }
  });

  it('says how to build a dashboard that is not there', async () => {
    const bare = await startHttpHost({ rendererDir: join(root, 'nowhere') });
    const answer = await fetch(`${bare.url}/`, { headers: { ...bare.bearer, ...browser } });
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('npm run build');
    await bare.close();
  });
});
