import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../shared/log.ts';
import { messageOf } from '../shared/result.ts';

export const appOrigin = 'app://homer';

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.map': 'application/json',
};

/** Answers `app://homer/…` from the built renderer; an address without a file ending is the application itself. */
export function createAppHandler(options: {
  rendererDir: string;
  log: Log;
}): (request: Pick<Request, 'url' | 'method'>) => Promise<Response> {
  const { rendererDir, log } = options;
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return refuse(405, 'Only reading is possible.');
    const file = await locate(rendererDir, request.url);
    if (file === undefined) return refuse(404, 'There is no such file.');
    try {
      const body = await readFile(file);
      return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), {
        headers: { ...headers, 'content-type': types[path.extname(file)] ?? 'application/octet-stream' },
      });
    } catch (error) {
      log.warn('a file of the renderer could not be read', { file, error: messageOf(error) });
      return refuse(404, 'There is no such file.');
    }
  };
}

const headers = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-cache',
};

function refuse(status: number, text: string): Response {
  return new Response(text, { status, headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' } });
}

/** The file an address means, or undefined when it is not of this application or leads outside its folder. */
async function locate(rendererDir: string, address: string): Promise<string | undefined> {
  const url = URL.parse(address);
  if (url?.protocol !== 'app:' || url.host !== 'homer') return undefined;
  const name = decode(url.pathname);
  if (name === undefined || /[\0\\]/u.test(name) || name.split('/').includes('..')) return undefined;
  const wanted = path.extname(name) === '' ? 'index.html' : name.replace(/^\/+/u, '');
  const [root, file] = await Promise.all([existing(rendererDir), existing(path.join(rendererDir, wanted))]);
  // Compared after links are followed: a link inside the folder must not lead out of it.
  return root !== undefined && file?.startsWith(root + path.sep) === true ? file : undefined;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

async function existing(file: string): Promise<string | undefined> {
  try {
    return await realpath(file);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
