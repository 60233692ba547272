import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';

/**
 * Names the packages whose code, style or fonts a build put into its output, in `<folder>/<build>.json`: those are shipped, whatever else
 * is installed.
 */
export function nameShipped(folder: string, build: string): Plugin {
  return {
    name: 'name-shipped-packages',
    apply: 'build',
    generateBundle(_options, bundle) {
      const found = new Set<string>();
      for (const part of Object.values(bundle)) {
        const files = part.type === 'chunk' ? part.moduleIds : part.originalFileNames;
        for (const file of files) {
          const from = packageFolder(file);
          if (from !== undefined) found.add(from);
        }
        // What a style sheet imports is no module; this one signs what it writes.
        if (part.type === 'asset' && String(part.source).startsWith('/*! tailwindcss v'))
          found.add('node_modules/tailwindcss');
      }
      mkdirSync(folder, { recursive: true });
      writeFileSync(path.join(folder, `${build}.json`), JSON.stringify([...found].sort(), null, 2));
    },
  };
}

/** `node_modules/@hono/node-server` of a file in it; undefined for a file of the project. */
export function packageFolder(file: string): string | undefined {
  const way = file.replaceAll('\\', '/').replace(/[?#].*$/u, '');
  const begin = way.indexOf('node_modules/');
  const last = way.lastIndexOf('node_modules/');
  if (begin < 0) return undefined;
  const name = /^node_modules\/(?:@[^/]+\/)?[^/]+/u.exec(way.slice(last))?.[0];
  return name === undefined ? undefined : way.slice(begin, last) + name;
}
