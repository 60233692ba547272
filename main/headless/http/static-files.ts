import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { codeOf } from '../access/owner-file.ts';
import { wantsPage, type AppContext } from './app-env.ts';
import { noticePage } from './pages.ts';
import { refuse } from './refuse.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * The built dashboard. A file is served only when its real path lies inside the folder; a path without a file is a view of the
 * dashboard when a browser visits it, and 404 otherwise. Files named by their content may be kept for ever, the page never.
 */
export function staticFiles(rendererDir: string): (c: AppContext) => Promise<Response> {
  return async (c) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') {
      const path = safePath(c.req.path);
      const file = path === undefined || path === '/' ? undefined : await readInside(rendererDir, path);
      if (file)
        return c.body(file, 200, {
          'Content-Type': types[extname(path ?? '')] ?? 'application/octet-stream',
          'Cache-Control': path?.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        });
      if (path !== undefined && extname(path) === '' && wantsPage(c)) {
        const index = await readInside(rendererDir, '/index.html');
        if (index) return c.body(index, 200, { 'Content-Type': types['.html'] ?? '' });
        return c.html(
          noticePage('The dashboard is not built yet', 'Build it once, then load this page again:', [
            'npm run build',
          ]),
          503,
        );
      }
    }
    return notFound(c);
  };
}

export function notFound(c: AppContext): Response {
  return refuse(c, {
    tag: 'unknown_path',
    message: `There is nothing at ${c.req.method} ${c.req.path}.`,
    hint: 'See /docs for what there is.',
  });
}

/** A path of the URL as a relative file path; undefined for anything that tries to be more than that. */
function safePath(raw: string): string | undefined {
  let path: string;
  try {
    path = decodeURIComponent(raw);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
  const parts = path.split('/');
  return /[\u0000\\]/u.test(path) || parts.includes('..') || parts.includes('.') ? undefined : path;
}

async function readInside(root: string, path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const real = await realpath(join(root, path));
    if (!real.startsWith((await realpath(root)) + sep)) return undefined;
    return new Uint8Array(await readFile(real));
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR' || code === 'ENAMETOOLONG')
      return undefined;
    throw error;
  }
}
