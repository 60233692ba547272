import { createServer, type ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

export interface BareServer {
  /** A list of so many rows, each so high and so wide: as much to paint as what is measured beside it. */
  url(rows: number, height: number, width: number): string;
  /** What its page loads, gzip, in bytes. */
  readonly bundle: number;
  /** Changes so many rows, somewhere in the list. */
  change(count: number, of: number): void;
  stop(): Promise<void>;
}

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** Builds the bare list as the dashboard is built, and serves it with its rows. */
export async function serveBare(folder: string): Promise<BareServer> {
  await build({
    configFile: false,
    root: path.join(import.meta.dirname, 'bare'),
    base: './',
    logLevel: 'silent',
    build: { outDir: folder, emptyOutDir: true, modulePreload: { polyfill: false } },
  });
  const files = new Map<string, Buffer>();
  const read = (name: string): Buffer => {
    const body = files.get(name) ?? readFileSync(path.join(folder, name));
    files.set(name, body);
    return body;
  };
  const html = read('index.html').toString();
  const named = [...html.matchAll(/(?:src|href)="\.\/([^"]+)"/gu)].map(([, name]) => name ?? '');
  const open = new Set<ServerResponse>();
  let version = 0;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://bare');
    const rows = Number(url.searchParams.get('rows') ?? 0);
    if (url.pathname === '/rows')
      response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify(Array.from({ length: rows }, (_, id) => ({ id, text: rowText(id) }))));
    else if (url.pathname === '/changes') {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': open\n\n');
      open.add(response);
      request.on('close', () => open.delete(response));
    } else {
      const name = url.pathname === '/' ? 'index.html' : url.pathname.slice(1);
      if (name !== 'index.html' && !named.includes(name)) response.writeHead(404).end();
      else response.setHeader('content-type', types[path.extname(name)] ?? 'text/plain').end(read(name));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: (rows, height, width) =>
      `http://127.0.0.1:${String(port)}/?rows=${String(rows)}&height=${String(height)}&width=${String(width)}`,
    bundle: named.reduce((sum, name) => sum + gzipSync(read(name), { level: 9 }).length, 0),
    change(count, of) {
      version += 1;
      const changed = Array.from({ length: count }, (_, index) => {
        const id = (version * 7_919 + index * 104_729) % of;
        return { id, text: `${rowText(id)} (${String(version)})` };
      });
      for (const response of open) response.write(`data: ${JSON.stringify(changed)}\n\n`);
    },
    stop: () =>
      new Promise((resolve) => {
        for (const response of open) response.destroy();
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

/** The same words as the titles that the board is filled with. */
export function rowText(id: number): string {
  return `Proposal ${String(id)}: make the ${['parser', 'cache', 'queue', 'index'][id % 4] ?? ''} say what it means`;
}
